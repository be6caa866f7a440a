// The columns of a group: what it is, then its findings by severity. Every number leads to its findings.
import Box from "@cloudscape-design/components/box";
import type { FilterCriteria } from "~/api/wire";
import PageLink from "~/components/PageLink";
import type { Column } from "~/components/useTablePreferences";
import { equals, findingsPath, resourcePath, vulnerabilityPath } from "~/model/criteria";
import { type Group, type GroupRow, restOf, restSeverities } from "~/model/groups";
import { count } from "~/model/numbers";
import "./group.css";

interface CountProps {
  number: number;
  to: string;
  /** Of what: "critical". */
  what: string;
  look?: string;
}
function Count({ number, to, what, look }: CountProps) {
  if (number === 0) return <span className="group-count none">0</span>;
  return (
    <span className={`group-count ${look ?? ""}`}>
      <PageLink to={to} ariaLabel={`${number} ${what}`}>
        {count(number)}
      </PageLink>
    </span>
  );
}

/** Its findings, and beneath them the thing itself where it has a page. */
function Name({ row, to }: { row: GroupRow; to: string }) {
  const place = row.resourceId ? resourcePath(row.resourceId) : row.vulnerabilityId ? vulnerabilityPath(row.vulnerabilityId) : undefined;
  return (
    <>
      <PageLink to={to}>{row.name}</PageLink>
      {row.note && (
        <Box variant="small" display="block" color="text-body-secondary">
          {place ? <PageLink to={place} fontSize="body-s" variant="secondary">{row.note}</PageLink> : row.note}
        </Box>
      )}
    </>
  );
}

export function groupColumns(group: Group, narrow: FilterCriteria): Column<GroupRow>[] {
  const behind = (row: GroupRow, more: FilterCriteria = {}) => findingsPath({ ...narrow, ...row.criteria, ...more });
  const severity = (id: "critical" | "high" | "medium", name: string, sortingField?: string): Column<GroupRow> => ({
    id,
    name,
    header: name,
    width: 110,
    minWidth: 80,
    ...(sortingField ? { sortingField } : {}),
    cell: (row) => <Count number={row.counts[id]} look={id} what={`${id}: ${row.name}`} to={behind(row, { severity: equals(id.toUpperCase()) })} />,
  });
  const { extra } = group;
  return [
    { id: "name", name: group.one, header: group.one, minWidth: 200, fixed: true, isRowHeader: true, cell: (row) => <Name row={row} to={behind(row)} /> },
    severity("critical", "Critical", "CRITICAL"),
    severity("high", "High", "HIGH"),
    severity("medium", "Medium"),
    { id: "rest", name: "Lower", header: "Lower", width: 110, minWidth: 80, cell: (row) => <Count number={restOf(row.counts)} look="rest" what={`lower or not rated: ${row.name}`} to={behind(row, { severity: restSeverities })} /> },
    { id: "all", name: "All", header: "All", sortingField: "ALL", width: 110, minWidth: 80, cell: (row) => <Count number={row.counts.all} what={`findings: ${row.name}`} to={behind(row)} /> },
    ...(extra ? [{ id: "extra", name: extra.label, header: extra.label, sortingField: extra.sortBy, width: 120, minWidth: 90, cell: (row: GroupRow) => <Count number={row.extra ?? 0} what={`${extra.label.toLowerCase()}: ${row.name}`} to={behind(row, extra.criteria)} /> }] : []),
  ];
}
