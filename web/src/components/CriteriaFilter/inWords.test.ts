import { expect, test } from "vitest";
import { filterFields } from "~/model/filterFields";
import { inWords } from "./inWords";

const say = (criteria: Record<string, unknown>) => inWords(criteria, filterFields).map(({ label, text }) => `${label}: ${text}`);
const is = (value: string) => ({ comparison: "EQUALS", value });

test("words of enumerations are those of people, alternatives are joined by or", () => {
  expect(say({ severity: [is("LOW"), is("MEDIUM"), is("HIGH")] })).toEqual(["Severity: Low, Medium or High"]);
});

test("beginnings and exclusions are told apart", () => {
  const tests = [{ comparison: "PREFIX", value: "CVE-2024-" }, { comparison: "NOT_EQUALS", value: "CVE-2024-1" }, { comparison: "NOT_EQUALS", value: "CVE-2024-2" }];
  expect(say({ vulnerabilityId: tests })).toEqual(["Vulnerability: begins with CVE-2024-, not CVE-2024-1 and not CVE-2024-2"]);
});

test.each([
  [{ lowerInclusive: 4 }, "4 or more"],
  [{ upperInclusive: 4 }, "4 or less"],
  [{ lowerInclusive: 4, upperInclusive: 6.9 }, "4 to 6.9"],
  [{ lowerInclusive: 0, upperInclusive: 0 }, "0"],
])("the score %j is %j", (range, text) => {
  expect(say({ inspectorScore: [range] })).toEqual([`Vigil's score: ${text}`]);
});

test("all that is asked of a package is told", () => {
  const tests = [{ name: is("curl"), version: { comparison: "PREFIX", value: "8." } }, { name: is("wget") }];
  expect(say({ vulnerablePackages: tests })[0]).toMatch(/: curl, version begins with 8\. or wget$/);
});

test("what there are no words for is shown as it is", () => {
  expect(say({ fresh: [{ a: 1 }], inspectorScore: [{ odd: true }] })).toEqual(['fresh: [{"a":1}]', "Vigil's score: [{\"odd\":true}]"]);
});
