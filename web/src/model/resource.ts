// Resources by what they really are: Inspector's types and ids stand for hosts, images, functions and
// repositories of any kind, and tags say which.
import type { Resource } from "~/api/wire";
import { resourceTypeName } from "./resourceType";

interface Tagged {
  id?: string | undefined;
  type?: string | undefined;
  tags?: Record<string, string> | undefined;
}

/** "oci" of "arn:aws:ecr:us-east-1:000000000000:repository/oci/sha256:1cc1…" */
export function nameFromId(id: string): string {
  const repository = /:repository\/(.+)\/sha256:([0-9a-f]{12})/.exec(id);
  if (repository) return `${repository[1]}@${repository[2]}`;
  const lambda = /:function:([^:]+)/.exec(id);
  return lambda?.[1] ?? id;
}

/** What people call it. */
export function displayName(resource: Tagged | undefined, name?: string): string {
  return resource?.tags?.["vigil:name"] || name || nameFromId(resource?.id ?? "") || "Unknown";
}

/** "Host": what it really is, where a tag says so. */
export function kindName(resource: Tagged | undefined): string {
  const kind = resource?.tags?.["vigil:kind"];
  return kind ? kind.charAt(0).toUpperCase() + kind.slice(1) : resourceTypeName(resource?.type ?? "Resource");
}

/** Tags that people gave; Vigil's own are shown as what they say. */
export function ownTags(resource: Tagged | undefined): [string, string][] {
  return Object.entries(resource?.tags ?? {}).filter(([key]) => !key.startsWith("vigil:"));
}

/** "Debian 12" of "DEBIAN_12". */
export function platformName(platform: string | undefined): string | undefined {
  if (!platform) return undefined;
  const words = platform.split("_").map((word) => (/^(RHEL|SLES|AL2|AL2023|CBL)$/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()));
  // Numbers that were parted belong together: UBUNTU_22_04 is 22.04.
  return words.join(" ").replace(/(\d) (?=\d)/g, "$1.");
}
export function platformOf(resource: Resource | undefined): string | undefined {
  const details = resource?.details;
  return details?.awsEc2Instance?.platform ?? details?.awsEcrContainerImage?.platform ?? details?.vm?.platform;
}
