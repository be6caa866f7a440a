// What the list says of each rule.
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Filter } from "~/api/wire";
import { inWords } from "~/components/CriteriaFilter/inWords";
import PageLink from "~/components/PageLink";
import Time from "~/components/Time";
import type { Column } from "~/components/useTablePreferences";
import { equals, findingsPath } from "~/model/criteria";
import { filterFields } from "~/model/filterFields";
import { count } from "~/model/numbers";

const unknown = <Box color="text-body-secondary">–</Box>;

function Criteria({ rule }: { rule: Filter }) {
  const sentences = inWords(rule.criteria ?? {}, filterFields);
  if (sentences.length === 0) return <>Every finding</>;
  return (
    <>
      {sentences.map(({ label, text }) => (
        <div key={label}>
          <Box variant="span" color="text-body-secondary">
            {label}:
          </Box>{" "}
          {text}
        </div>
      ))}
    </>
  );
}

function Hidden({ rule }: { rule: Filter }) {
  const hidden = rule.vigil?.hiddenCount ?? 0;
  if (hidden === 0) return <>0</>;
  return <PageLink to={findingsPath({ ...rule.criteria, findingStatus: equals("SUPPRESSED") })}>{count(hidden)}</PageLink>;
}

function Ends({ at }: { at: number | undefined }) {
  if (at === undefined) return <Box color="text-body-secondary">Never</Box>;
  const ended = at < Date.now() / 1000;
  return ended ? <StatusIndicator type="stopped">Ended <Time at={at} /></StatusIndicator> : <Time at={at} />;
}

export const columns: Column<Filter>[] = [
  { id: "name", name: "Name", header: "Name", fixed: true, isRowHeader: true, sortingField: "name", width: 170, cell: (rule) => rule.name },
  { id: "criteria", name: "What it hides", header: "What it hides", width: 300, cell: (rule) => <Criteria rule={rule} /> },
  {
    id: "hidden",
    name: "Hidden now",
    header: "Hidden",
    width: 110,
    sortingComparator: (a, b) => (a.vigil?.hiddenCount ?? 0) - (b.vigil?.hiddenCount ?? 0),
    cell: (rule) => <Hidden rule={rule} />,
  },
  { id: "reason", name: "Reason", header: "Reason", width: 190, cell: (rule) => rule.reason ?? unknown },
  {
    id: "owner",
    name: "Owner",
    header: "Owner",
    width: 110,
    sortingComparator: (a, b) => (a.vigil?.owner ?? "").localeCompare(b.vigil?.owner ?? ""),
    cell: (rule) => rule.vigil?.owner ?? unknown,
  },
  {
    id: "ends",
    name: "Ends",
    header: "Ends",
    width: 130,
    sortingComparator: (a, b) => (a.vigil?.expiresAt ?? Infinity) - (b.vigil?.expiresAt ?? Infinity),
    cell: (rule) => <Ends at={rule.vigil?.expiresAt} />,
  },
  { id: "updated", name: "Changed", header: "Changed", width: 120, sortingField: "updatedAt", cell: (rule) => <Time at={rule.updatedAt} /> },
  { id: "created", name: "Made", header: "Made", width: 140, extra: true, sortingField: "createdAt", cell: (rule) => <Time at={rule.createdAt} /> },
];
