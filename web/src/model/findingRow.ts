// What a list shows of a finding.
import type { Finding } from "~/api/wire";
import { wordOf, filterFields, resourceTypes } from "./filterFields";

type Details = NonNullable<Finding["packageVulnerabilityDetails"]>;
export type VulnerablePackage = NonNullable<Details["vulnerablePackages"]>[number];

/** The score before Vigil looked at the resource; nothing where none is known. */
export function baseScore(finding: Finding): number | undefined {
  const adjusted = finding.inspectorScoreDetails?.adjustedCvss;
  if (!adjusted) return undefined;
  const ratings = finding.packageVulnerabilityDetails?.cvss ?? [];
  return ratings.find(({ source, version }) => source === adjusted.cvssSource && version === adjusted.version)?.baseScore;
}

/** "arn:aws:ecr:…:repository/web/sha256:1cc1…" is "web@1cc1…", of a function its name. */
export function shortId(id: string): string {
  const image = /:repository\/(.+)\/sha256:([0-9a-f]{12})/.exec(id);
  if (image) return `${image[1]}@${image[2]}`;
  return /:function:([^:]+)/.exec(id)?.[1] ?? id;
}

export function resourceOf(finding: Finding): { id: string; name: string; type: string } {
  const resource = finding.resources?.[0];
  const id = resource?.id ?? "";
  return { id, name: resource?.tags?.["vigil:name"] || shortId(id), type: resourceTypes.find(([type]) => type === resource?.type)?.[1] ?? resource?.type ?? "" };
}

export function vulnerabilityName(finding: Finding): string {
  if (finding.packageVulnerabilityDetails?.vulnerabilityId) return finding.packageVulnerabilityDetails.vulnerabilityId;
  const ports = finding.networkReachabilityDetails?.openPortRange;
  if (ports) return ports.begin === ports.end ? `Port ${ports.begin}` : `Ports ${ports.begin}–${ports.end}`;
  return finding.codeVulnerabilityDetails?.detectorName ?? finding.title ?? "Finding";
}

/** As the package manager writes it; an epoch of 0 is none. */
export function installed({ epoch, version, release }: VulnerablePackage): string {
  return `${epoch ? `${epoch}:` : ""}${version ?? ""}${release ? `-${release}` : ""}`;
}
export function fixedIn({ fixedInVersion }: VulnerablePackage): string | undefined {
  if (!fixedInVersion || fixedInVersion === "NotAvailable") return undefined;
  return fixedInVersion.replace(/^0:/, "");
}

/** Packages that differ in what a list shows of them: the same version in ten files is one. */
export function distinctPackages(finding: Finding): VulnerablePackage[] {
  const all = finding.packageVulnerabilityDetails?.vulnerablePackages ?? [];
  return [...new Map(all.map((one) => [`${one.name}\n${installed(one)}\n${fixedIn(one) ?? ""}`, one])).values()];
}

/** A chance from 0 to 1: "97%", "0.8%"; what is small stays to be seen. */
export function percent(chance: number): string {
  const of100 = chance * 100;
  if (of100 > 0 && of100 < 0.1) return "<0.1%";
  return `${of100.toFixed(of100 < 10 ? 1 : 0).replace(/\.0$/, "")}%`;
}

/** The word for a value of a field: "Open" for ACTIVE. */
export function fieldWord(key: string, value: string | undefined): string {
  const field = filterFields.find((one) => one.key === key);
  return value === undefined ? "–" : field ? wordOf(field, value) : value;
}
