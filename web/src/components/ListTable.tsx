// A list that is here as a whole: searched, sorted and paged in the browser.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header, { type HeaderProps } from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import { count } from "~/model/numbers";
import Empty from "./Empty";
import Failure from "./Failure";
import { stacked } from "./stacked";
import { useNarrow } from "./useNarrow";
import { type Column, useTablePreferences } from "./useTablePreferences";

interface Props<Item> {
  /** Of the remembered columns. */
  name: string;
  title: string;
  /** The list is what the page is about. */
  page?: boolean;
  /** "packages" */
  what: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  trackBy: (item: Item) => string;
  /** What the text filter looks at. */
  textOf: (item: Item) => string;
  text: string;
  onText: (text: string) => void;
  sort: { field: string; descending?: boolean };
  actions?: HeaderProps["actions"];
  description?: ReactNode;
  /** Beside the text filter. */
  controls?: ReactNode;
  /** Above it. */
  above?: ReactNode;
  /** There are more than `items`. */
  more?: boolean;
  loading?: boolean;
  error?: Error | null;
  retry?: () => void;
  empty: ReactNode;
  pageSize?: number;
}

export default function ListTable<Item>(props: Props<Item>) {
  const { columns, textOf, text, what, title, page = false, more = false, loading = false } = props;
  const { table, preferences } = useTablePreferences(props.name, columns);
  const narrow = useNarrow();
  const wanted = text.toLowerCase();
  const { items, filteredItemsCount = 0, collectionProps, paginationProps, actions } = useCollection(props.items, {
    filtering: {
      filteringFunction: (item) => wanted === "" || textOf(item).toLowerCase().includes(wanted),
      noMatch: (
        <Empty title="Nothing matches" action={<Button onClick={() => props.onText("")}>Clear the filter</Button>}>
          None of the {what} has “{text}” in it.
        </Empty>
      ),
      empty: props.empty,
    },
    pagination: { pageSize: props.pageSize ?? 50 },
    sorting: { defaultState: { sortingColumn: columns.find(({ id }) => id === props.sort.field) ?? {}, isDescending: props.sort.descending ?? false } },
  });
  const all = props.items.length;
  const number = text === "" ? count(all) : `${count(filteredItemsCount)} of ${count(all)}`;
  return (
    <Table<Item>
      {...(narrow ? { columnDefinitions: stacked(columns), wrapLines: true } : table)}
      {...(collectionProps.sortingColumn ? { sortingColumn: collectionProps.sortingColumn } : {})}
      sortingDescending={collectionProps.sortingDescending ?? false}
      {...(collectionProps.onSortingChange ? { onSortingChange: collectionProps.onSortingChange } : {})}
      variant={page ? "full-page" : "container"}
      stickyHeader
      enableKeyboardNavigation
      trackBy={props.trackBy}
      items={props.error ? [] : items}
      loading={loading}
      loadingText={`Loading ${what}`}
      empty={props.error ? <Failure error={props.error} what={`the ${what}`} {...(props.retry ? { retry: props.retry } : {})} /> : collectionProps.empty}
      ariaLabels={{ tableLabel: title, resizerRoleDescription: "Width of the column" }}
      renderAriaLive={({ visibleItemsCount }) => `${visibleItemsCount} ${what} are shown`}
      header={
        <Header variant={page ? "awsui-h1-sticky" : "h2"} {...(loading ? {} : { counter: `(${number}${more ? " and more" : ""})` })} {...(props.actions ? { actions: props.actions } : {})} {...(props.description ? { description: props.description } : {})}>
          {title}
        </Header>
      }
      filter={
        <SpaceBetween size="s">
          {props.above}
          <SpaceBetween direction="horizontal" size="s">
          <TextFilter
            filteringText={text}
            filteringPlaceholder={`Find ${what}`}
            filteringAriaLabel={`Find ${what}`}
            filteringClearAriaLabel="Clear"
            {...(text === "" ? {} : { countText: `${count(filteredItemsCount)} found` })}
            onChange={({ detail }) => {
              props.onText(detail.filteringText);
              actions.setCurrentPage(1);
            }}
          />
          {props.controls}
          </SpaceBetween>
        </SpaceBetween>
      }
      pagination={
        filteredItemsCount > (props.pageSize ?? 50) ? (
          <Pagination {...paginationProps} ariaLabels={{ paginationLabel: "Pages", nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (index) => `Page ${index}` }} />
        ) : undefined
      }
      preferences={narrow ? undefined : preferences}
      footer={more ? `Only the first ${count(all)} are here. Narrow the list to see others.` : undefined}
    />
  );
}
