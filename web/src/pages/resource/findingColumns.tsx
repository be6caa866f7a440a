// The columns of one resource's findings.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Finding } from "~/api/wire";
import PackageVersions from "~/components/PackageVersions";
import PageLink from "~/components/PageLink";
import SeverityBadge from "~/components/SeverityBadge";
import Time from "~/components/Time";
import type { Column } from "~/components/useTablePreferences";
import { findingPath } from "~/model/criteria";
import { vulnerabilityName } from "~/model/findingRow";
import { percent } from "~/model/percent";

export const columns: Column<Finding>[] = [
  { id: "vulnerability", name: "Vulnerability", header: "Vulnerability", fixed: true, isRowHeader: true, sortingField: "VULNERABILITY_ID", width: 180, minWidth: 140, cell: (finding) => <PageLink to={findingPath(finding.findingArn ?? "")}>{vulnerabilityName(finding)}</PageLink> },
  { id: "severity", name: "Severity", header: "Severity", sortingField: "SEVERITY", width: 120, minWidth: 100, cell: (finding) => <SeverityBadge severity={finding.severity} /> },
  { id: "score", name: "Score", header: "Score", sortingField: "INSPECTOR_SCORE", width: 95, minWidth: 80, cell: (finding) => finding.inspectorScore?.toFixed(1) ?? "–" },
  { id: "package", name: "Package", header: "Package", width: 340, minWidth: 160, cell: (finding) => <PackageVersions finding={finding} /> },
  { id: "exploit", name: "Exploit", header: "Exploit", width: 130, minWidth: 100, cell: (finding) => (finding.exploitAvailable === "YES" ? <StatusIndicator type="warning">Known</StatusIndicator> : "None known") },
  { id: "epss", name: "EPSS", header: "EPSS", sortingField: "EPSS_SCORE", width: 110, minWidth: 80, cell: (finding) => (finding.epss?.score === undefined ? "–" : percent(finding.epss.score)) },
  { id: "first", name: "First seen", header: "First seen", sortingField: "FIRST_OBSERVED_AT", width: 150, minWidth: 110, cell: (finding) => <Time at={finding.firstObservedAt} /> },
];
