// Who may log in, and which keys programs sign with.
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSession } from "~/api/session";
import Empty from "~/components/Empty";
import PageLink from "~/components/PageLink";
import KeyTable from "./KeyTable";
import UserTable from "./UserTable";

export default function People() {
  const { administrator } = useSession();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="People log in with a name and a password; programs sign with an access key. Both see this account alone.">
          Users and keys
        </Header>
      }
    >
      {administrator ? (
        <SpaceBetween size="l">
          <UserTable />
          <KeyTable />
        </SpaceBetween>
      ) : (
        <Container>
          <Empty title="For administrators" action={<PageLink to="/password">Change your own password</PageLink>}>
            An administrator adds users and makes keys.
          </Empty>
        </Container>
      )}
    </ContentLayout>
  );
}
