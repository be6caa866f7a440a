// FilterCriteria and the addresses of pages. A list of findings carries its whole filter in its address,
// so that every state can be linked to, kept and shared.
import type { FilterCriteria } from "~/api/wire";

type Equals = { comparison: "EQUALS"; value: string }[];
/** One of these values. */
export function equals(...values: string[]): Equals {
  return values.map((value) => ({ comparison: "EQUALS", value }));
}

/** The list of findings that match; ACTIVE ones unless the criteria name a status. */
export function findingsPath(criteria: FilterCriteria, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(more);
  query.set("filter", JSON.stringify({ findingStatus: equals("ACTIVE"), ...criteria }));
  return `/findings?${query}`;
}

/** What an address asks for; ACTIVE findings where it says nothing or something that is none. */
export function criteriaOf(query: URLSearchParams): FilterCriteria {
  const text = query.get("filter");
  if (text !== null) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as FilterCriteria;
    } catch {
      // Cut off or mistyped: the list without a filter says more than an error would.
    }
  }
  return { findingStatus: equals("ACTIVE") };
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(inOrder(item))).sort();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined && member !== null).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, inOrder(member)]));
}
/** Whether two filters ask the same: the order of members and values says nothing. */
export function sameCriteria(a: FilterCriteria, b: FilterCriteria): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

/** The 32 digits at the end of a finding's ARN. */
export function findingId(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
export const findingPath = (arn: string) => `/findings/${findingId(arn)}`;
export const resourcePath = (resourceId: string) => `/resources/${encodeURIComponent(resourceId)}`;
export const vulnerabilityPath = (id: string) => `/vulnerabilities/${encodeURIComponent(id)}`;
/** What is watched and what is not; the status is Inspector's, ACTIVE or INACTIVE. */
export const coveragePath = (shown: { status?: string; type?: string; reason?: string }) => `/coverage?${new URLSearchParams(shown)}`;
