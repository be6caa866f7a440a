import Box from "@cloudscape-design/components/box";
import { ofSettings } from "~/api/live";
import type { Server } from "~/api/own";
import { useOwn } from "~/api/queries";
import Command from "~/components/Command";
import { scanCommand } from "~/model/commands";
import MakeKey from "./MakeKey";
import type { WithKey } from "./Start";
import Steps from "./Steps";

const url = window.location.origin;
const settings = `registry = registry.example:5000
registry-repositories = team/* !*-test
registry-tags = !*-debug
registry-interval = 6h
registry-token = a long random text`;
const notification = `notifications:
  endpoints:
    - name: vigil
      url: ${url}/vigil/v1/registry-notification
      headers:
        Authorization: [Bearer a long random text]`;

export default function Images(withKey: WithKey) {
  const server = useOwn<Server>("server", { of: ofSettings });
  const registry = server.data?.registry;
  return (
    <Steps
      steps={[
        {
          title: registry ? `A registry: ${registry.address} is watched` : "A whole registry",
          content: (
            <>
              <Box>
                In the server's file of settings (<Box variant="code">--config</Box>), then start it anew. It lists the registry and scans what it has not seen; in patterns * stands for anything and ! leaves out. User and password come from{" "}
                <Box variant="code">VIGIL_REGISTRY_USER</Box> and <Box variant="code">VIGIL_REGISTRY_PASSWORD</Box> or from Docker's and Podman's files.
              </Box>
              <Command text={settings} what="the settings of a registry" />
              <Box>Docker Hub and GitHub give no list: name the repositories in full there.</Box>
            </>
          ),
        },
        {
          title: "Each push at once",
          content: (
            <>
              <Box>
                With a <Box variant="code">registry-token</Box> the server takes notifications. For the Distribution registry:
              </Box>
              <Command text={notification} what="the settings of a registry's notifications" />
              <Box>Harbor: a webhook for "Artifact pushed", the token as its Auth Header. Amazon ECR: an EventBridge rule for "ECR Image Action" with an API destination that sends the header.</Box>
            </>
          ),
        },
        {
          title: "A single image by hand or in a pipeline",
          content: (
            <>
              <MakeKey {...withKey} holder="images" />
              <Command text={scanCommand("image", url, "registry.example/team/app:1.2")} what="the command that scans an image" />
              <Box>Also the file of docker save, or a directory in OCI layout.</Box>
            </>
          ),
        },
      ]}
    />
  );
}
