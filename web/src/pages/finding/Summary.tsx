// The finding in a line: how bad, since when, whether a fix is there.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Facts from "~/components/Facts";
import FindingStatus from "~/components/FindingStatus";
import PageLink from "~/components/PageLink";
import SeverityBadge from "~/components/SeverityBadge";
import Time from "~/components/Time";
import { resourcePath } from "~/model/criteria";
import { displayName } from "~/model/resource";
import type { Story } from "./story";

const fixes: Record<string, string> = { YES: "Available", NO: "None yet", PARTIAL: "For some of the packages" };

export default function Summary({ story: { finding, suppressedBy } }: { story: Story }) {
  const resource = finding.resources?.[0];
  return (
    <Container>
      <Facts
        columns={4}
        ariaLabel="Summary"
        facts={[
          { label: "Severity", value: <SeverityBadge severity={finding.severity} /> },
          { label: "Score", value: finding.inspectorScore === undefined ? <Box color="text-body-secondary">No score</Box> : <Box variant="strong">{finding.inspectorScore.toFixed(1)}</Box> },
          { label: "Status", value: <FindingStatus status={finding.status} /> },
          { label: "Fix", value: finding.fixAvailable && <StatusIndicator type={finding.fixAvailable === "NO" ? "stopped" : "success"}>{fixes[finding.fixAvailable] ?? finding.fixAvailable}</StatusIndicator> },
          { label: "Resource", value: resource?.id && <PageLink to={resourcePath(resource.id)}>{displayName(resource)}</PageLink> },
          { label: "First seen", value: <Time at={finding.firstObservedAt} /> },
          { label: "Last seen", value: <Time at={finding.lastObservedAt} /> },
          suppressedBy
            ? { label: "Suppressed by", value: <PageLink to="/rules">{suppressedBy.name}</PageLink> }
            : { label: "Known exploit", value: finding.exploitAvailable && (finding.exploitAvailable === "YES" ? <StatusIndicator type="warning">Yes</StatusIndicator> : "None known") },
        ]}
      />
    </Container>
  );
}
