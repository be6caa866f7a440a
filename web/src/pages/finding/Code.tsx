// A weakness in code: in which file, on which lines, found by which rule.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Finding } from "~/api/wire";
import Copy from "~/components/Copy";
import Facts from "~/components/Facts";

export default function Code({ finding }: { finding: Finding }) {
  const details = finding.codeVulnerabilityDetails;
  if (!details) return null;
  const { filePath, startLine, endLine } = details.filePath ?? {};
  return (
    <Container header={<Header variant="h2">Where it is</Header>}>
      <Facts
        columns={2}
        facts={[
          { label: "File", value: filePath && <Copy text={filePath} what="path" /> },
          { label: startLine === endLine ? "Line" : "Lines", value: startLine === endLine ? startLine : `${startLine}–${endLine}` },
          { label: "Detector", value: details.detectorName ?? details.detectorId },
          { label: "Rule", value: details.ruleId },
          { label: "Tags", value: details.detectorTags?.join(", ") },
          { label: "Function layer", value: details.sourceLambdaLayerArn && <Copy text={details.sourceLambdaLayerArn} what="layer's ARN" /> },
        ]}
      />
    </Container>
  );
}
