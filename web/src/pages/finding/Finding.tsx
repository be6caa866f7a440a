// One finding: what it is, where, what to do about it, and why it has the score it has.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Grid from "@cloudscape-design/components/grid";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams } from "react-router";
import { ApiError } from "~/api/client";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import Loading from "~/components/Loading";
import PageLink from "~/components/PageLink";
import References from "~/components/References";
import { useTitle } from "~/components/title";
import { exactDay } from "~/model/time";
import Code from "./Code";
import Description from "./Description";
import Elsewhere from "./Elsewhere";
import Exploitation from "./Exploitation";
import FindingHeader from "./FindingHeader";
import Fix from "./Fix";
import Life from "./Life";
import Network from "./Network";
import Packages from "./Packages";
import Ratings from "./Ratings";
import Score from "./Score";
import { type Story, useStory } from "./story";
import Summary from "./Summary";

function KnownExploited({ story }: { story: Story }) {
  const due = story.detail.cisaData?.dateDue;
  if (story.finding.status !== "ACTIVE" || !story.detail.cisaData) return null;
  const overdue = due !== undefined && due < Date.now() / 1000;
  return (
    <Alert type={overdue ? "error" : "warning"} header="Attackers are known to exploit this vulnerability">
      {due ? `CISA's catalogue asks for a fix by ${exactDay(due)}${overdue ? ", which has passed" : ""}.` : "It is in CISA's catalogue of known exploited vulnerabilities."}
    </Alert>
  );
}

function Whole({ story }: { story: Story }) {
  const { finding, detail } = story;
  return (
    <ContentLayout header={<FindingHeader story={story} />}>
      <SpaceBetween size="l">
        <KnownExploited story={story} />
        <Summary story={story} />
        <Grid gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}>
          <SpaceBetween size="l">
            <Description story={story} />
            <Fix story={story} />
            <Packages finding={finding} />
            <Network finding={finding} />
            <Code finding={finding} />
            <Score story={story} />
            <References urls={detail.referenceUrls ?? finding.packageVulnerabilityDetails?.referenceUrls ?? []} />
          </SpaceBetween>
          <SpaceBetween size="l">
            <Exploitation story={story} />
            <Life story={story} />
            <Elsewhere story={story} />
            <Ratings finding={finding} />
          </SpaceBetween>
        </Grid>
      </SpaceBetween>
    </ContentLayout>
  );
}

export default function FindingPage() {
  const { findingId = "" } = useParams();
  const { data, error, refetch } = useStory(findingId);
  useTitle(data?.finding.title);
  if (data) return <Whole story={data} />;
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <Empty title="There is no such finding" action={<PageLink to="/findings">All findings</PageLink>}>
        Nothing is known of <Box variant="code">{findingId}</Box>. Closed findings are kept for a while and then deleted.
      </Empty>
    );
  }
  if (error) return <Failure error={error} what="the finding" retry={() => void refetch()} />;
  return <Loading what="the finding" />;
}
