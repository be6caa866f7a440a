import Box from "@cloudscape-design/components/box";
import Command from "~/components/Command";
import PageLink from "~/components/PageLink";
import { scanCommand } from "~/model/commands";
import MakeKey from "./MakeKey";
import type { WithKey } from "./Start";
import Steps from "./Steps";

const url = window.location.origin;

/** Only this machine reaches a loopback address. */
function Reachable() {
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname);
  if (!local) return null;
  return (
    <Box color="text-status-warning">
      The address {url} is reached from this machine only. For others start the server with <Box variant="code">--listen</Box> and a certificate, or put a proxy in front that ends TLS.
    </Box>
  );
}

export default function Hosts(withKey: WithKey) {
  return (
    <Steps
      steps={[
        { title: "Give the machine an access key", content: <MakeKey {...withKey} holder="hosts" /> },
        {
          title: "Send what is installed on it",
          content: (
            <>
              <Box>On the machine, as root so that all of it is seen. The program is the same one that runs this server. Later only what changed is sent.</Box>
              <Command text={scanCommand("host", url)} what="the command that scans a host" />
              <Reachable />
            </>
          ),
        },
        {
          title: "Keep it so",
          content: (
            <>
              <Box>Run it again after each upgrade or once a day, with the same variables set. New vulnerabilities are found here without it: what is sent is kept and compared with what becomes known.</Box>
              <Command text={`17 4 * * * ${scanCommand("host", url)}`} what="a line for crontab" />
              <Box>
                A system whose files are mounted somewhere is scanned with <Box variant="code">--root</Box> and is the same host as when it runs. It is then on the <PageLink to="/">dashboard</PageLink>.
              </Box>
            </>
          ),
        },
      ]}
    />
  );
}
