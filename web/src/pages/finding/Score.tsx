// The score explained: from the published one to the one that counts here, each change with its reason.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Copy from "~/components/Copy";
import Vectors from "~/components/Vectors";
import Waterfall from "~/components/Waterfall";
import { compareVectors } from "~/model/cvss";
import { severityName } from "~/model/severity";
import type { Story } from "./story";

export default function Score({ story: { finding, score } }: { story: Story }) {
  if (finding.type !== "PACKAGE_VULNERABILITY") return null;
  const header = <Header variant="h2">Why this score</Header>;
  if (!score) {
    const word = finding.packageVulnerabilityDetails?.vendorSeverity;
    return (
      <Container header={header}>
        <Box>
          {word ? `Nobody published a CVSS vector. The vendor says “${word}”, which gives the severity ${severityName(finding.severity ?? "UNTRIAGED").toLowerCase()}.` : "Nobody published a CVSS vector or a severity yet, so there is nothing to score. It is untriaged until somebody does."}
        </Box>
      </Container>
    );
  }
  const rows = compareVectors(score.base.vector, score.final.vector);
  const changed = rows.filter((row) => row.changed).length;
  return (
    <Container header={header}>
      <SpaceBetween size="l">
        <Waterfall score={score} />
        {score.steps.length === 0 && <Box color="text-body-secondary">What is known of this resource changes nothing: the published score counts as it is.</Box>}
        <ExpandableSection headerText={`The vector, metric by metric${changed > 0 ? ` (${changed} changed)` : ""}`} defaultExpanded={changed > 0}>
          <SpaceBetween size="m">
            <Vectors rows={rows} />
            <Box fontSize="body-s">
              <Copy text={score.final.vector} what="vector" />
            </Box>
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
