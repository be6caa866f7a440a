// What a list shows, kept in its address: filter, order, saved filter. The pages gone through stand in
// the entry of the browser's history, because tokens are of no use to anybody else.
import { useMemo } from "react";
import { useLocation, useNavigate } from "react-router";
import type { FilterCriteria, SortField } from "~/api/wire";
import { criteriaOf } from "~/model/criteria";

export interface Pages {
  /** From 1. */
  page: number;
  /** Of the pages after the first, as far as they are known. */
  tokens: readonly string[];
}
const first: Pages = { page: 1, tokens: [] };

export interface Sort {
  field: SortField;
  descending: boolean;
}
const standardSort: Sort = { field: "INSPECTOR_SCORE", descending: true };

function pagesOf(state: unknown): Pages {
  const { page, tokens } = (state ?? {}) as Partial<Pages>;
  const sound = typeof page === "number" && Array.isArray(tokens) && page >= 1 && page <= tokens.length + 1;
  return sound ? { page, tokens: tokens as string[] } : first;
}

export function useListState() {
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const criteria = useMemo(() => criteriaOf(query), [query]);
  const sort = useMemo((): Sort => {
    const field = query.get("sort") as SortField | null;
    return field ? { field, descending: query.get("order") !== "ASC" } : standardSort;
  }, [query]);
  const pages = pagesOf(state);

  /** Whatever changes the list begins at its first page. */
  const change = (changes: Record<string, string | null>) => {
    // Of the address itself: what was rendered last may be one change behind.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    void navigate({ search: `?${next}` });
  };

  return {
    query,
    criteria,
    sort,
    pages,
    change,
    setCriteria: (next: FilterCriteria) => change({ filter: JSON.stringify(next) }),
    setSort: ({ field, descending }: Sort) => change({ sort: field, order: descending ? "DESC" : "ASC" }),
    goTo: (next: Pages) => void navigate({ search }, { state: next }),
  };
}
