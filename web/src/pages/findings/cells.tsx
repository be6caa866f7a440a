// What the list shows of a finding, cell by cell.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Finding } from "~/api/wire";
import PageLink from "~/components/PageLink";
import SeverityBadge from "~/components/SeverityBadge";
import { findingPath, resourcePath } from "~/model/criteria";
import { baseScore, vulnerabilityName } from "~/model/findingRow";
import { percent } from "~/model/percent";
import { displayName } from "~/model/resource";
import { resourceTypeName } from "~/model/resourceType";
import PackageCell from "./PackageCell";

export interface Row extends Finding {
  /** Whether it is in CISA's catalogue of known exploited vulnerabilities. */
  knownExploited: boolean;
}
interface Props {
  row: Row;
}
const nothing = <Box color="text-body-secondary">–</Box>;

export function Score({ row }: Props) {
  const base = baseScore(row);
  if (row.inspectorScore === undefined) return nothing;
  return (
    <>
      {row.inspectorScore.toFixed(1)}
      {base !== undefined && base !== row.inspectorScore && (
        <Box variant="small" display="block" color="text-body-secondary">
          base {base.toFixed(1)}
        </Box>
      )}
    </>
  );
}

export function Vulnerability({ row }: Props) {
  return <PageLink to={findingPath(row.findingArn ?? "")}>{vulnerabilityName(row)}</PageLink>;
}

export function Resource({ row }: Props) {
  const resource = row.resources?.[0];
  const name = displayName(resource);
  return (
    <>
      <span title={`${name} (${resource?.id})`}>
        <PageLink to={resourcePath(resource?.id ?? "")}>{name}</PageLink>
      </span>
      <Box variant="small" display="block" color="text-body-secondary">
        {resourceTypeName(resource?.type ?? "")}
      </Box>
    </>
  );
}

export function Exploit({ row }: Props) {
  if (row.knownExploited) return <Badge color="red">In KEV</Badge>;
  if (row.exploitAvailable === "YES") return <StatusIndicator type="warning">Known</StatusIndicator>;
  return <Box color="text-body-secondary">None known</Box>;
}

export function Fix({ row }: Props) {
  if (row.fixAvailable === "YES") return <StatusIndicator type="success">Yes</StatusIndicator>;
  if (row.fixAvailable === "PARTIAL") return <StatusIndicator type="warning">Partly</StatusIndicator>;
  return row.fixAvailable === "NO" ? <Box color="text-body-secondary">No</Box> : nothing;
}

export function Epss({ row }: Props) {
  if (row.epss?.score === undefined) return nothing;
  const text = percent(row.epss.score);
  return <span title={`Chance of an attack within 30 days: ${text}`}>{text.replace("over ", ">").replace("under ", "<")}</span>;
}

/** All that matters in one cell, where there is room for only one. */
export function Everything({ row }: Props) {
  return (
    <SpaceBetween size="xxs">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <SeverityBadge severity={row.severity} />
        <Vulnerability row={row} />
        {row.inspectorScore !== undefined && <span>{row.inspectorScore.toFixed(1)}</span>}
        {row.exploitAvailable === "YES" && <Exploit row={row} />}
      </SpaceBetween>
      <PackageCell finding={row} />
      <Resource row={row} />
    </SpaceBetween>
  );
}
