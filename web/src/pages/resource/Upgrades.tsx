// What to upgrade to be rid of the findings, the worst first.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import Command from "~/components/Command";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import Loading from "~/components/Loading";
import PageLink from "~/components/PageLink";
import Prose from "~/components/Prose";
import SeverityCounts from "~/components/SeverityCounts";
import { mergeCommands, type Upgrade, upgradesOf } from "~/model/byPackages";
import { equals, findingPath } from "~/model/criteria";
import { vulnerabilityName } from "~/model/findingRow";
import { counted } from "~/model/numbers";
import { severityName } from "~/model/severity";
import { useFindings } from "./useFindings";
import "./resource.css";

const shownAtFirst = 20;
/** More commands than that say the same of one source. */
const commands = 3;
const list = 100;

function fixText({ fixable, findings }: Upgrade): string {
  if (fixable === 0) return "Nothing fixes them yet.";
  return fixable === findings.length ? "An upgrade fixes all of them." : `An upgrade fixes ${fixable} of ${findings.length}.`;
}

function One({ id, upgrade }: { id: string; upgrade: Upgrade }) {
  const { packages, names, installed, findings, counts } = upgrade;
  const typed = mergeCommands(upgrade.commands);
  const criteria = names.length <= 10 ? { resourceId: equals(id), vulnerablePackages: names.map((name) => ({ name: { comparison: "EQUALS" as const, value: name } })) } : { resourceId: equals(id) };
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2" actions={<SeverityCounts counts={counts} criteria={criteria} of={packages} />} description={`Installed: ${installed.slice(0, 4).join(", ")}${installed.length > 4 ? ` and ${installed.length - 4} more` : ""}. ${fixText(upgrade)}`}>
          <Prose>{names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : packages}</Prose>
        </Header>
      }
    >
      <SpaceBetween size="s">
        {typed.slice(0, commands).map((command) => (
          <Command key={command} text={command} />
        ))}
        {typed.length > commands && <Box color="text-body-secondary">The same for {counted(typed.length - commands, "other package")} of them.</Box>}
        <ExpandableSection headerText={counted(findings.length, "finding")}>
          <ul className="found">
            {findings.slice(0, list).map((finding) => (
              <li key={finding.findingArn}>
                <PageLink to={findingPath(finding.findingArn ?? "")}>{vulnerabilityName(finding)}</PageLink> {severityName(finding.severity ?? "UNTRIAGED").toLowerCase()}
                {finding.inspectorScore !== undefined && ` ${finding.inspectorScore.toFixed(1)}`}
              </li>
            ))}
          </ul>
          {findings.length > list && `and ${findings.length - list} more`}
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

export default function Upgrades({ id, filter }: { id: string; filter: ReactNode }) {
  const { data, error, refetch } = useFindings(id);
  const [all, setAll] = useState(false);
  if (error && !data) return <Failure error={error} what="the findings" retry={() => void refetch()} />;
  if (!data) return <Loading what="the findings" />;
  const upgrades = upgradesOf(data.items);
  const shown = all ? upgrades : upgrades.slice(0, shownAtFirst);
  return (
    <SpaceBetween size="m">
      {filter}
      {data.more && <Box color="text-body-secondary">Of the {data.items.length} worst findings.</Box>}
      {upgrades.length === 0 && <Empty title="Nothing to upgrade">No package on it is known to be vulnerable.</Empty>}
      {shown.map((upgrade) => (
        <One key={upgrade.packages} id={id} upgrade={upgrade} />
      ))}
      {shown.length < upgrades.length && <Button onClick={() => setAll(true)}>Show all {upgrades.length}</Button>}
    </SpaceBetween>
  );
}
