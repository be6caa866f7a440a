// The columns of the list of findings. What can be sorted by is what the operation can sort by.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Finding, SortField } from "~/api/wire";
import PageLink from "~/components/PageLink";
import SeverityBadge from "~/components/SeverityBadge";
import Time from "~/components/Time";
import type { Column } from "~/components/useTablePreferences";
import { findingPath, resourcePath } from "~/model/criteria";
import { baseScore, fieldWord, percent, resourceOf, vulnerabilityName } from "~/model/findingRow";
import PackageCell from "./PackageCell";

export interface Row extends Finding {
  /** Whether it is in CISA's catalogue of known exploited vulnerabilities; absent while that is asked. */
  knownExploited?: boolean;
}

function Score({ finding }: { finding: Row }) {
  const score = finding.inspectorScore;
  const base = baseScore(finding);
  if (score === undefined) return <Box color="text-body-secondary">–</Box>;
  return (
    <>
      {score.toFixed(1)}
      {base !== undefined && base !== score && (
        <Box variant="small" display="block" color="text-body-secondary">
          base {base.toFixed(1)}
        </Box>
      )}
    </>
  );
}

function Resource({ finding }: { finding: Row }) {
  const { id, name, type } = resourceOf(finding);
  return (
    <>
      <PageLink to={resourcePath(id)}>{name}</PageLink>
      <Box variant="small" display="block" color="text-body-secondary">
        {type}
      </Box>
    </>
  );
}

function Exploit({ finding }: { finding: Row }) {
  if (finding.knownExploited) return <Badge color="red">In KEV</Badge>;
  if (finding.exploitAvailable === "YES") return <StatusIndicator type="warning">Known</StatusIndicator>;
  return <Box color="text-body-secondary">None known</Box>;
}

function Fix({ finding }: { finding: Row }) {
  if (finding.fixAvailable === "YES") return <StatusIndicator type="success">Yes</StatusIndicator>;
  if (finding.fixAvailable === "PARTIAL") return <StatusIndicator type="warning">For some</StatusIndicator>;
  return <Box color="text-body-secondary">{finding.fixAvailable === "NO" ? "No" : "–"}</Box>;
}

const statusLooks = { ACTIVE: "error", SUPPRESSED: "stopped", CLOSED: "success" } as const;
function Status({ finding }: { finding: Row }) {
  return <StatusIndicator type={statusLooks[finding.status ?? "ACTIVE"]}>{fieldWord("findingStatus", finding.status)}</StatusIndicator>;
}

type Definition = Omit<Column<Row>, "header" | "cell" | "sortingField"> & { sort?: SortField; cell: (row: Row) => React.ReactNode };
const definitions: Definition[] = [
  { id: "severity", name: "Severity", sort: "SEVERITY", width: 115, minWidth: 100, cell: (row) => <SeverityBadge severity={row.severity} /> },
  { id: "score", name: "Score", sort: "INSPECTOR_SCORE", width: 100, minWidth: 80, cell: (row) => <Score finding={row} /> },
  { id: "vulnerability", name: "Vulnerability", sort: "VULNERABILITY_ID", width: 165, minWidth: 130, fixed: true, isRowHeader: true, cell: (row) => <PageLink to={findingPath(row.findingArn ?? "")}>{vulnerabilityName(row)}</PageLink> },
  { id: "title", name: "Title", width: 260, minWidth: 140, extra: true, cell: (row) => <span title={row.title}>{row.title}</span> },
  { id: "resource", name: "Resource", width: 165, minWidth: 120, cell: (row) => <Resource finding={row} /> },
  { id: "package", name: "Package", width: 240, minWidth: 160, cell: (row) => <PackageCell finding={row} /> },
  { id: "fix", name: "Fix", width: 85, minWidth: 75, cell: (row) => <Fix finding={row} /> },
  { id: "exploit", name: "Exploit", width: 125, minWidth: 110, cell: (row) => <Exploit finding={row} /> },
  { id: "epss", name: "EPSS", sort: "EPSS_SCORE", width: 90, minWidth: 75, cell: (row) => (row.epss?.score === undefined ? "–" : percent(row.epss.score)) },
  { id: "first", name: "First observed", sort: "FIRST_OBSERVED_AT", width: 140, minWidth: 120, cell: (row) => <Time at={row.firstObservedAt} /> },
  { id: "status", name: "Status", sort: "FINDING_STATUS", width: 110, minWidth: 110, cell: (row) => <Status finding={row} /> },
  { id: "last", name: "Last observed", sort: "LAST_OBSERVED_AT", width: 150, minWidth: 120, extra: true, cell: (row) => <Time at={row.lastObservedAt} /> },
  { id: "type", name: "Finding type", sort: "FINDING_TYPE", width: 190, minWidth: 120, extra: true, cell: (row) => fieldWord("findingType", row.type) },
  { id: "resourceType", name: "Resource type", sort: "RESOURCE_TYPE", width: 160, minWidth: 120, extra: true, cell: (row) => resourceOf(row).type },
  { id: "vendorSeverity", name: "Vendor's severity", sort: "VENDOR_SEVERITY", width: 160, minWidth: 120, extra: true, cell: (row) => row.packageVulnerabilityDetails?.vendorSeverity ?? "–" },
  { id: "source", name: "Source", sort: "VULNERABILITY_SOURCE", width: 140, minWidth: 100, extra: true, cell: (row) => row.packageVulnerabilityDetails?.source ?? "–" },
  { id: "repository", name: "Repository", sort: "ECR_IMAGE_REPOSITORY_NAME", width: 180, minWidth: 120, extra: true, cell: (row) => row.resources?.[0]?.details?.awsEcrContainerImage?.repositoryName ?? "–" },
  { id: "registry", name: "Registry", sort: "ECR_IMAGE_REGISTRY", width: 160, minWidth: 120, extra: true, cell: (row) => row.resources?.[0]?.details?.awsEcrContainerImage?.registry ?? "–" },
  { id: "pushed", name: "Image pushed", sort: "ECR_IMAGE_PUSHED_AT", width: 150, minWidth: 120, extra: true, cell: (row) => <Time at={row.resources?.[0]?.details?.awsEcrContainerImage?.pushedAt} /> },
  { id: "protocol", name: "Protocol", sort: "NETWORK_PROTOCOL", width: 120, minWidth: 100, extra: true, cell: (row) => row.networkReachabilityDetails?.protocol ?? "–" },
  { id: "account", name: "Account", sort: "AWS_ACCOUNT_ID", width: 150, minWidth: 130, extra: true, cell: (row) => row.awsAccountId ?? "–" },
];

export const columns: Column<Row>[] = definitions.map(({ sort, ...column }) => ({
  ...column,
  header: column.name,
  ...(sort ? { sortingField: sort } : {}),
}));
