// What is scanned, for how long, and what this server is.
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ofSettings } from "~/api/live";
import { useOperation } from "~/api/queries";
import Panel from "~/components/Panel";
import HostMode from "./HostMode";
import ImageDurations from "./ImageDurations";
import ScanTypes from "./ScanTypes";
import ServerFacts from "./ServerFacts";

export default function Settings() {
  const configuration = useOperation("GetConfiguration", {}, { of: ofSettings });
  return (
    <ContentLayout header={<Header variant="h1">Settings</Header>}>
      <SpaceBetween size="l">
        <ScanTypes />
        <Panel title="Container images" query={configuration} what="the configuration" description={() => "New vulnerabilities are looked for in an image until both of these times are over."}>
          {({ ecrConfiguration }) => <ImageDurations key={JSON.stringify(ecrConfiguration)} now={ecrConfiguration?.rescanDurationState} />}
        </Panel>
        <Panel title="Hosts" query={configuration} what="the configuration">
          {({ ec2Configuration }) => <HostMode key={JSON.stringify(ec2Configuration)} now={ec2Configuration?.scanModeState} />}
        </Panel>
        <ServerFacts />
      </SpaceBetween>
    </ContentLayout>
  );
}
