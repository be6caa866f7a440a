// Findings of one resource or of one vulnerability, a page at a time.
import Header, { type HeaderProps } from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useState } from "react";
import { useOperation } from "~/api/queries";
import type { FilterCriteria, Finding, SortField } from "~/api/wire";
import Failure from "./Failure";
import TokenPagination from "./TokenPagination";
import { stacked } from "./stacked";
import { useNarrow } from "./useNarrow";
import { type Column, useTablePreferences } from "./useTablePreferences";

const atOnce = 25;
const first = { page: 1, tokens: [] as readonly string[] };

interface Props {
  /** Of the remembered columns. */
  name: string;
  title: string;
  /** How many match, if that is known. */
  count?: number | undefined;
  columns: readonly Column<Finding>[];
  criteria: FilterCriteria;
  actions?: HeaderProps["actions"];
  filter?: ReactNode;
  empty: ReactNode;
}
/** Give it a `key` of the criteria, so that another list begins at its first page. */
export default function FindingTable({ name, title, count, columns, criteria, actions, filter, empty }: Props) {
  const [pages, setPages] = useState(first);
  const [sort, setSort] = useState<{ field: SortField; descending: boolean }>({ field: "INSPECTOR_SCORE", descending: true });
  const token = pages.page > 1 ? pages.tokens[pages.page - 2] : undefined;
  const { data, error, isPending, isPlaceholderData, refetch } = useOperation(
    "ListFindings",
    { maxResults: atOnce, filterCriteria: criteria, sortCriteria: { field: sort.field, sortOrder: sort.descending ? "DESC" : "ASC" }, ...(token ? { nextToken: token } : {}) },
    { keep: true },
  );
  const { table, preferences } = useTablePreferences(name, columns);
  const narrow = useNarrow();
  const again = () => {
    setPages(first);
    void refetch();
  };
  return (
    <Table<Finding>
      {...(narrow ? { columnDefinitions: stacked(columns), wrapLines: true } : table)}
      variant="container"
      stickyHeader
      enableKeyboardNavigation
      trackBy="findingArn"
      items={error ? [] : (data?.findings ?? [])}
      loading={isPending}
      loadingText="Loading findings"
      sortingColumn={{ sortingField: sort.field }}
      sortingDescending={sort.descending}
      onSortingChange={({ detail }) => {
        setSort({ field: detail.sortingColumn.sortingField as SortField, descending: detail.isDescending ?? false });
        setPages(first);
      }}
      ariaLabels={{ tableLabel: title, resizerRoleDescription: "Width of the column" }}
      header={
        <Header variant="h2" {...(count === undefined ? {} : { counter: `(${count.toLocaleString("en")})` })} {...(actions ? { actions } : {})}>
          {title}
        </Header>
      }
      {...(filter ? { filter } : {})}
      {...(data?.nextToken || pages.page > 1 ? { pagination: <TokenPagination {...pages} nextToken={data?.nextToken} disabled={isPending || isPlaceholderData} onChange={setPages} /> } : {})}
      preferences={narrow ? undefined : preferences}
      empty={error ? <Failure error={error} what="the findings" retry={again} /> : empty}
    />
  );
}
