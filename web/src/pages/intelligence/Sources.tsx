// Where it came from: each source, when it was read, how new its newest record is.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useMemo } from "react";
import type { Intelligence } from "~/api/own";
import Empty from "~/components/Empty";
import Time from "~/components/Time";
import { pageLabels } from "~/components/pageLabels";
import { count, counted } from "~/model/numbers";

const atOnce = 12;
type Source = NonNullable<Intelligence["sources"]>[number];

/** Those that could not be read first: they are what one came for. */
const failedFirst = (a: Source, b: Source) => Number(b.failure !== undefined) - Number(a.failure !== undefined);

function newest(source: Source): number | undefined {
  const dates = source.feeds.flatMap(({ newestDataAt }) => newestDataAt ?? []);
  return dates.length > 0 ? Math.max(...dates) : undefined;
}

function Feeds({ source }: { source: Source }) {
  const [only] = source.feeds;
  if (source.feeds.length === 0) return <>–</>;
  if (source.feeds.length === 1 && only) return <>{only.name}</>;
  return (
    <ExpandableSection headerText={counted(source.feeds.length, "feed")} headerAriaLabel={`Feeds of ${source.label}`}>
      {source.feeds.map(({ name }) => name).join(", ")}
    </ExpandableSection>
  );
}

export default function Sources({ sources }: { sources: Source[] }) {
  const sorted = useMemo(() => [...sources].sort(failedFirst), [sources]);
  const { items, filterProps, paginationProps, filteredItemsCount, actions } = useCollection(sorted, {
    filtering: {
      filteringFunction: (source, text) => JSON.stringify(source).toLowerCase().includes(text.toLowerCase()),
    },
    pagination: { pageSize: atOnce },
  });
  return (
    <Table<Source>
      items={items}
      wrapLines
      resizableColumns
      stickyHeader
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Sources", resizerRoleDescription: "Width of the column" }}
      columnDefinitions={[
        {
          id: "label",
          header: "Source",
          isRowHeader: true,
          width: 360,
          cell: ({ label, origin }) => (
            <>
              <b>{label}</b>
              <Box variant="small" display="block">{origin}</Box>
            </>
          ),
        },
        {
          id: "state",
          header: "State",
          width: 260,
          cell: ({ failure }) => (failure !== undefined ? <StatusIndicator type="warning">What was there before is kept. {failure}</StatusIndicator> : <StatusIndicator>Read</StatusIndicator>),
        },
        { id: "read", header: "Read", width: 150, cell: ({ readAt }) => <Time at={readAt} /> },
        { id: "newest", header: "Newest record", width: 150, cell: (source) => <Time at={newest(source)} /> },
        { id: "feeds", header: "Feeds", minWidth: 160, cell: (source) => <Feeds source={source} /> },
      ]}
      header={
        <Header variant="h2" counter={`(${count(sources.length)})`}>
          Sources
        </Header>
      }
      filter={<TextFilter {...filterProps} filteringAriaLabel="Filter sources" filteringPlaceholder="Source, feed, failure" countText={counted(filteredItemsCount ?? 0, "source")} />}
      pagination={sources.length > atOnce && <Pagination {...paginationProps} ariaLabels={pageLabels} />}
      empty={filteredItemsCount === 0 && sources.length > 0 ? <Empty title="Nothing matches" action={<Button onClick={() => actions.setFiltering("")}>Show all</Button>} /> : <Empty title="No sources">Nothing says where this intelligence came from.</Empty>}
    />
  );
}
