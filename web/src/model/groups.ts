// The ways to look at findings other than one by one: ListFindingAggregations, as data. Each group knows
// what it is called, what it can be filtered and sorted by, and which findings stand behind a line.
import type { AggregationResponse, AggregationType, FilterCriteria } from "~/api/wire";
import { equals } from "./criteria";
import { type FilterField, findingTypes, resourceTypes } from "./filterFields";
import { nameFromId } from "./resource";

export interface GroupRow {
  key: string;
  name: string;
  /** What else tells it apart: an id, a system. */
  note?: string;
  /** Where the thing itself is shown. */
  resourceId?: string;
  vulnerabilityId?: string;
  counts: { all: number; critical: number; high: number; medium: number };
  /** Of images in a repository, of findings about the network: what the group counts besides. */
  extra?: number;
  criteria: FilterCriteria;
}
export interface Group {
  id: string;
  /** On the button, and in the heading of the first column. */
  label: string;
  one: string;
  type: AggregationType;
  /** The member of aggregationRequest. */
  member: string;
  fields: readonly FilterField[];
  extra?: { label: string; sortBy: string; criteria: FilterCriteria };
  rowOf: (response: AggregationResponse) => GroupRow | undefined;
}

const text = (key: string, label: string, suggest?: FilterField["suggest"]): FilterField => ({ key, label, group: "Filter", kind: "text", ...(suggest ? { suggest } : {}) });
const word = (key: string, label: string, words: FilterField["words"]): FilterField => ({ key, label, group: "Filter", kind: "text", single: true, ...(words ? { words } : {}) });
const of = (key: string, label: string, kind: FilterField["kind"]): FilterField => ({ key, label, group: "Filter", kind });

const findingType = word("findingType", "Finding type", findingTypes);
const resourceType = word("resourceType", "Resource type", resourceTypes);

interface Counted {
  severityCounts?: { all?: number | undefined; critical?: number | undefined; high?: number | undefined; medium?: number | undefined } | undefined;
}
function countsOf({ severityCounts }: Counted): GroupRow["counts"] {
  return { all: severityCounts?.all ?? 0, critical: severityCounts?.critical ?? 0, high: severityCounts?.high ?? 0, medium: severityCounts?.medium ?? 0 };
}
const noted = (note: string | undefined) => (note ? { note } : {});
const tagName = (tags: Record<string, string> | undefined) => tags?.["vigil:name"];

