import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation } from "react-router";
import PageLink from "~/components/PageLink";

export default function NotFound() {
  const { pathname } = useLocation();
  return (
    <Box padding="xxl" textAlign="center">
      <SpaceBetween size="m">
        <Box variant="h1">There is no such page</Box>
        <Box>
          Nothing is at <Box variant="code">{pathname}</Box>.
        </Box>
        <PageLink to="/">Go to the dashboard</PageLink>
      </SpaceBetween>
    </Box>
  );
}
