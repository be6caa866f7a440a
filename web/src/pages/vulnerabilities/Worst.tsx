// Before anything is asked: the vulnerabilities that are worst here.
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useOperation } from "~/api/queries";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import PageLink from "~/components/PageLink";
import Prose from "~/components/Prose";
import { equals, findingsPath, vulnerabilityPath } from "~/model/criteria";
import { type AggregatedTitle, titlesOf } from "~/model/aggregated";
import { count } from "~/model/numbers";

const shown = 20;

function Number({ of, number, severity }: { of: AggregatedTitle; number: number; severity?: string }) {
  if (number === 0) return <>–</>;
  return (
    <PageLink
      to={findingsPath({ vulnerabilityId: equals(of.id), ...(severity ? { severity: equals(severity) } : {}) })}
      ariaLabel={`${number} ${severity?.toLowerCase() ?? "open"} findings of ${of.id}`}
    >
      {count(number)}
    </PageLink>
  );
}

export default function Worst() {
  const { data, error, isPending, refetch } = useOperation("ListFindingAggregations", {
    aggregationType: "TITLE",
    maxResults: shown,
    aggregationRequest: { titleAggregation: { sortBy: "CRITICAL", sortOrder: "DESC" } },
  });
  return (
    <Table
      variant="container"
      header={<Header variant="h2">Worst here</Header>}
      loading={isPending}
      loadingText="Loading the worst vulnerabilities"
      items={titlesOf(data?.responses ?? [])}
      trackBy="title"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "The worst vulnerabilities here" }}
      columnDefinitions={[
        { id: "id", header: "Vulnerability", isRowHeader: true, cell: (one) => <PageLink to={vulnerabilityPath(one.id)}>{one.id}</PageLink> },
        { id: "packages", header: "Packages", cell: (one) => <Prose>{one.title.replace(`${one.id} - `, "")}</Prose> },
        { id: "critical", header: "Critical", cell: (one) => <Number of={one} number={one.critical} severity="CRITICAL" /> },
        { id: "high", header: "High", cell: (one) => <Number of={one} number={one.high} severity="HIGH" /> },
        { id: "all", header: "All open", cell: (one) => <Number of={one} number={one.all} /> },
      ]}
      empty={error ? <Failure error={error} what="the worst vulnerabilities" retry={() => void refetch()} /> : <Empty title="No open findings">Nothing that is watched is known to be vulnerable.</Empty>}
    />
  );
}
