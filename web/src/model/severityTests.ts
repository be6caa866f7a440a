// The tests of severity in a filter.
import type { FilterCriteria, Severity } from "~/api/wire";
import { equals } from "./criteria";
import { isTextTest } from "./propertyFilter";
import { severities } from "./severity";

/** What an address says may be anything: what is no test tests nothing here, and the server refuses it in words. */
function testsOf({ severity }: FilterCriteria) {
  return Array.isArray(severity) ? severity.filter(isTextTest) : [];
}

/** Whether a severity passes the tests of a filter, by the API's rules. */
export function passes(criteria: FilterCriteria, severity: Severity): boolean {
  const tests = testsOf(criteria);
  if (tests.some(({ comparison, value }) => comparison === "NOT_EQUALS" && value === severity)) return false;
  const wanted = tests.filter(({ comparison }) => comparison !== "NOT_EQUALS");
  return wanted.length === 0 || wanted.some(({ comparison, value }) => (comparison === "PREFIX" ? severity.startsWith(value ?? "") : severity === value));
}

/** The same filter for one severity; nothing if the filter excludes it. */
export function withSeverity(criteria: FilterCriteria, severity: Severity): FilterCriteria | undefined {
  return passes(criteria, severity) ? { ...criteria, severity: equals(severity) } : undefined;
}

/** One severity more or less; all of them and none are the same: no test. */
export function toggleSeverity(criteria: FilterCriteria, severity: Severity): FilterCriteria {
  const { severity: _, ...other } = criteria;
  const chosen = testsOf(criteria).length > 0 ? severities.filter((one) => passes(criteria, one)) : [];
  const next = chosen.includes(severity) ? chosen.filter((one) => one !== severity) : [...chosen, severity];
  return next.length === 0 || next.length === severities.length ? other : { ...other, severity: equals(...severities.filter((one) => next.includes(one))) };
}
