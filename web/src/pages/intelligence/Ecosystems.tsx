// Of which systems and languages something is known.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { Intelligence } from "~/api/own";
import Empty from "~/components/Empty";
import { pageLabels } from "~/components/pageLabels";
import { count } from "~/model/numbers";

type One = NonNullable<Intelligence["ecosystems"]>[number];
const atOnce = 20;

export default function Ecosystems({ ecosystems }: { ecosystems: One[] }) {
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount, actions } = useCollection(ecosystems, {
    filtering: { noMatch: <Empty title="Nothing matches" action={<Button onClick={() => actions.setFiltering("")}>Show all</Button>} />, empty: <Empty title="None" /> },
    sorting: { defaultState: { sortingColumn: { sortingField: "packages" }, isDescending: true } },
    pagination: { pageSize: atOnce },
  });
  return (
    <Table<One>
      {...collectionProps}
      items={items}
      trackBy="name"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Systems and ecosystems" }}
      columnDefinitions={[
        { id: "name", header: "Name", isRowHeader: true, sortingField: "name", cell: ({ name }) => name },
        { id: "packages", header: "Vulnerable packages known", sortingField: "packages", cell: ({ packages }) => count(packages) },
      ]}
      header={
        <Header variant="h2" counter={`(${count(ecosystems.length)})`}>
          Systems and ecosystems
        </Header>
      }
      filter={<TextFilter {...filterProps} filteringAriaLabel="Filter systems and ecosystems" filteringPlaceholder="Debian, npm, …" countText={`${count(filteredItemsCount ?? 0)} found`} />}
      pagination={<Pagination {...paginationProps} ariaLabels={pageLabels} />}
    />
  );
}
