// The columns of the list of findings. What can be sorted by is what the operation can sort by.
import type { SortField } from "~/api/wire";
import FindingStatus from "~/components/FindingStatus";
import SeverityBadge from "~/components/SeverityBadge";
import Time from "~/components/Time";
import type { Column } from "~/components/useTablePreferences";
import { fieldWord } from "~/model/findingRow";
import { resourceTypeName } from "~/model/resourceType";
import { Epss, Everything, Exploit, Fix, Resource, type Row, Score, Vulnerability } from "./cells";
import PackageCell from "./PackageCell";

const image = (row: Row) => row.resources?.[0]?.details?.awsEcrContainerImage;

type Definition = Omit<Column<Row>, "header" | "cell" | "sortingField"> & { sort?: SortField; cell: (row: Row) => React.ReactNode };
const definitions: Definition[] = [
  { id: "severity", name: "Severity", sort: "SEVERITY", width: 115, minWidth: 100, cell: (row) => <SeverityBadge severity={row.severity} /> },
  { id: "score", name: "Score", sort: "INSPECTOR_SCORE", width: 100, minWidth: 80, cell: (row) => <Score row={row} /> },
  { id: "vulnerability", name: "Vulnerability", sort: "VULNERABILITY_ID", width: 165, minWidth: 130, fixed: true, isRowHeader: true, cell: (row) => <Vulnerability row={row} /> },
  { id: "title", name: "Title", width: 230, minWidth: 140, extra: true, cell: (row) => <span title={row.title}>{row.title}</span> },
  { id: "resource", name: "Resource", width: 170, minWidth: 120, cell: (row) => <Resource row={row} /> },
  { id: "package", name: "Package", width: 215, minWidth: 140, cell: (row) => <PackageCell finding={row} /> },
  { id: "fix", name: "Fix", width: 95, minWidth: 75, cell: (row) => <Fix row={row} /> },
  { id: "exploit", name: "Exploit", width: 120, minWidth: 100, cell: (row) => <Exploit row={row} /> },
  { id: "epss", name: "EPSS", sort: "EPSS_SCORE", width: 100, minWidth: 75, cell: (row) => <Epss row={row} /> },
  { id: "first", name: "First observed", sort: "FIRST_OBSERVED_AT", width: 155, minWidth: 120, cell: (row) => <Time at={row.firstObservedAt} /> },
  { id: "status", name: "Status", sort: "FINDING_STATUS", width: 125, minWidth: 100, cell: (row) => <FindingStatus status={row.status} /> },
  { id: "last", name: "Last observed", sort: "LAST_OBSERVED_AT", width: 155, minWidth: 120, extra: true, cell: (row) => <Time at={row.lastObservedAt} /> },
  { id: "type", name: "Finding type", sort: "FINDING_TYPE", width: 190, minWidth: 120, extra: true, cell: (row) => fieldWord("findingType", row.type) },
  { id: "resourceType", name: "Resource type", sort: "RESOURCE_TYPE", width: 160, minWidth: 120, extra: true, cell: (row) => resourceTypeName(row.resources?.[0]?.type ?? "") },
  { id: "vendorSeverity", name: "Vendor's severity", sort: "VENDOR_SEVERITY", width: 175, minWidth: 120, extra: true, cell: (row) => row.packageVulnerabilityDetails?.vendorSeverity ?? "–" },
  { id: "source", name: "Source", sort: "VULNERABILITY_SOURCE", width: 140, minWidth: 100, extra: true, cell: (row) => row.packageVulnerabilityDetails?.source ?? "–" },
  { id: "repository", name: "Repository", sort: "ECR_IMAGE_REPOSITORY_NAME", width: 180, minWidth: 120, extra: true, cell: (row) => image(row)?.repositoryName ?? "–" },
  { id: "registry", name: "Registry", sort: "ECR_IMAGE_REGISTRY", width: 160, minWidth: 120, extra: true, cell: (row) => image(row)?.registry ?? "–" },
  { id: "pushed", name: "Image pushed", sort: "ECR_IMAGE_PUSHED_AT", width: 150, minWidth: 120, extra: true, cell: (row) => <Time at={image(row)?.pushedAt} /> },
  { id: "protocol", name: "Protocol", sort: "NETWORK_PROTOCOL", width: 120, minWidth: 100, extra: true, cell: (row) => row.networkReachabilityDetails?.protocol ?? "–" },
  { id: "account", name: "Account", sort: "AWS_ACCOUNT_ID", width: 150, minWidth: 130, extra: true, cell: (row) => row.awsAccountId ?? "–" },
];

export const columns: Column<Row>[] = definitions.map(({ sort, ...column }) => ({
  ...column,
  header: column.name,
  ...(sort ? { sortingField: sort } : {}),
}));

/** On a telephone. */
export const narrowColumns: Column<Row>[] = [{ id: "finding", name: "Finding", header: "Finding", isRowHeader: true, cell: (row) => <Everything row={row} /> }];

/** What a list without columns to click on can be sorted by. */
export const sorts = definitions.flatMap(({ name, sort, extra }) => (sort && !extra ? [{ value: sort, label: name }] : []));
