// How many findings match, exactly. Asked for apart from the findings themselves: a list does not wait for it.
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { Criteria } from "~/model/propertyFilter";
import { severities } from "~/model/severity";
import { withSeverity } from "~/model/severityTests";
import { own } from "./client";
import { ofFindings } from "./live";
import type { Counts, FindingCount } from "./own";
import type { FilterCriteria } from "./wire";

function countQuery(filterCriteria: FilterCriteria | Criteria, enabled: boolean) {
  return {
    queryKey: [ofFindings, "findings/count", filterCriteria],
    queryFn: ({ signal }: { signal: AbortSignal }) => own<FindingCount>("findings/count", { method: "POST", body: { filterCriteria }, signal }),
    enabled,
  };
}

export function useFindingCount(criteria: FilterCriteria, enabled = true) {
  return useQuery({ ...countQuery(criteria, enabled), placeholderData: keepPreviousData });
}

/** Findings in all states the count speaks of. */
export const inAll = (count: FindingCount) => count.active + count.suppressed + count.closed;

/** By severity; what the criteria exclude is 0. Absent until every severity is counted. */
export function useSeverityCounts(criteria: FilterCriteria, enabled = true): { counts?: Counts; error?: Error } {
  const asked = severities.map((severity) => ({ severity, criteria: withSeverity(criteria, severity) }));
  return useQueries({
    queries: asked.map(({ criteria: one }) => ({ ...countQuery(one ?? {}, enabled && one !== undefined), placeholderData: keepPreviousData })),
    combine: (answers) => {
      const counts: Counts = { critical: 0, high: 0, medium: 0, low: 0, informational: 0, untriaged: 0 };
      const error = answers.find((answer) => answer.error)?.error;
      if (error) return { error };
      for (const [index, { severity, criteria: one }] of asked.entries()) {
        const answer = answers[index]?.data;
        if (!one) continue;
        if (!answer) return {};
        counts[severity.toLowerCase() as keyof Counts] = inAll(answer);
      }
      return { counts };
    },
  });
}
