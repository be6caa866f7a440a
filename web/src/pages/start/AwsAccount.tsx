// What there is for AWS today, and what there is not.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Command from "~/components/Command";
import { scanCommand } from "~/model/commands";
import Steps from "./Steps";

const url = window.location.origin;

export default function AwsAccount() {
  return (
    <>
      <Alert type="info" header="Vigil does not look into an AWS account by itself yet">
        It does not list instances, functions or snapshots, and does not see who can reach a port. What runs there is watched when it is handed in:
      </Alert>
      <Box margin={{ top: "l" }}>
        <Steps
          steps={[
            {
              title: "Images in Amazon ECR",
              content: (
                <>
                  <Box>ECR is a registry like any other. In the server's settings, with AWS keys in its environment that may read it:</Box>
                  <Command text={"registry = 111122223333.dkr.ecr.eu-west-1.amazonaws.com\nregistry-interval = 6h"} what="the settings of an ECR registry" />
                </>
              ),
            },
            {
              title: "EC2 instances",
              content: (
                <>
                  <Box>As any host: on the instance, with an access key of Vigil.</Box>
                  <Command text={scanCommand("host", url)} what="the command that scans an instance" />
                </>
              ),
            },
            {
              title: "Lambda functions",
              content: (
                <>
                  <Box>The package that was uploaded, with its layers.</Box>
                  <Command text={scanCommand("function", url, "orders.zip --layer common.zip --name orders --runtime python3.11")} what="the command that scans a Lambda function" />
                </>
              ),
            },
          ]}
        />
      </Box>
    </>
  );
}
