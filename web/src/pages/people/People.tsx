// Who may log in, and which keys programs sign with.
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import KeyTable from "./KeyTable";
import UserTable from "./UserTable";

export default function People() {
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="People log in with a name and a password; programs sign with an access key. Both see this account alone.">
          Users and keys
        </Header>
      }
    >
      <SpaceBetween size="l">
        <UserTable />
        <KeyTable />
      </SpaceBetween>
    </ContentLayout>
  );
}
