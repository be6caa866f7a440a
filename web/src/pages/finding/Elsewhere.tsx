// Other resources with the same vulnerability.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import FindingStatus from "~/components/FindingStatus";
import PageLink from "~/components/PageLink";
import Prose from "~/components/Prose";
import { equals, findingPath, findingsPath } from "~/model/criteria";
import { nameFromId } from "~/model/resource";
import type { Story } from "./story";
import "./finding.css";

export default function Elsewhere({ story: { finding, elsewhere } }: { story: Story }) {
  const vulnerability = finding.packageVulnerabilityDetails?.vulnerabilityId;
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${elsewhere.total})`}>
          Elsewhere
        </Header>
      }
      footer={
        vulnerability &&
        elsewhere.total > elsewhere.resources.length && (
          <PageLink to={findingsPath({ vulnerabilityId: equals(vulnerability) })}>All {elsewhere.total + 1} findings of it</PageLink>
        )
      }
    >
      {elsewhere.total === 0 && <Box color="text-body-secondary">Nothing else that is watched has it.</Box>}
      <ul className="elsewhere">
        {elsewhere.resources.map((other) => (
          <li key={other.findingArn}>
            <Prose>
              <PageLink to={findingPath(other.findingArn)}>{other.name === other.resourceId ? nameFromId(other.resourceId) : other.name}</PageLink>
            </Prose>
            <span className="aside">
              {other.status !== "ACTIVE" && <FindingStatus status={other.status} />}
              <span>{other.score?.toFixed(1) ?? "–"}</span>
            </span>
          </li>
        ))}
      </ul>
    </Container>
  );
}
