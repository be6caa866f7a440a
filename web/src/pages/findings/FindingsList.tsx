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
import { equals, sameCriteria } from "~/model/criteria";
import { filterFields } from "~/model/filterFields";
import { vulnerabilityName } from "~/model/findingRow";
import { columns, type Row } from "./columns";
import ExportMenu from "./ExportMenu";
import QuickChoices, { statusOf } from "./QuickChoices";
import SavedFilters from "./SavedFilters";
import SuppressMenu from "./SuppressMenu";
import { useKnownExploited } from "./useKnownExploited";
import { useListState } from "./useListState";

const atOnce = 25;
const fieldsBesideStatus = filterFields.filter(({ key }) => key !== "findingStatus");
const open = { findingStatus: equals("ACTIVE") };

export default function FindingsList({ above }: { above: ReactNode }) {
  const { query, criteria, sort, pages, change, setCriteria, setSort, goTo } = useListState();
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
  // What was chosen under another filter is not what is meant now.
  const filter = JSON.stringify(criteria);
  const [choice, setChoice] = useState<{ filter: string; findings: Finding[] }>({ filter, findings: [] });
  const selected = choice.filter === filter ? choice.findings : [];
  const { table, preferences } = useTablePreferences("findings", columns);

  // The choices above show a plain status; here it would stand a second time.
  const { findingStatus, ...others } = criteria;
  const status = findingStatus ? { findingStatus } : {};
  const shown = statusOf(criteria) === null ? criteria : others;

  const total = count.data && !count.isPlaceholderData ? inAll(count.data) : undefined;
  const isFiltered = !sameCriteria(criteria, open);
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
      onSelectionChange={({ detail }) => setChoice({ filter, findings: detail.selectedItems })}
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
        <Header
          variant="awsui-h1-sticky"
          {...(total !== undefined ? { counter: selected.length > 0 ? `(${selected.length} of ${total.toLocaleString("en")})` : `(${total.toLocaleString("en")})` } : {})}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <SavedFilters
                criteria={criteria}
                chosen={query.get("saved")}
                onChoose={(arn, next) => change({ saved: arn, filter: JSON.stringify(next) })}
              />
              <ExportMenu criteria={criteria} disabled={total === 0} />
              <SuppressMenu criteria={criteria} selected={selected} onDone={() => setChoice({ filter, findings: [] })} />
            </SpaceBetween>
          }
        >
          Findings
        </Header>
      }
      filter={
        <SpaceBetween size="s">
          {above}
          <QuickChoices criteria={criteria} onChange={setCriteria} />
          <CriteriaFilter
            criteria={shown}
            fields={shown === criteria ? filterFields : fieldsBesideStatus}
            onChange={(next) => setCriteria(shown === criteria ? next : { ...next, ...status })}
            label="Filter findings"
            placeholder="Vulnerability, package, resource, …"
          />
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
