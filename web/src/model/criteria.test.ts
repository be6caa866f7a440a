import { expect, test } from "vitest";
import { criteriaOf, equals, findingId, findingsPath, sameCriteria } from "./criteria";

test("a filter survives its address", () => {
  const criteria = { severity: equals("CRITICAL", "HIGH"), title: equals('a "quoted" & <odd> + title') };
  const query = new URLSearchParams(findingsPath(criteria).split("?")[1]);
  expect(criteriaOf(query)).toEqual({ findingStatus: equals("ACTIVE"), ...criteria });
});

test("a named status is not overruled", () => {
  const query = new URLSearchParams(findingsPath({ findingStatus: equals("CLOSED") }).split("?")[1]);
  expect(criteriaOf(query).findingStatus).toEqual(equals("CLOSED"));
});

test.each(["", "filter=", "filter=%7B", "filter=[]", "filter=null", "filter=7"])("%j is no filter: the active findings", (text) => {
  expect(criteriaOf(new URLSearchParams(text))).toEqual({ findingStatus: equals("ACTIVE") });
});

test("the id is the end of the ARN", () => {
  expect(findingId("arn:aws:inspector2:us-east-1:000000000000:finding/0123456789abcdef0123456789abcdef")).toBe("0123456789abcdef0123456789abcdef");
});

test("filters that ask the same are the same", () => {
  const one = { severity: equals("HIGH", "LOW"), title: equals("x") };
  expect(sameCriteria(one, { title: [{ value: "x", comparison: "EQUALS" }], severity: equals("LOW", "HIGH") })).toBe(true);
  expect(sameCriteria(one, { ...one, severity: equals("HIGH") })).toBe(false);
  expect(sameCriteria(one, { severity: one.severity })).toBe(false);
});
