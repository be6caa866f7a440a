// References by the host that publishes them.
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { groupByHost } from "~/model/references";
import ExternalLink from "./ExternalLink";
import "./references.css";
import Prose from "./Prose";

export default function ReferenceList({ urls }: { urls: readonly string[] }) {
  const { hosts, others } = groupByHost(urls);
  return (
    <SpaceBetween size="s">
      {hosts.map(({ host, links }) => (
        <div key={host}>
          <Box variant="awsui-key-label">{host}</Box>
          <ul className="references">
            {links.map(({ url, text }) => (
              <li key={url}>
                <ExternalLink to={url}>{text}</ExternalLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {others.map((text) => (
        <Box key={text}>
          <Prose>{text}</Prose>
        </Box>
      ))}
    </SpaceBetween>
  );
}
