// The columns of the list of coverage.
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { CoveredResource } from "~/api/wire";
import { sortable } from "~/components/columns";
import PageLink from "~/components/PageLink";
import Prose from "~/components/Prose";
import Time from "~/components/Time";
import { resourcePath } from "~/model/criteria";
import { coverageWords, scanModeName, scanTypeName } from "~/model/coverage";
import { displayName, nameFromId } from "~/model/resource";
import { resourceTypeName } from "~/model/resourceType";

export function nameOf({ resourceId, resourceMetadata }: CoveredResource): string {
  const tags = resourceMetadata?.ec2?.tags ?? resourceMetadata?.lambdaFunction?.functionTags;
  return displayName({ id: resourceId, tags }, resourceMetadata?.lambdaFunction?.functionName);
}
const wordsOf = ({ scanStatus }: CoveredResource) => coverageWords(scanStatus?.statusCode, scanStatus?.reason);
const kindOf = ({ resourceType }: CoveredResource) => resourceTypeName(resourceType ?? "Unknown");
const tagsOf = ({ resourceMetadata }: CoveredResource) => resourceMetadata?.ecrImage?.tags?.join(", ") ?? "";

export const columns = sortable<CoveredResource>([
  {
    id: "name",
    name: "Resource",
    width: 280,
    minWidth: 160,
    fixed: true,
    isRowHeader: true,
    by: nameOf,
    cell: (item) => (
      <>
        <PageLink to={resourcePath(item.resourceId ?? "")}>
          <Prose>{nameOf(item)}</Prose>
        </PageLink>
        {tagsOf(item) !== "" && (
          <Box fontSize="body-s" color="text-body-secondary">
            <Prose>{tagsOf(item)}</Prose>
          </Box>
        )}
      </>
    ),
  },
  { id: "type", name: "Kind", width: 150, minWidth: 100, by: kindOf, cell: kindOf },
  { id: "state", name: "State", width: 230, minWidth: 140, by: (item) => wordsOf(item).text, cell: (item) => <StatusIndicator type={wordsOf(item).type}>{wordsOf(item).text}</StatusIndicator> },
  { id: "todo", name: "What to do", width: 330, minWidth: 160, by: (item) => wordsOf(item).todo ?? "", cell: (item) => <Prose>{wordsOf(item).todo ?? "–"}</Prose> },
  { id: "scan", name: "Scan", width: 110, minWidth: 90, by: (item) => scanTypeName(item.scanType), cell: (item) => scanTypeName(item.scanType) },
  { id: "mode", name: "How", width: 160, minWidth: 110, by: (item) => scanModeName(item.scanMode), cell: (item) => scanModeName(item.scanMode) },
  { id: "scanned", name: "Last scanned", width: 150, minWidth: 110, by: ({ lastScannedAt }) => lastScannedAt ?? 0, cell: (item) => <Time at={item.lastScannedAt} /> },
  { id: "id", name: "Id", width: 320, minWidth: 140, extra: true, by: ({ resourceId }) => resourceId ?? "", cell: (item) => <span title={item.resourceId}>{nameFromId(item.resourceId ?? "")}</span> },
]);

export const textOf = (item: CoveredResource) => [nameOf(item), item.resourceId, kindOf(item), wordsOf(item).text, tagsOf(item)].join("\n");
