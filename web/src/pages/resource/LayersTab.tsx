// Which layer of an image brought which packages: what is in a layer below is mended in the image it is from.
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Copy from "~/components/Copy";
import Prose from "~/components/Prose";
import SeverityCounts from "~/components/SeverityCounts";
import { countsOf } from "~/model/byPackages";
import { equals } from "~/model/criteria";
import type { Layer } from "~/model/inventory";
import { counted } from "~/model/numbers";
import { useFindings } from "./useFindings";

const most = 500;

export default function LayersTab({ id, layers }: { id: string; layers: Layer[] }) {
  const findings = useFindings(id).data?.items ?? [];
  return (
    <SpaceBetween size="m">
      {layers.map(({ digest, packages }) => {
        const here = findings.filter((finding) => finding.packageVulnerabilityDetails?.vulnerablePackages?.some(({ sourceLayerHash }) => sourceLayerHash === digest));
        return (
          <Container
            key={digest}
            header={
              <Header variant="h3" headingTagOverride="h2" actions={<SeverityCounts counts={countsOf(here)} criteria={{ resourceId: equals(id), vulnerablePackages: [{ sourceLayerHash: { comparison: "EQUALS", value: digest } }] }} of="the layer" />}>
                <Copy text={digest} what="layer's digest" shown={digest.slice(0, 19)} />
              </Header>
            }
          >
            <ExpandableSection headerText={`Brought ${counted(packages.length, "package")}`} defaultExpanded={packages.length <= 20}>
              <Prose>
                {packages
                  .slice(0, most)
                  .map(({ name, version }) => `${name} ${version ?? ""}`.trim())
                  .join(", ")}
                {packages.length > most && ` and ${packages.length - most} more`}
              </Prose>
            </ExpandableSection>
          </Container>
        );
      })}
    </SpaceBetween>
  );
}
