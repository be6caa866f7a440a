// Active findings by what they have in common: vulnerability, host, image, package …
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useMemo } from "react";
import { useOperation } from "~/api/queries";
import type { Input } from "~/api/operations";
import CriteriaFilter from "~/components/CriteriaFilter";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import TokenPagination from "~/components/TokenPagination";
import { useTablePreferences } from "~/components/useTablePreferences";
import { type Group, type GroupRow, narrowing } from "~/model/groups";
import type { Criteria } from "~/model/propertyFilter";
import { groupColumns } from "./groupColumns";
import { useListState } from "./useListState";

const atOnce = 25;

function askedOf(text: string | null): Criteria {
  try {
    const parsed: unknown = JSON.parse(text ?? "{}");
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Criteria) : {};
  } catch {
    // Cut off or mistyped: all of them.
    return {};
  }
}

export default function GroupList({ group, above }: { group: Group; above: ReactNode }) {
  const { query, pages, change, goTo } = useListState();
  const where = query.get("where");
  const asked = useMemo(() => askedOf(where), [where]);
  const sortBy = query.get("by") ?? "CRITICAL";
  const descending = query.get("order") !== "ASC";
  const token = pages.page > 1 ? pages.tokens[pages.page - 2] : undefined;

  const { data, error, isPending, isPlaceholderData, refetch } = useOperation(
    "ListFindingAggregations",
    {
      aggregationType: group.type,
      aggregationRequest: { [group.member]: { ...asked, sortBy, sortOrder: descending ? "DESC" : "ASC" } },
      maxResults: atOnce,
      ...(token ? { nextToken: token } : {}),
    } as unknown as Input<"ListFindingAggregations">,
    { keep: true },
  );
  const narrow = useMemo(() => narrowing(asked), [asked]);
  const columns = useMemo(() => groupColumns(group, narrow), [group, narrow]);
  const rows = useMemo(
    // Of another group while this one is on its way.
    () => (data?.aggregationType === group.type ? (data.responses ?? []).map(group.rowOf).filter((row): row is GroupRow => row !== undefined) : []),
    [data, group],
  );
  const { table, preferences } = useTablePreferences(`findings.${group.id}`, columns);
  const setAsked = (next: Criteria) => change({ where: Object.keys(next).length > 0 ? JSON.stringify(next) : null });
  const waits = isPending || (isPlaceholderData && data?.aggregationType !== group.type);

  return (
    <Table<GroupRow>
      {...table}
      variant="full-page"
      stickyHeader
      stickyColumns={{ first: 1 }}
      enableKeyboardNavigation
      trackBy="key"
      items={error ? [] : rows}
      loading={waits}
      loadingText={`Loading ${group.label.toLowerCase()}`}
      sortingColumn={{ sortingField: sortBy }}
      sortingDescending={descending}
      onSortingChange={({ detail }) => change({ by: detail.sortingColumn.sortingField ?? null, order: detail.isDescending ? "DESC" : "ASC" })}
      ariaLabels={{ tableLabel: `${group.label} with active findings`, resizerRoleDescription: "Width of the column" }}
      renderAriaLive={({ visibleItemsCount }) => `${visibleItemsCount} ${group.label.toLowerCase()} are shown`}
      header={
        <SpaceBetween size="xs">
          <Header variant="awsui-h1-sticky" description="Active findings only">
            {`Findings by ${group.one.toLowerCase()}`}
          </Header>
          {above}
        </SpaceBetween>
      }
      filter={
        <CriteriaFilter criteria={asked} fields={group.fields} onChange={setAsked} label={`Filter ${group.label.toLowerCase()}`} />
      }
      pagination={<TokenPagination {...pages} nextToken={data?.nextToken} disabled={isPending || isPlaceholderData} onChange={goTo} />}
      preferences={preferences}
      empty={
        error ? (
          <Failure error={error} what={group.label.toLowerCase()} retry={() => (pages.page > 1 ? goTo({ page: 1, tokens: [] }) : void refetch())} />
        ) : where ? (
          <Empty title="Nothing matches" action={<Button onClick={() => setAsked({})}>Show all {group.label.toLowerCase()}</Button>} />
        ) : (
          <Empty title={`No ${group.label.toLowerCase()} with active findings`}>Either none is watched, or nothing is known against those that are.</Empty>
        )
      }
    />
  );
}
