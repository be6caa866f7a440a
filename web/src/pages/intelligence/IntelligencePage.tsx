// What is known of vulnerabilities: from where, how old, and what it leaves out.
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ofIntelligence } from "~/api/live";
import type { Intelligence } from "~/api/own";
import { useOwn } from "~/api/queries";
import Failure from "~/components/Failure";
import Loading from "~/components/Loading";
import Ecosystems from "./Ecosystems";
import Missing from "./Missing";
import Sources from "./Sources";
import State from "./State";
import Uncovered from "./Uncovered";

function Known({ known }: { known: Intelligence }) {
  return (
    <SpaceBetween size="l">
      <State known={known} />
      {known.loaded && <Uncovered uncovered={known.uncovered ?? []} />}
      {known.loaded && <Sources sources={known.sources ?? []} />}
      {known.loaded && <Missing missing={known.missing ?? []} />}
      {known.loaded && <Ecosystems ecosystems={known.ecosystems ?? []} />}
    </SpaceBetween>
  );
}

export default function IntelligencePage() {
  const intelligence = useOwn<Intelligence>("intelligence", { of: ofIntelligence });
  return (
    <ContentLayout header={<Header variant="h1" description="What is known of vulnerabilities: from where, how old, and what it leaves out">Intelligence</Header>}>
      {intelligence.data ? (
        <Known known={intelligence.data} />
      ) : intelligence.error ? (
        <Failure error={intelligence.error} what="the state of intelligence" retry={() => void intelligence.refetch()} />
      ) : (
        <Loading what="the state of intelligence" />
      )}
    </ContentLayout>
  );
}
