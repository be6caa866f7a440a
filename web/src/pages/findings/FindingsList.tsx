// Findings that match a filter, a page at a time. However many there are, one page of them is here.
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useState } from "react";
import type { SortField } from "~/api/wire";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import TokenPagination from "~/components/TokenPagination";
import { useNarrow } from "~/components/useNarrow";
import { useTablePreferences } from "~/components/useTablePreferences";
import { equals, sameCriteria } from "~/model/criteria";
import { vulnerabilityName } from "~/model/findingRow";
import { count } from "~/model/numbers";
import type { Row } from "./cells";
import { columns, narrowColumns } from "./columns";
import ExportMenu from "./ExportMenu";
import FindingsFilter from "./FindingsFilter";
import NoFindings from "./NoFindings";
import SavedFilters from "./SavedFilters";
import SortChoice from "./SortChoice";
import SuppressMenu from "./SuppressMenu";
import { atOnce, useFindings } from "./useFindings";
import { useListState } from "./useListState";

const active = { findingStatus: equals("ACTIVE") };

function rangeText(page: number, rows: number, total: number | undefined): string {
  const begin = (page - 1) * atOnce;
  return `${count(begin + 1)}–${count(begin + rows)}${total === undefined ? "" : ` of ${count(total)}`}`;
}

export default function FindingsList({ above }: { above: ReactNode }) {
  const { query, criteria, sort, pages, change, setCriteria, setSort, goTo } = useListState();
  const { rows, total, nextToken, error, isPending, isOld, retry } = useFindings(criteria, sort, pages);
  const narrow = useNarrow();
  const { table, preferences } = useTablePreferences("findings", columns);
  // What was chosen under another filter is not what is meant now.
  const filter = JSON.stringify(criteria);
  const [choice, setChoice] = useState<{ filter: string; rows: Row[] }>({ filter, rows: [] });
  const selected = choice.filter === filter ? choice.rows : [];
  const counter = total === undefined ? "" : selected.length > 0 ? `(${selected.length} of ${count(total)})` : `(${count(total)})`;

  return (
    <Table<Row>
      {...(narrow ? { columnDefinitions: narrowColumns, wrapLines: true } : { ...table, stickyColumns: { first: 1 } })}
      variant="full-page"
      stickyHeader
      enableKeyboardNavigation
      trackBy="findingArn"
      items={error ? [] : rows}
      loading={isPending}
      loadingText="Loading findings"
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => setChoice({ filter, rows: detail.selectedItems })}
      sortingColumn={{ sortingField: sort.field }}
      sortingDescending={sort.descending}
      onSortingChange={({ detail }) => setSort({ field: detail.sortingColumn.sortingField as SortField, descending: detail.isDescending ?? false })}
      ariaLabels={{
        tableLabel: "Findings",
        selectionGroupLabel: "Chosen findings",
        allItemsSelectionLabel: () => "Choose all on this page",
        itemSelectionLabel: (_, row) => `Choose ${vulnerabilityName(row)}`,
        resizerRoleDescription: "Width of the column",
      }}
      renderAriaLive={({ visibleItemsCount }) => `${visibleItemsCount} findings are shown`}
      header={
        <SpaceBetween size="xs">
          <Header
            variant="awsui-h1-sticky"
            counter={counter}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <SavedFilters criteria={criteria} chosen={query.get("saved")} onChoose={(arn, next) => change({ saved: arn, filter: JSON.stringify(next) })} />
                <ExportMenu criteria={criteria} disabled={total === 0} />
                <SuppressMenu criteria={criteria} selected={selected} onDone={() => setChoice({ filter, rows: [] })} />
              </SpaceBetween>
            }
          >
            Findings
          </Header>
          {above}
        </SpaceBetween>
      }
      filter={
        <FindingsFilter criteria={criteria} onChange={setCriteria}>
          {narrow && <SortChoice sort={sort} onChange={setSort} />}
        </FindingsFilter>
      }
      pagination={<TokenPagination {...pages} nextToken={nextToken} disabled={isPending || isOld} onChange={goTo} />}
      preferences={narrow ? undefined : preferences}
      footer={rows.length > 0 && !isOld ? rangeText(pages.page, rows.length, total) : undefined}
      empty={
        error ? (
          <Failure error={error} what="the findings" retry={() => (pages.page > 1 ? goTo({ page: 1, tokens: [] }) : retry())} />
        ) : sameCriteria(criteria, active) ? (
          <NoFindings />
        ) : (
          <Empty title="Nothing matches" action={<Button onClick={() => setCriteria(active)}>Show all active findings</Button>}>
            No finding is like that now.
          </Empty>
        )
      }
    />
  );
}
