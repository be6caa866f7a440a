// What to do: the command, where one is known, else the advice.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Command from "~/components/Command";
import ExternalLink from "~/components/ExternalLink";
import Prose from "~/components/Prose";
import { fixedVersion } from "~/model/packages";
import type { Story } from "./story";

function advice({ finding }: Story): string {
  const packages = finding.packageVulnerabilityDetails?.vulnerablePackages ?? [];
  const targets = packages.flatMap((one) => {
    const fixed = fixedVersion(one.fixedInVersion);
    return fixed ? [`${one.name} to ${fixed} or later`] : [];
  });
  const unique = [...new Set(targets)];
  if (unique.length > 0) return `Upgrade ${unique.slice(0, 3).join(", ")}${unique.length > 3 ? ` and ${unique.length - 3} more` : ""}.`;
  return packages.length > 0 ? "No version that fixes this is known yet. Remove the package if nothing needs it, or keep the vulnerable part out of reach." : "";
}

export default function Fix({ story }: { story: Story }) {
  const given = story.finding.remediation?.recommendation;
  const text = given?.text && given.text !== "None Provided" ? given.text : advice(story);
  if (text === "" && story.commands.length === 0) return null;
  return (
    <Container header={<Header variant="h2">What to do</Header>}>
      <SpaceBetween size="s">
        {text !== "" && (
          <Box>
            <Prose>{text}</Prose> {given?.Url && <ExternalLink to={given.Url}>More</ExternalLink>}
          </Box>
        )}
        {story.commands.map((command) => (
          <Command key={command} text={command} />
        ))}
      </SpaceBetween>
    </Container>
  );
}
