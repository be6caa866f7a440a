import { expect, test } from "vitest";
import type { Finding } from "~/api/wire";
import { countsByPackage, mergeCommands, packageKey, upgradesOf } from "./byPackages";

function finding(severity: string, ...packages: [name: string, version: string, fixed?: string][]): Finding {
  const vulnerablePackages = packages.map(([name, version, fixedInVersion]) => ({ name, version, epoch: 0, ...(fixedInVersion ? { fixedInVersion, remediation: `upgrade ${name}` } : {}) }));
  return { severity, packageVulnerabilityDetails: { vulnerablePackages } } as unknown as Finding;
}
const findings = [
  finding("LOW", ["jq", "1.6", "1.7"]),
  finding("HIGH", ["libcurl4", "7.88", "7.89"], ["curl", "7.88", "7.89"]),
  finding("MEDIUM", ["curl", "7.88"], ["libcurl4", "7.88"]),
  { severity: "CRITICAL" } as Finding,
];

test("findings of the same packages are one upgrade, the worst first", () => {
  expect(upgradesOf(findings).map(({ packages, counts, fixable, commands, installed }) => [packages, counts.high, counts.medium, fixable, commands, installed])).toEqual([
    ["curl, libcurl4", 1, 1, 1, ["upgrade libcurl4", "upgrade curl"], ["7.88"]],
    ["jq", 0, 0, 1, ["upgrade jq"], ["1.6"]],
  ]);
});

test("a package counts what it brings, whichever files it is in", () => {
  const twice = finding("HIGH", ["stdlib", "1.23", "1.24"], ["stdlib", "1.23", "1.24"], ["stdlib", "1.22", "1.24"]);
  const counts = countsByPackage([...findings, twice]);
  expect(counts.get(packageKey("stdlib", "1.23"))?.high).toBe(1);
  expect(counts.get(packageKey("stdlib", "1.22"))?.high).toBe(1);
  expect(counts.get(packageKey("curl", "0:7.88"))).toMatchObject({ high: 1, medium: 1, low: 0 });
  expect(counts.get(packageKey("zlib", "1"))).toBeUndefined();
});

test("a system's package manager takes several packages at once, others do not", () => {
  expect(mergeCommands(["apt-get update && apt-get install --only-upgrade curl", "npm install a@2", "apt-get update && apt-get install --only-upgrade libcurl4", "npm install b@3"])).toEqual([
    "apt-get update && apt-get install --only-upgrade curl libcurl4",
    "npm install a@2",
    "npm install b@3",
  ]);
});
