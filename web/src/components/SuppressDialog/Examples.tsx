// The worst of the findings a rule would hide: what a number does not say.
import Box from "@cloudscape-design/components/box";
import { useOperation } from "~/api/queries";
import type { FilterCriteria } from "~/api/wire";
import PageLink from "~/components/PageLink";
import { findingsPath } from "~/model/criteria";

const shown = 3;

interface Props {
  criteria: FilterCriteria;
  /** How many there are. */
  of: number;
}
export default function Examples({ criteria, of }: Props) {
  const { data } = useOperation("ListFindings", { filterCriteria: criteria, maxResults: shown, sortCriteria: { field: "INSPECTOR_SCORE", sortOrder: "DESC" } }, { keep: true });
  const findings = data?.findings ?? [];
  if (findings.length === 0) return null;
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      {of > findings.length ? "The worst of them: " : ""}
      {findings.map((finding) => `${finding.title ?? finding.findingArn} on ${finding.resources?.[0]?.tags?.["vigil:name"] ?? finding.resources?.[0]?.id ?? "?"}`).join("; ")}.{" "}
      {of > findings.length && <PageLink to={findingsPath(criteria)}>Show all</PageLink>}
    </Box>
  );
}
