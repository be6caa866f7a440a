// How many findings a rule would hide now, by severity, and some of them, before anybody makes it.
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useFindingCount, useSeverityCounts } from "~/api/counts";
import type { FilterCriteria } from "~/api/wire";
import SeverityBadge from "~/components/SeverityBadge";
import { equals } from "~/model/criteria";
import Examples from "./Examples";
import { count } from "~/model/numbers";
import { countOf, severities } from "~/model/severity";

export default function Preview({ criteria }: { criteria: FilterCriteria }) {
  const active = { ...criteria, findingStatus: equals("ACTIVE") };
  const { data, error, isPending, isPlaceholderData } = useFindingCount(criteria);
  const { counts } = useSeverityCounts(active, (data?.active ?? 0) > 0);
  if (error) return <StatusIndicator type="warning">How many it would hide is not known: {error.message}</StatusIndicator>;
  if (isPending || isPlaceholderData) return <StatusIndicator type="loading">Counting what it would hide</StatusIndicator>;
  const already = data.suppressed > 0 ? ` ${count(data.suppressed)} more are hidden already.` : "";
  if (data.active === 0) return <StatusIndicator type="info">It would hide no active finding now.{already}</StatusIndicator>;
  return (
    <SpaceBetween size="xs">
      <Box>
        It would hide <b>{count(data.active)}</b> active {data.active === 1 ? "finding" : "findings"} now.{already}
      </Box>
      {counts && (
        <SpaceBetween direction="horizontal" size="s">
          {severities
            .filter((severity) => countOf(counts, severity) > 0)
            .map((severity) => (
              <span key={severity}>
                <SeverityBadge severity={severity} /> {count(countOf(counts, severity))}
              </span>
            ))}
        </SpaceBetween>
      )}
      <Examples criteria={active} of={data.active} />
    </SpaceBetween>
  );
}
