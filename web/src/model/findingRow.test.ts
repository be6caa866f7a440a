import { expect, test } from "vitest";
import type { Finding } from "~/api/wire";
import { baseScore, distinctPackages, versions, vulnerabilityName } from "./findingRow";

const finding = (more: object) => ({ title: "a title", ...more }) as Finding;

test("the base score is the rating that the score started from", () => {
  const cvss = [
    { baseScore: 8.8, source: "CISA_ADP", version: "3.1", scoringVector: "" },
    { baseScore: 9.8, source: "NVD", version: "3.1", scoringVector: "" },
    { baseScore: 7.5, source: "NVD", version: "2.0", scoringVector: "" },
  ];
  const of = (cvssSource: string) => finding({ packageVulnerabilityDetails: { cvss }, inspectorScoreDetails: { adjustedCvss: { cvssSource, version: "3.1", score: 6.2 } } });
  expect(baseScore(of("NVD"))).toBe(9.8);
  expect(baseScore(of("GITHUB"))).toBeUndefined();
  expect(baseScore(finding({}))).toBeUndefined();
});

test("a finding is called by what it is about", () => {
  expect(vulnerabilityName(finding({ packageVulnerabilityDetails: { vulnerabilityId: "CVE-1" } }))).toBe("CVE-1");
  expect(vulnerabilityName(finding({ networkReachabilityDetails: { openPortRange: { begin: 22, end: 22 } } }))).toBe("Port 22");
  expect(vulnerabilityName(finding({ networkReachabilityDetails: { openPortRange: { begin: 80, end: 90 } } }))).toBe("Ports 80–90");
  expect(vulnerabilityName(finding({}))).toBe("a title");
});

test("the same package in many files is listed once, another version is another one", () => {
  const one = { name: "stdlib", version: "1.23.3", fixedInVersion: "1.24.13" };
  const packages = distinctPackages(finding({ packageVulnerabilityDetails: { vulnerablePackages: [{ ...one, filePath: "/a" }, { ...one, filePath: "/b" }, { ...one, version: "1.19.8" }] } }));
  expect(packages.map(versions)).toEqual(["1.23.3 → 1.24.13", "1.19.8 → 1.24.13"]);
});

test("where nothing fixes it, only what is installed is named", () => {
  expect(versions({ name: "libde265-0", version: "1.0.11", release: "1", epoch: 0, fixedInVersion: "NotAvailable" })).toBe("1.0.11-1");
});
