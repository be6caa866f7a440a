// What the letters may mean.
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { SearchAnswer } from "~/api/own";
import { useOwn } from "~/api/queries";
import { useVulnerability } from "~/api/vulnerability";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import PageLink from "~/components/PageLink";
import SeverityBadge from "~/components/SeverityBadge";
import { equals, findingsPath, vulnerabilityPath } from "~/model/criteria";
import { count } from "~/model/numbers";
import { cveOf } from "~/model/vulnerability";

const most = 50;

export default function Answers({ text }: { text: string }) {
  const { data, error, isPending, refetch } = useOwn<SearchAnswer>(`search?q=${encodeURIComponent(text)}&limit=${most}`, { keep: true });
  const known = useVulnerability(text);
  const id = cveOf(text);
  const found = data?.vulnerabilities ?? [];
  // Known to the intelligence although nothing here has it.
  const items: SearchAnswer["vulnerabilities"] = known.data && id && !found.some((one) => one.id === id) ? [{ id, findings: 0 }, ...found] : found;
  return (
    <Table
      variant="container"
      header={
        <Header variant="h2" {...(isPending ? {} : { counter: `(${items.length}${items.length >= most ? " and more" : ""})` })}>
          Found
        </Header>
      }
      loading={isPending || known.isLoading}
      loadingText="Searching"
      items={error ? [] : items}
      trackBy="id"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Vulnerabilities found" }}
      columnDefinitions={[
        { id: "id", header: "Vulnerability", isRowHeader: true, cell: (one) => <PageLink to={vulnerabilityPath(one.id)}>{one.id}</PageLink> },
        { id: "severity", header: "Worst severity here", cell: (one) => (one.severity ? <SeverityBadge severity={one.severity} /> : "–") },
        {
          id: "findings",
          header: "Open findings",
          cell: (one) =>
            one.findings > 0 ? (
              <PageLink to={findingsPath({ vulnerabilityId: equals(one.id) })} ariaLabel={`${one.findings} findings of ${one.id}`}>
                {count(one.findings)}
              </PageLink>
            ) : (
              "None here"
            ),
        },
      ]}
      empty={
        error ? (
          <Failure error={error} what="what was found" retry={() => void refetch()} />
        ) : (
          <Empty title="Nothing is called that">
            {id ? "Neither anything that is watched nor the intelligence that is loaded knows of it." : "Nothing that is watched has a vulnerability whose name begins like that. A whole name is looked up in all intelligence that is loaded."}
          </Empty>
        )
      }
    />
  );
}
