// The columns of the list of resources.
import Box from "@cloudscape-design/components/box";
import { sortable } from "~/components/columns";
import CoverageState from "~/components/CoverageState";
import PageLink from "~/components/PageLink";
import Prose from "~/components/Prose";
import SeverityCounts from "~/components/SeverityCounts";
import Time from "~/components/Time";
import { equals, resourcePath } from "~/model/criteria";
import { coverageWords } from "~/model/coverage";
import { type Listed, weight } from "~/model/listedResource";
import { displayName, nameFromId, platformName } from "~/model/resource";
import { resourceTypeName } from "~/model/resourceType";

export const nameOf = ({ resourceId, name }: Listed) => displayName({ id: resourceId }, name);
const stateOf = ({ scanStatus }: Listed) => coverageWords(scanStatus?.statusCode, scanStatus?.reason).text;

export const columns = sortable<Listed>([
  {
    id: "name",
    name: "Name",
    width: 300,
    minWidth: 160,
    fixed: true,
    isRowHeader: true,
    by: nameOf,
    cell: (item) => (
      <>
        <PageLink to={resourcePath(item.resourceId)}>
          <Prose>{nameOf(item)}</Prose>
        </PageLink>
        {nameFromId(item.resourceId) !== nameOf(item) && (
          <Box fontSize="body-s" color="text-body-secondary">
            <span title={item.resourceId}>{nameFromId(item.resourceId)}</span>
          </Box>
        )}
      </>
    ),
  },
  { id: "type", name: "Kind", width: 150, minWidth: 100, by: ({ resourceType }) => resourceTypeName(resourceType), cell: (item) => resourceTypeName(item.resourceType) },
  { id: "platform", name: "System", width: 150, minWidth: 100, by: (item) => platformName(item.platform) ?? "", cell: (item) => platformName(item.platform) ?? "–" },
  {
    id: "findings",
    name: "Open findings",
    width: 250,
    minWidth: 160,
    by: ({ activeFindings }) => weight(activeFindings),
    cell: (item) => (item.activeFindings ? <SeverityCounts counts={item.activeFindings} criteria={{ resourceId: equals(item.resourceId) }} of={nameOf(item)} /> : "–"),
  },
  { id: "state", name: "Coverage", width: 190, minWidth: 130, by: stateOf, cell: ({ scanStatus }) => <CoverageState status={scanStatus?.statusCode} reason={scanStatus?.reason} short /> },
  { id: "scanned", name: "Last scanned", width: 150, minWidth: 110, by: ({ lastScannedAt }) => lastScannedAt ?? 0, cell: (item) => <Time at={item.lastScannedAt} /> },
  { id: "first", name: "First seen", width: 150, minWidth: 110, extra: true, by: ({ firstSeenAt }) => firstSeenAt ?? 0, cell: (item) => <Time at={item.firstSeenAt} /> },
  { id: "id", name: "Id", width: 320, minWidth: 140, extra: true, by: ({ resourceId }) => resourceId, cell: (item) => <Prose>{item.resourceId}</Prose> },
]);

export const textOf = (item: Listed) => [nameOf(item), item.resourceId, resourceTypeName(item.resourceType), platformName(item.platform), stateOf(item)].join("\n");
