import Box from "@cloudscape-design/components/box";
import { useSession } from "~/api/session";
import Command from "~/components/Command";
import MakeKey from "./MakeKey";
import type { WithKey } from "./Start";
import Steps from "./Steps";

const url = window.location.origin;
const critical = `aws inspector2 list-findings --filter-criteria '{"severity":[{"comparison":"EQUALS","value":"CRITICAL"}]}'`;

export default function AwsCli(withKey: WithKey) {
  const { region, account } = useSession();
  return (
    <Steps
      steps={[
        { title: "An access key of Vigil", content: <MakeKey {...withKey} holder="AWS CLI" /> },
        {
          title: "Where the server is",
          content: (
            <>
              <Box>Read by the AWS CLI, the SDKs and the tools built on them. AWS itself is not asked.</Box>
              <Command text={`export AWS_ENDPOINT_URL_INSPECTOR2=${url} AWS_ENDPOINT_URL_INSPECTOR_SCAN=${url}`} what="the address of this server for AWS clients" />
            </>
          ),
        },
        {
          title: "Ask",
          content: (
            <>
              <Command text={critical} what="a command that lists critical findings" />
              <Box color="text-body-secondary">
                The account is {account}, the region {region}.
              </Box>
            </>
          ),
        },
      ]}
    />
  );
}
