import { expect, test } from "vitest";
import { equals } from "./criteria";
import { passes, toggleSeverity, withSeverity } from "./severityTests";

const title = equals("x");

test("one severity more, one less, none", () => {
  const one = toggleSeverity({ title }, "HIGH");
  expect(one).toEqual({ title, severity: equals("HIGH") });
  const two = toggleSeverity(one, "CRITICAL");
  expect(two).toEqual({ title, severity: equals("CRITICAL", "HIGH") });
  expect(toggleSeverity(toggleSeverity(two, "HIGH"), "CRITICAL")).toEqual({ title });
});

test("all severities are no test", () => {
  expect(toggleSeverity({ title, severity: equals("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL") }, "UNTRIAGED")).toEqual({ title });
});

test("exclusions become choices", () => {
  expect(toggleSeverity({ severity: [{ comparison: "NOT_EQUALS", value: "LOW" }] }, "UNTRIAGED")).toEqual({ severity: equals("CRITICAL", "HIGH", "MEDIUM", "INFORMATIONAL") });
});

test("a severity that the filter excludes is not asked for", () => {
  const criteria = { severity: [{ comparison: "PREFIX" as const, value: "C" }, { comparison: "EQUALS" as const, value: "LOW" }], title };
  expect(passes(criteria, "CRITICAL")).toBe(true);
  expect(withSeverity(criteria, "HIGH")).toBeUndefined();
  expect(withSeverity(criteria, "LOW")).toEqual({ severity: equals("LOW"), title });
});

test.each(["CRITICAL", 7, {}, [null], [{ comparison: "LIKE", value: "HIGH" }]])("%j in an address is no choice", (severity) => {
  const criteria = { severity } as never;
  expect(passes(criteria, "LOW")).toBe(true);
  expect(toggleSeverity(criteria, "LOW")).toEqual({ severity: equals("LOW") });
});
