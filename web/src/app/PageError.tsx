// A page that broke: a mistake of ours, or a new version of the server under an open page.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useRouteError } from "react-router";

export default function PageError() {
  const error = useRouteError();
  return (
    <Box padding="l">
      <Alert type="error" header="This page could not be shown" action={<Button onClick={() => window.location.reload()}>Reload</Button>}>
        {error instanceof Error ? error.message : String(error)}. If the server was updated meanwhile, reloading helps.
      </Alert>
    </Box>
  );
}
