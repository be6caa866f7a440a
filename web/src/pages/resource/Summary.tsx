// What the resource is, and whether it is watched.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Copy from "~/components/Copy";
import CoverageState from "~/components/CoverageState";
import FactList from "~/components/Facts";
import PageLink from "~/components/PageLink";
import Prose from "~/components/Prose";
import SeverityCounts from "~/components/SeverityCounts";
import Time from "~/components/Time";
import { equals, findingsPath } from "~/model/criteria";
import type { Live, Story } from "~/model/inventory";
import { counted } from "~/model/numbers";
import { displayName, ownTags, platformName, platformOf } from "~/model/resource";

const machines: Record<string, string> = { container: "Container", "virtual-machine": "Virtual machine", metal: "Own hardware" };
function machineOf(live: Live | undefined): string | undefined {
  const kind = machines[live?.machine ?? ""];
  return kind && `${kind}${live?.machineDetail ? ` (${live.machineDetail})` : ""}`;
}

export default function Summary({ id, story }: { id: string; story: Story }) {
  const { resource, scanStatus, runtime } = story;
  const live = runtime?.runtime;
  const host = resource?.details?.awsEc2Instance;
  const image = resource?.details?.awsEcrContainerImage;
  const lambda = resource?.details?.awsLambdaFunction;
  const tags = ownTags(resource);
  const addresses = [...new Set([...(host?.ipV4Addresses ?? []), ...(host?.ipV6Addresses ?? []), ...(live?.addresses ?? [])])];
  const name = displayName({ id, tags: resource?.tags }, story.name);
  const origin = resource?.tags?.["vigil:origin"];
  return (
    <Container>
      <FactList
        columns={4}
        ariaLabel="Summary"
        facts={[
          { label: "Open findings", value: <SeverityCounts counts={story.counts} criteria={{ resourceId: equals(id) }} of={name} /> },
          { label: "Coverage", value: <CoverageState status={scanStatus.statusCode} reason={scanStatus.reason} /> },
          { label: "Last scanned", value: <Time at={story.lastScannedAt} /> },
          { label: "First seen", value: <Time at={story.firstSeenAt} /> },
          story.removedAt && { label: "Gone since", value: <Time at={story.removedAt} /> },
          story.suppressed > 0 && { label: "Suppressed", value: <PageLink to={findingsPath({ resourceId: equals(id), findingStatus: equals("SUPPRESSED") })}>{counted(story.suppressed, "finding")}</PageLink> },
          { label: "System", value: runtime?.os?.name ?? platformName(platformOf(resource)) },
          { label: "Kernel", value: live?.kernelRelease },
          { label: "Machine", value: machineOf(live) },
          { label: "Addresses", value: addresses.length > 0 && <Prose>{addresses.join("\n")}</Prose> },
          { label: "Repository", value: image?.repositoryName && <Prose>{image.repositoryName}</Prose> },
          { label: "Image tags", value: image?.imageTags?.length ? <Prose>{image.imageTags.join(", ")}</Prose> : undefined },
          { label: "Registry", value: image?.registry && <Prose>{image.registry}</Prose> },
          { label: "Architecture", value: image?.architecture },
          { label: "Pushed", value: image?.pushedAt && <Time at={image.pushedAt} /> },
          { label: "Runtime", value: lambda?.runtime },
          { label: "Origin", value: origin && origin !== "local" && origin !== name && <Prose>{origin}</Prose> },
          {
            label: "Tags",
            value: tags.length > 0 && (
              <SpaceBetween direction="horizontal" size="xxs">
                {tags.map(([key, value]) => (
                  <Badge key={key}>
                    <Prose>
                      {key}={value}
                    </Prose>
                  </Badge>
                ))}
              </SpaceBetween>
            ),
          },
          {
            label: "Id",
            value: (
              <Box fontSize="body-s">
                <Copy text={id} what="id" />
              </Box>
            ),
          },
        ]}
      />
    </Container>
  );
}
