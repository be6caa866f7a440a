// What it is, in the vendor's words.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import ExternalLink from "~/components/ExternalLink";
import Facts from "~/components/Facts";
import Paragraphs from "~/components/Paragraphs";
import Prose from "~/components/Prose";
import Time from "~/components/Time";
import Weaknesses from "~/components/Weaknesses";
import type { Story } from "./story";

export default function Description({ story: { finding, detail } }: { story: Story }) {
  const details = finding.packageVulnerabilityDetails;
  const cwes = detail.cwes ?? finding.codeVulnerabilityDetails?.cwes ?? [];
  return (
    <Container header={<Header variant="h2">What it is</Header>}>
      <SpaceBetween size="l">
        {finding.description ? <Paragraphs text={finding.description} /> : <Box color="text-body-secondary">Nobody has described it yet.</Box>}
        <Facts
          columns={2}
          facts={[
            { label: "Source", value: details?.source && (details.sourceUrl ? <ExternalLink to={details.sourceUrl}>{details.source}</ExternalLink> : details.source) },
            { label: "Vendor's severity", value: details?.vendorSeverity },
            { label: "Published", value: details?.vendorCreatedAt && <Time at={details.vendorCreatedAt} /> },
            { label: "Changed by the vendor", value: details?.vendorUpdatedAt && <Time at={details.vendorUpdatedAt} /> },
            { label: "Weaknesses", value: cwes.length > 0 && <Weaknesses cwes={cwes} /> },
            { label: "Other names", value: details?.relatedVulnerabilities?.length ? <Prose>{details.relatedVulnerabilities.join(", ")}</Prose> : undefined },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
