// Findings that match a filter, a page at a time. However many there are, one page of them is here.
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useMemo, useState } from "react";
import { inAll, useFindingCount } from "~/api/counts";
import { useOperation } from "~/api/queries";
import type { Finding, SortField } from "~/api/wire";
import CriteriaFilter from "~/components/CriteriaFilter";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import TokenPagination from "~/components/TokenPagination";
import { useTablePreferences } from "~/components/useTablePreferences";
import { equals } from "~/model/criteria";
import { filterFields } from "~/model/filterFields";
import { vulnerabilityName } from "~/model/findingRow";
import { columns, type Row } from "./columns";
import QuickChoices from "./QuickChoices";
import { useKnownExploited } from "./useKnownExploited";
import { useListState } from "./useListState";

const atOnce = 25;
const open = { findingStatus: equals("ACTIVE") };

export default function FindingsList({ above }: { above: ReactNode }) {
  const { criteria, sort, pages, setCriteria, setSort, goTo } = useListState();
  const token = pages.page > 1 ? pages.tokens[pages.page - 2] : undefined;
  const { data, error, isPending, isPlaceholderData, refetch } = useOperation(
    "ListFindings",
    {
      maxResults: atOnce,
      filterCriteria: criteria,
      sortCriteria: { field: sort.field, sortOrder: sort.descending ? "DESC" : "ASC" },
      ...(token ? { nextToken: token } : {}),
    },
    { keep: true },
  );
  const count = useFindingCount(criteria);
  const findings = useMemo(() => data?.findings ?? [], [data]);
  const exploited = useKnownExploited(findings);
  const rows = useMemo((): Row[] => findings.map((finding) => ({ ...finding, knownExploited: exploited?.has(finding.findingArn ?? "") ?? false })), [findings, exploited]);
  const [selected, setSelected] = useState<Finding[]>([]);
  const { table, preferences } = useTablePreferences("findings", columns);

  const total = count.data && !count.isPlaceholderData ? inAll(count.data) : undefined;
  const isFiltered = JSON.stringify(criteria) !== JSON.stringify(open);
  const begin = (pages.page - 1) * atOnce;

  return (
    <Table<Row>
      {...table}
      variant="full-page"
      stickyHeader
      stickyColumns={{ first: 1 }}
      enableKeyboardNavigation
      trackBy="findingArn"
      items={error ? [] : rows}
      loading={isPending}
      loadingText="Loading findings"
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
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
        <Header variant="awsui-h1-sticky" {...(total !== undefined ? { counter: selected.length > 0 ? `(${selected.length} of ${total.toLocaleString("en")})` : `(${total.toLocaleString("en")})` } : {})}>
          Findings
        </Header>
      }
      filter={
        <SpaceBetween size="s">
          {above}
          <QuickChoices criteria={criteria} onChange={setCriteria} />
          <CriteriaFilter criteria={criteria} fields={filterFields} onChange={setCriteria} label="Filter findings" placeholder="Vulnerability, package, resource, …" />
        </SpaceBetween>
      }
      pagination={
        <TokenPagination {...pages} nextToken={data?.nextToken} disabled={isPending || isPlaceholderData} onChange={goTo} />
      }
      preferences={preferences}
      footer={rows.length > 0 && total !== undefined ? `${begin + 1}–${begin + rows.length} of ${total.toLocaleString("en")}` : undefined}
      empty={
        error ? (
          <Failure error={error} what="the findings" retry={() => (pages.page > 1 ? goTo({ page: 1, tokens: [] }) : void refetch())} />
        ) : isFiltered ? (
          <Empty title="Nothing matches" action={<Button onClick={() => setCriteria(open)}>Show all open findings</Button>}>
            No finding is like that now.
          </Empty>
        ) : (
          <Empty title="No open findings">Nothing that is watched is known to be vulnerable.</Empty>
        )
      }
    />
  );
}
