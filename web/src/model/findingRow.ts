// What a list shows of a finding.
import type { Finding } from "~/api/wire";
import { filterFields, wordOf } from "./filterFields";
import { fixedVersion, installedVersion, type VulnerablePackage } from "./packages";

/** The score before Vigil looked at the resource; nothing where none is known. */
export function baseScore(finding: Finding): number | undefined {
  const adjusted = finding.inspectorScoreDetails?.adjustedCvss;
  if (!adjusted) return undefined;
  const ratings = finding.packageVulnerabilityDetails?.cvss ?? [];
  return ratings.find(({ source, version }) => source === adjusted.cvssSource && version === adjusted.version)?.baseScore;
}

export function vulnerabilityName(finding: Finding): string {
  if (finding.packageVulnerabilityDetails?.vulnerabilityId) return finding.packageVulnerabilityDetails.vulnerabilityId;
  const ports = finding.networkReachabilityDetails?.openPortRange;
  if (ports) return ports.begin === ports.end ? `Port ${ports.begin}` : `Ports ${ports.begin}–${ports.end}`;
  return finding.codeVulnerabilityDetails?.detectorName ?? finding.title ?? "Finding";
}

/** "7.88.1 → 8.4.0"; only what is installed where nothing fixes it. */
export function versions(one: VulnerablePackage): string {
  const fixed = fixedVersion(one.fixedInVersion);
  return fixed ? `${installedVersion(one)} → ${fixed}` : installedVersion(one);
}

/** Packages that differ in what a list shows of them: the same version in ten files is one. */
export function distinctPackages(finding: Finding): VulnerablePackage[] {
  const all = finding.packageVulnerabilityDetails?.vulnerablePackages ?? [];
  return [...new Map(all.map((one) => [`${one.name}\n${versions(one)}`, one])).values()];
}

/** The word for a value of a field: "Package vulnerability". */
export function fieldWord(key: string, value: string | undefined): string {
  const field = filterFields.find((one) => one.key === key);
  return value === undefined ? "–" : field ? wordOf(field, value) : value;
}
