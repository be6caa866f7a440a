// What is run and nobody tells anything about: never to be taken for clean.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { Intelligence } from "~/api/own";
import PageLink from "~/components/PageLink";
import { uncoveredName } from "~/model/freshness";
import { count } from "~/model/numbers";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
type One = NonNullable<Intelligence["uncovered"]>[number];

export default function Uncovered({ uncovered }: { uncovered: One[] }) {
  if (uncovered.length === 0) {
    return (
      <Container header={<Header variant="h2">Not covered</Header>}>
        <StatusIndicator type="success">All that is watched is covered</StatusIndicator>
      </Container>
    );
  }
  return (
    <Table<One>
      items={uncovered}
      trackBy="name"
      ariaLabels={{ tableLabel: "Not covered" }}
      columnDefinitions={[
        { id: "name", header: "System or ecosystem", isRowHeader: true, cell: ({ name }) => <StatusIndicator type="warning">{capital(uncoveredName(name))}</StatusIndicator> },
        { id: "resources", header: "Resources", width: 140, cell: ({ resources }) => <PageLink to="/coverage" ariaLabel={`${count(resources)} resources, see coverage`}>{count(resources)}</PageLink> },
      ]}
      header={
        <Header variant="h2" counter={`(${count(uncovered.length)})`} description="You run these, and no feed says anything about them. That nothing is found in them means nothing.">
          Not covered
        </Header>
      }
    />
  );
}
