// Coverage in numbers: how many rows there are of each kind, state and reason.
import { useQueries } from "@tanstack/react-query";
import { call } from "~/api/client";
import { everything } from "~/api/everything";
import { ofFindings } from "~/api/live";
import type { CoverageFilterCriteria } from "~/api/wire";

const groups = ["SCAN_STATUS_CODE", "RESOURCE_TYPE", "SCAN_STATUS_REASON"] as const;
/** There are 36 reasons, and fewer of the others. */
const most = 100;

export interface Count {
  key: string;
  count: number;
}

/** The criteria count for each number but those of its own group: what would be seen if it were chosen. */
export function useStatistics(of: (group: (typeof groups)[number]) => CoverageFilterCriteria) {
  return useQueries({
    queries: groups.map((groupBy) => ({
      queryKey: [ofFindings, "coverage statistics", groupBy, of(groupBy)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        everything<Count>(most, async (nextToken) => {
          const answer = await call("ListCoverageStatistics", { groupBy, filterCriteria: of(groupBy), ...(nextToken ? { nextToken } : {}) }, signal);
          return { items: (answer.countsByGroup ?? []).map(({ count, groupKey }) => ({ key: String(groupKey), count: Number(count) })), next: answer.nextToken };
        }),
    })),
    combine: ([status, type, reason]) => ({
      status: status?.data?.items ?? [],
      type: type?.data?.items ?? [],
      reason: reason?.data?.items ?? [],
      error: status?.error ?? type?.error ?? reason?.error ?? null,
    }),
  });
}
