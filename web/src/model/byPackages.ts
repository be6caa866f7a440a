// Findings by what has to be upgraded to be rid of them, and by the packages that bring them.
import type { Counts } from "~/api/own";
import type { Finding } from "~/api/wire";
import { fixedVersion, installedVersion } from "./packages";
import { weight } from "./listedResource";

export interface Upgrade {
  /** "curl, libcurl4" */
  packages: string;
  names: string[];
  installed: string[];
  findings: Finding[];
  counts: Counts;
  fixable: number;
  /** Each once. */
  commands: string[];
}

const none = (): Counts => ({ critical: 0, high: 0, medium: 0, low: 0, informational: 0, untriaged: 0 });
function add(counts: Counts, severity: string | undefined) {
  const key = (severity ?? "UNTRIAGED").toLowerCase() as keyof Counts;
  if (key in counts) counts[key] += 1;
}
const packagesOf = (finding: Finding) => finding.packageVulnerabilityDetails?.vulnerablePackages ?? [];

/** Findings of the same packages are got rid of together. The worst first; what is no package is left out. */
export function upgradesOf(findings: readonly Finding[]): Upgrade[] {
  const upgrades = new Map<string, Upgrade>();
  for (const finding of findings) {
    const all = packagesOf(finding);
    const names = [...new Set(all.flatMap(({ name }) => name ?? []))].sort();
    if (names.length === 0) continue;
    const packages = names.join(", ");
    const upgrade = upgrades.get(packages) ?? { packages, names, installed: [], findings: [], counts: none(), fixable: 0, commands: [] };
    upgrades.set(packages, upgrade);
    upgrade.findings.push(finding);
    add(upgrade.counts, finding.severity);
    if (all.some((one) => fixedVersion(one.fixedInVersion))) upgrade.fixable += 1;
    upgrade.installed = [...new Set([...upgrade.installed, ...all.map(installedVersion)])];
    upgrade.commands = [...new Set([...upgrade.commands, ...all.flatMap(({ remediation }) => (remediation ? [remediation] : []))])];
  }
  return [...upgrades.values()].sort((a, b) => weight(b.counts) - weight(a.counts) || a.packages.localeCompare(b.packages));
}

/** Package managers of systems take several packages at once: commands that differ in the last word are one. */
export function mergeCommands(commands: readonly string[]): string[] {
  const merged = new Map<string, string[]>();
  for (const command of commands) {
    const end = command.lastIndexOf(" ");
    const takesMany = /^(apt-get|apk|dnf|yum|zypper) /.test(command);
    const begin = takesMany ? command.slice(0, end) : command;
    merged.set(begin, [...(merged.get(begin) ?? []), ...(takesMany ? [command.slice(end + 1)] : [])]);
  }
  return [...merged].map(([begin, names]) => [begin, ...names].join(" "));
}

/** By name and version: "curl\n7.88.1-10+deb12u1". */
export const packageKey = (name: string, version: string) => `${name}\n${version.replace(/^0:/, "")}`;
export function countsByPackage(findings: readonly Finding[]): Map<string, Counts> {
  const found = new Map<string, Counts>();
  for (const finding of findings) {
    for (const key of new Set(packagesOf(finding).map((one) => packageKey(one.name ?? "", installedVersion(one))))) {
      const counts = found.get(key) ?? none();
      found.set(key, counts);
      add(counts, finding.severity);
    }
  }
  return found;
}

export function countsOf(findings: readonly Finding[]): Counts {
  const counts = none();
  for (const finding of findings) add(counts, finding.severity);
  return counts;
}
