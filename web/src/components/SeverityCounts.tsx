// How many findings of each severity, each number the way to them.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import type { Counts } from "~/api/own";
import type { FilterCriteria } from "~/api/wire";
import { equals, findingsPath } from "~/model/criteria";
import { count, counted } from "~/model/numbers";
import { countOf, severities, severityName, total } from "~/model/severity";
import PageLink from "./PageLink";
import { severityColour } from "./severityColour";
import "./severity-counts.css";

interface Props {
  counts: Counts;
  /** Of all findings counted. */
  criteria: FilterCriteria;
  /** "db-1": for those who do not see where the numbers stand. */
  of: string;
}
export default function SeverityCounts({ counts, criteria, of }: Props) {
  if (total(counts) === 0) return <Box color="text-status-success">None</Box>;
  return (
    <span className="severity-counts">
      {severities
        .filter((severity) => countOf(counts, severity) > 0)
        .map((severity) => {
          const name = severityName(severity);
          const number = countOf(counts, severity);
          return (
            <span key={severity} title={`${counted(number, `${name.toLowerCase()} finding`)}`}>
              <PageLink to={findingsPath({ ...criteria, severity: equals(severity) })} ariaLabel={`${counted(number, `${name.toLowerCase()} finding`)} of ${of}`}>
                <Badge color={severityColour(severity)}>{count(number)}</Badge>
              </PageLink>
            </span>
          );
        })}
    </span>
  );
}
