// Filters that somebody keeps: filters of the API that hide nothing (action NONE).
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "~/api/client";
import { ofSettings } from "~/api/live";
import type { Input } from "~/api/operations";
import type { Filter, FilterCriteria } from "~/api/wire";

/** Nobody chooses from more; the rest is a question of names. */
const mostPages = 5;
const queryKey = [ofSettings, "savedFilters"];

async function listAll(signal: AbortSignal): Promise<Filter[]> {
  const filters: Filter[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; ++page) {
    const answer = await call("ListFilters", { action: "NONE", maxResults: 100, ...(nextToken ? { nextToken } : {}) }, signal);
    filters.push(...answer.filters);
    nextToken = answer.nextToken;
    if (!nextToken) break;
  }
  return filters;
}

export function useSavedFilters() {
  const queries = useQueryClient();
  const list = useQuery({ queryKey, queryFn: ({ signal }) => listAll(signal) });
  const onSuccess = () => queries.invalidateQueries({ queryKey });
  const create = useMutation({ mutationFn: (input: { name: string; filterCriteria: FilterCriteria }) => call("CreateFilter", { action: "NONE", ...input }), onSuccess });
  const update = useMutation({ mutationFn: (input: Input<"UpdateFilter">) => call("UpdateFilter", input), onSuccess });
  const remove = useMutation({ mutationFn: (arn: string) => call("DeleteFilter", { arn }), onSuccess });
  return { list, create, update, remove };
}
