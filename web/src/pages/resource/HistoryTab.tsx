// What happened to the resource and to its findings, the latest first.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useInfiniteQuery } from "@tanstack/react-query";
import { own } from "~/api/client";
import { ofFindings } from "~/api/live";
import type { ResourceHistory } from "~/api/own";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import PageLink from "~/components/PageLink";
import SeverityBadge from "~/components/SeverityBadge";
import Time from "~/components/Time";
import { coverageWords } from "~/model/coverage";
import { findingPath } from "~/model/criteria";
import { eventWords } from "~/model/events";

const atOnce = 50;
type Event = ResourceHistory["events"][number];

/** COVERAGE_CHANGED carries the new state, INITIAL_SCAN_COMPLETE how much was found. */
function detailOf({ kind, detail }: Event): string {
  const told = (typeof detail === "object" && detail !== null ? detail : {}) as Record<string, unknown>;
  if (kind === "COVERAGE_CHANGED") return coverageWords(String(told.statusCodeValue ?? ""), String(told.reason ?? "")).text;
  if (kind === "INITIAL_SCAN_COMPLETE" && told.TOTAL !== undefined) return `${String(told.TOTAL)} findings`;
  return "";
}

export default function HistoryTab({ id }: { id: string }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [ofFindings, "history", id],
    queryFn: ({ signal, pageParam }) => own<ResourceHistory>(`resources/${encodeURIComponent(id)}/history?limit=${atOnce}${pageParam === 0 ? "" : `&before=${pageParam}`}`, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  });
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Table<Event>
      variant="container"
      header={
        <Header variant="h2" description="As far back as events are kept: 30 days">
          History
        </Header>
      }
      items={events}
      trackBy={({ sequence }) => String(sequence)}
      loading={isPending}
      loadingText="Loading the history"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "History" }}
      columnDefinitions={[
        { id: "time", header: "When", width: 160, cell: (event) => <Time at={event.time} /> },
        { id: "kind", header: "What", isRowHeader: true, cell: (event) => <StatusIndicator type={eventWords(event.kind).type}>{eventWords(event.kind).text}</StatusIndicator> },
        {
          id: "about",
          header: "About",
          cell: (event) => (event.findingArn ? <PageLink to={findingPath(event.findingArn)}>{event.vulnerabilityId ?? "A finding"}</PageLink> : <Box>{detailOf(event) || "–"}</Box>),
        },
        { id: "severity", header: "Severity", cell: (event) => (event.severity ? <SeverityBadge severity={event.severity} /> : "–") },
      ]}
      empty={error ? <Failure error={error} what="the history" retry={() => void refetch()} /> : <Empty title="Nothing happened">Nothing changed on it in the last 30 days.</Empty>}
      footer={
        hasNextPage && (
          <Box textAlign="center">
            <Button loading={isFetchingNextPage} loadingText="Loading" onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          </Box>
        )
      }
    />
  );
}
