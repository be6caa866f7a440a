// One page of the findings that match, and apart from it how many there are.
import { useMemo } from "react";
import { inAll, useFindingCount } from "~/api/counts";
import { useOperation } from "~/api/queries";
import type { FilterCriteria } from "~/api/wire";
import type { Row } from "./cells";
import { useKnownExploited } from "./useKnownExploited";
import type { Pages, Sort } from "./useListState";

export const atOnce = 25;

export function useFindings(criteria: FilterCriteria, sort: Sort, { page, tokens }: Pages) {
  const token = page > 1 ? tokens[page - 2] : undefined;
  const list = useOperation(
    "ListFindings",
    {
      maxResults: atOnce,
      filterCriteria: criteria,
      sortCriteria: { field: sort.field, sortOrder: sort.descending ? "DESC" : "ASC" },
      ...(token ? { nextToken: token } : {}),
    },
    { keep: true },
  );
  const counted = useFindingCount(criteria);
  const findings = useMemo(() => list.data?.findings ?? [], [list.data]);
  const exploited = useKnownExploited(findings);
  const rows = useMemo(
    (): Row[] => findings.map((finding) => ({ ...finding, knownExploited: exploited?.has(finding.findingArn ?? "") ?? false })),
    [findings, exploited],
  );
  return {
    rows,
    /** Absent while it is counted. */
    total: counted.data && !counted.isPlaceholderData ? inAll(counted.data) : undefined,
    nextToken: list.data?.nextToken,
    error: list.error,
    isPending: list.isPending,
    /** What is shown is what was asked for before. */
    isOld: list.isPlaceholderData,
    retry: () => void list.refetch(),
  };
}
