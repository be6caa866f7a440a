// Every published rating. The score starts from one of them (docs/scoring.md says from which).
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Finding } from "~/api/wire";
import RatingList from "~/components/RatingList";

export default function Ratings({ finding }: { finding: Finding }) {
  const ratings = finding.packageVulnerabilityDetails?.cvss ?? [];
  if (ratings.length === 0) return null;
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${ratings.length})`}>
          Published ratings
        </Header>
      }
    >
      <RatingList ratings={ratings.map((one) => ({ name: `${one.source} (CVSS ${one.version})`, score: one.baseScore, vector: one.scoringVector }))} />
    </Container>
  );
}
