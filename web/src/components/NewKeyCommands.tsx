// A key that was just made: the only time its secret is shown.
import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { NewKey } from "~/api/own";
import { useSession } from "~/api/session";
import { awsCommands } from "~/model/commands";
import Command from "./Command";

export default function NewKeyCommands({ made }: { made: NewKey }) {
  const { region } = useSession();
  return (
    <SpaceBetween size="s">
      <Alert type="warning" header="Copy it now">
        The secret is shown this once. If it is lost, disable the key and make another.
      </Alert>
      <div>
        Access key
        <Command text={made.accessKeyId} what="the access key" />
      </div>
      <div>
        Secret
        <Command text={made.secretAccessKey} what="the secret" />
      </div>
      <div>
        For the AWS CLI and vigil
        <Command text={awsCommands(made, region, window.location.origin)} what="the commands for the AWS CLI" />
      </div>
    </SpaceBetween>
  );
}
