// The account in six numbers, each a link to the findings it counts.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Counts, Summary } from "~/api/own";
import Failure from "~/components/Failure";
import Loading from "~/components/Loading";
import PageLink from "~/components/PageLink";
import { equals, findingsPath } from "~/model/criteria";
import { count } from "~/model/numbers";
import { total } from "~/model/severity";

interface Figure {
  label: string;
  value: number;
  to: string;
  /** What the number is made of. */
  of: string;
}

const worst = (counts: Counts) => counts.critical + counts.high;

export function figuresOf({ active, exploitable, fixable, knownExploited, suppressed, day }: Summary): Figure[] {
  const since = { startInclusive: day.since };
  const all = total(active);
  return [
    {
      label: "Critical and high",
      value: worst(active),
      to: findingsPath({ severity: equals("CRITICAL", "HIGH") }),
      of: `${count(active.critical)} critical, ${count(active.high)} high`,
    },
    {
      label: "Exploit known",
      value: exploitable,
      to: findingsPath({ exploitAvailable: equals("YES") }),
      of: knownExploited.findings > 0 ? `${count(knownExploited.findings)} in the wild` : "none in the wild",
    },
    { label: "Fix available", value: fixable, to: findingsPath({ fixAvailable: equals("YES", "PARTIAL") }), of: `of ${count(all)} active` },
    {
      label: "New",
      value: total(day.opened),
      // Whatever has become of them since.
      to: findingsPath({ findingStatus: undefined, firstObservedAt: [since] }),
      of: "since yesterday",
    },
    {
      label: "Closed",
      value: day.closed,
      to: findingsPath({ findingStatus: equals("CLOSED"), updatedAt: [since] }),
      of: "since yesterday",
    },
    { label: "Suppressed", value: suppressed, to: findingsPath({ findingStatus: equals("SUPPRESSED") }), of: "hidden by rules" },
  ];
}

export default function Figures({ query }: { query: UseQueryResult<Summary> }) {
  if (query.data === undefined) {
    return query.isError ? <Failure error={query.error} what="the summary" retry={() => void query.refetch()} /> : <Loading what="the summary" />;
  }
  return (
    <dl className="figures">
      {figuresOf(query.data).map(({ label, value, to, of }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <PageLink to={to} fontSize="display-l" ariaLabel={`${label}: ${count(value)}, ${of}`}>
              {count(value)}
            </PageLink>
            <span className="quiet">{of}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
