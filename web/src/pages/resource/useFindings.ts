// All open findings of a resource, so that packages can say what they bring.
import { useQuery } from "@tanstack/react-query";
import { call } from "~/api/client";
import { everything } from "~/api/everything";
import { ofFindings } from "~/api/live";
import type { Finding } from "~/api/wire";
import { equals } from "~/model/criteria";

/** A page of the operation has 25 of them. */
const most = 2000;

export function useFindings(resourceId: string) {
  return useQuery({
    queryKey: [ofFindings, "all findings of a resource", resourceId],
    queryFn: ({ signal }) =>
      everything<Finding>(most, async (nextToken) => {
        const answer = await call(
          "ListFindings",
          { maxResults: 100, filterCriteria: { resourceId: equals(resourceId), findingStatus: equals("ACTIVE") }, sortCriteria: { field: "INSPECTOR_SCORE", sortOrder: "DESC" }, ...(nextToken ? { nextToken } : {}) },
          signal,
        );
        return { items: answer.findings ?? [], next: answer.nextToken };
      }),
  });
}