export const groups: readonly Group[] = [
  {
    id: "vulnerability",
    label: "Vulnerabilities",
    one: "Vulnerability",
    type: "TITLE",
    member: "titleAggregation",
    fields: [text("vulnerabilityIds", "Vulnerability", "vulnerabilities"), text("titles", "Title"), findingType, resourceType],
    rowOf: ({ titleAggregation: row }) =>
      row && {
        key: `${row.title}`,
        name: row.title ?? "",
        ...(row.vulnerabilityId ? { note: `About ${row.vulnerabilityId}`, vulnerabilityId: row.vulnerabilityId } : {}),
        counts: countsOf(row),
        criteria: { title: equals(row.title ?? ""), ...(row.vulnerabilityId ? { vulnerabilityId: equals(row.vulnerabilityId) } : {}) },
      },
  },
  {
    id: "host",
    label: "Hosts",
    one: "Host",
    type: "AWS_EC2_INSTANCE",
    member: "ec2InstanceAggregation",
    fields: [text("instanceIds", "Host", "resources"), text("operatingSystems", "Operating system"), text("amis", "Machine image"), of("instanceTags", "Tag", "tag")],
    extra: { label: "Network", sortBy: "NETWORK_FINDINGS", criteria: { findingType: equals("NETWORK_REACHABILITY") } },
    rowOf: ({ ec2InstanceAggregation: row }) =>
      row && {
        key: row.instanceId ?? "",
        name: tagName(row.instanceTags) ?? row.instanceId ?? "",
        ...noted([row.instanceId, row.operatingSystem].filter(Boolean).join(" · ")),
        ...(row.instanceId ? { resourceId: row.instanceId } : {}),
        counts: countsOf(row),
        extra: row.networkFindings ?? 0,
        criteria: { resourceId: equals(row.instanceId ?? "") },
      },
  },
  {
    id: "image",
    label: "Images",
    one: "Image",
    type: "AWS_ECR_CONTAINER",
    member: "awsEcrContainerAggregation",
    fields: [
      text("repositories", "Repository"),
      text("imageTags", "Image tag"),
      text("imageShas", "Image digest"),
      text("resourceIds", "Image", "resources"),
      text("architectures", "Architecture"),
      of("lastInUseAt", "Last in use", "date"),
      of("inUseCount", "In use, times", "number"),
    ],
    rowOf: ({ awsEcrContainerAggregation: row }) =>
      row && {
        key: row.resourceId ?? "",
        name: row.repository ? `${row.repository}${row.imageTags?.[0] ? `:${row.imageTags[0]}` : ""}` : nameFromId(row.resourceId ?? ""),
        ...noted([row.imageTags?.slice(1).join(", "), (row.imageSha ?? row.resourceId?.split("/").at(-1))?.slice(0, 19), row.architecture].filter(Boolean).join(" · ")),
        ...(row.resourceId ? { resourceId: row.resourceId } : {}),
        counts: countsOf(row),
        criteria: { resourceId: equals(row.resourceId ?? "") },
      },
  },
  {
    id: "layer",
    label: "Image layers",
    one: "Image layer",
    type: "IMAGE_LAYER",
    member: "imageLayerAggregation",
    fields: [text("layerHashes", "Layer"), text("repositories", "Repository"), text("resourceIds", "Image", "resources")],
    rowOf: ({ imageLayerAggregation: row }) =>
      row && {
        key: `${row.layerHash} ${row.resourceId}`,
        name: row.layerHash ?? "",
        ...noted([row.repository, nameFromId(row.resourceId ?? "")].filter(Boolean).join(" · ")),
        counts: countsOf(row),
        criteria: {
          resourceId: equals(row.resourceId ?? ""),
          vulnerablePackages: [{ sourceLayerHash: { comparison: "EQUALS", value: row.layerHash ?? "" } }],
        },
      },
  },
  {
    id: "repository",
    label: "Repositories",
    one: "Repository",
    type: "REPOSITORY",
    member: "repositoryAggregation",
    fields: [text("repositories", "Repository")],
    extra: { label: "Images", sortBy: "AFFECTED_IMAGES", criteria: {} },
    rowOf: ({ repositoryAggregation: row }) =>
      row && { key: row.repository ?? "", name: row.repository ?? "", counts: countsOf(row), extra: row.affectedImages ?? 0, criteria: { ecrImageRepositoryName: equals(row.repository ?? "") } },
  },
  {
    id: "function",
    label: "Functions",
    one: "Function",
    type: "AWS_LAMBDA_FUNCTION",
    member: "lambdaFunctionAggregation",
    fields: [text("functionNames", "Function name"), text("runtimes", "Runtime"), text("resourceIds", "Function", "resources"), of("functionTags", "Tag", "tag")],
    rowOf: ({ lambdaFunctionAggregation: row }) =>
      row && {
        key: row.resourceId ?? "",
        name: row.functionName ?? tagName(row.lambdaTags) ?? nameFromId(row.resourceId ?? ""),
        ...noted(row.runtime ?? row.resourceId),
        ...(row.resourceId ? { resourceId: row.resourceId } : {}),
        counts: countsOf(row),
        criteria: { resourceId: equals(row.resourceId ?? "") },
      },
  },
  {
    id: "package",
    label: "Packages",
    one: "Package",
    type: "PACKAGE",
    member: "packageAggregation",
    fields: [text("packageNames", "Package", "packages")],
    rowOf: ({ packageAggregation: row }) =>
      row && { key: row.packageName ?? "", name: row.packageName ?? "", counts: countsOf(row), criteria: { vulnerablePackages: [{ name: { comparison: "EQUALS", value: row.packageName ?? "" } }] } },
  },
  {
    id: "account",
    label: "Accounts",
    one: "Account",
    type: "ACCOUNT",
    member: "accountAggregation",
    fields: [findingType, resourceType],
    rowOf: ({ accountAggregation: row }) => row && { key: row.accountId ?? "", name: row.accountId ?? "", counts: countsOf(row), criteria: { awsAccountId: equals(row.accountId ?? "") } },
  },
];

export const groupOf = (id: string | null) => groups.find((group) => group.id === id);

/** Of low and unrated ones the operation only says how many all are. */
export const restOf = ({ all, critical, high, medium }: GroupRow["counts"]) => Math.max(0, all - critical - high - medium);
export const restSeverities = equals("LOW", "INFORMATIONAL", "UNTRIAGED");

/** The filters of a group's own request that its lines are narrowed by, for the findings behind them. */
export function narrowing(asked: Record<string, unknown>): FilterCriteria {
  const one = (member: string) => (typeof asked[member] === "string" ? { [member]: equals(asked[member]) } : {});
  return { ...one("findingType"), ...one("resourceType") };
}
