import Box from "@cloudscape-design/components/box";
import Command from "~/components/Command";
import { scanCommand } from "~/model/commands";
import MakeKey from "./MakeKey";
import type { WithKey } from "./Start";
import Steps from "./Steps";

const url = window.location.origin;

export default function Others(withKey: WithKey) {
  return (
    <Steps
      steps={[
        { title: "An access key", content: <MakeKey {...withKey} holder="pipeline" /> },
        {
          title: "What to send",
          content: (
            <>
              <Box>A serverless function: its zip file, and those of its layers.</Box>
              <Command text={scanCommand("function", url, "orders.zip --layer common.zip --name orders --runtime python3.11")} what="the command that scans a function" />
              <Box>A repository: its working tree, or what is committed.</Box>
              <Command text={scanCommand("repo", url, "~/src/shop --commit main")} what="the command that scans a repository" />
              <Box>A bill of materials in CycloneDX or SPDX.</Box>
              <Command text={scanCommand("sbom", url, "shop.cdx.json")} what="the command that takes a bill of materials" />
              <Box>The disk of a machine that does not run.</Box>
              <Command text={scanCommand("disk", url, "web-1.qcow2")} what="the command that scans a disk" />
            </>
          ),
        },
        { title: "Keep it so", content: <Box>Run the command in the pipeline that builds it: each time it replaces what was there. What is not sent again is still compared with what becomes known.</Box> },
      ]}
    />
  );
}
