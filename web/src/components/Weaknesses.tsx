// CWEs, each a link to its entry in MITRE's catalogue.
import SpaceBetween from "@cloudscape-design/components/space-between";
import { weaknessLink } from "~/model/references";
import ExternalLink from "./ExternalLink";

export default function Weaknesses({ cwes }: { cwes: readonly string[] }) {
  return (
    <SpaceBetween direction="horizontal" size="s">
      {cwes.map((cwe) => (
        <ExternalLink key={cwe} to={weaknessLink(cwe) ?? cwe}>
          {cwe}
        </ExternalLink>
      ))}
    </SpaceBetween>
  );
}
