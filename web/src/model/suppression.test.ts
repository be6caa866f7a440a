import { expect, test } from "vitest";
import type { Finding } from "~/api/wire";
import { equals } from "./criteria";
import { lastDay, nameProblem, proposalsOf, proposedName, reasonProblem, ruleCriteria, ruleTags } from "./suppression";

function finding(number: number, vulnerabilityId: string | undefined, resource: string, ...packages: string[]): Finding {
  return {
    findingArn: `arn:${number}`,
    resources: [{ type: "AWS_EC2_INSTANCE", id: resource }],
    ...(vulnerabilityId ? { packageVulnerabilityDetails: { vulnerabilityId, source: "NVD", vulnerablePackages: packages.map((name) => ({ name, version: "1" })) } } : {}),
  } as Finding;
}

test("a selection becomes criteria, the narrowest first", () => {
  const proposals = proposalsOf([finding(1, "CVE-1", "i-1", "curl", "libcurl4"), finding(2, "CVE-1", "i-2", "curl")]);
  expect(proposals.map(({ id }) => id)).toEqual(["here", "these", "everywhere", "packages"]);
  expect(proposals[0]?.criteria).toEqual({ vulnerabilityId: equals("CVE-1"), resourceId: equals("i-1", "i-2") });
  expect(proposals[3]?.criteria.vulnerablePackages).toEqual([{ name: { comparison: "EQUALS", value: "curl" } }, { name: { comparison: "EQUALS", value: "libcurl4" } }]);
});

test("more than a filter has room for is not proposed", () => {
  const many = Array.from({ length: 11 }, (_, number) => finding(number, "CVE-1", `i-${number}`, "curl"));
  expect(proposalsOf(many).map(({ id }) => id)).toEqual(["everywhere", "packages"]);
});

test("findings without a vulnerability are named by themselves", () => {
  expect(proposalsOf([finding(1, undefined, "i-1")]).map(({ id }) => id)).toEqual(["these"]);
});

test("a rule does not ask for a status", () => {
  expect(ruleCriteria({ findingStatus: equals("ACTIVE"), title: equals("x") })).toEqual({ title: equals("x") });
});

test.each([["ab", false], ["abc", true], ["a b c", false], ["x".repeat(65), false], ["CVE-2024-1_a.b", true]])("%j is a name: %s", (name, good) => {
  expect(nameProblem(name) === "").toBe(good);
});

test("a proposed name is one", () => {
  expect(proposedName({ title: equals("CVE-2024-1 - a, b and 7 more") })).toBe("CVE-2024-1---a-b-and-7-more");
  expect(proposedName({ resourceType: equals("X") })).toBe("");
  expect(proposedName({ title: equals("漢") })).toBe("");
});

test("owner and last day are tags", () => {
  expect(ruleTags(" eve ", "2027-01-31")).toEqual({ "vigil:owner": "eve", "vigil:expires": "2027-01-31T23:59:59Z" });
  expect(ruleTags(" ", "")).toEqual({});
});

test("a reason that was given stays given", () => {
  expect(reasonProblem(" ", "accepted by eve")).not.toBe("");
  expect(reasonProblem("accepted by bob", "accepted by eve")).toBe("");
  expect(reasonProblem("", undefined)).toBe("");
});

test.each([["2027-01-31", "2027-01-31"], ["2027-01-31T23:59:59Z", "2027-01-31"], ["soon", ""], [undefined, ""]])("the last day of %j is %j", (tag, day) => {
  expect(lastDay(tag)).toBe(day);
});
