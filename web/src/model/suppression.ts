// Suppression rules: what they may be made of, and what is checked before the server is asked.
import type { FilterCriteria, Finding } from "~/api/wire";
import { equals } from "./criteria";

/** One way to say which findings a rule hides. */
export interface Proposal {
  id: string;
  label: string;
  description: string;
  criteria: FilterCriteria;
}

/** A rule speaks of findings whatever their state: one that it hides must stay hidden by it. */
export function ruleCriteria({ findingStatus: _, ...criteria }: FilterCriteria): FilterCriteria {
  return criteria;
}

const mostValues = 10;
const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value): value is string => value !== undefined && value !== ""))];
const count = (number: number, one: string, many: string) => (number === 1 ? `1 ${one}` : `${number} ${many}`);

/** From the narrowest to the widest; what a filter has no room for is not proposed. */
export function proposalsOf(findings: Finding[]): Proposal[] {
  const vulnerabilities = unique(findings.map((finding) => finding.packageVulnerabilityDetails?.vulnerabilityId));
  const resources = unique(findings.flatMap((finding) => (finding.resources ?? []).map(({ id }) => id)));
  const packages = unique(findings.flatMap((finding) => (finding.packageVulnerabilityDetails?.vulnerablePackages ?? []).map(({ name }) => name)));
  const arns = unique(findings.map(({ findingArn }) => findingArn));
  const all = [
    { values: [vulnerabilities, resources], id: "here", label: "These vulnerabilities on these resources", description: `${count(vulnerabilities.length, "vulnerability", "vulnerabilities")}, ${count(resources.length, "resource", "resources")}`, criteria: { vulnerabilityId: equals(...vulnerabilities), resourceId: equals(...resources) } },
    { values: [arns], id: "these", label: "Exactly these findings", description: "Nothing else, now or later", criteria: { findingArn: equals(...arns) } },
    { values: [vulnerabilities], id: "everywhere", label: "These vulnerabilities everywhere", description: vulnerabilities.join(", "), criteria: { vulnerabilityId: equals(...vulnerabilities) } },
    { values: [vulnerabilities, packages], id: "packages", label: "These vulnerabilities in these packages, everywhere", description: packages.join(", "), criteria: { vulnerabilityId: equals(...vulnerabilities), vulnerablePackages: packages.map((name) => ({ name: { comparison: "EQUALS" as const, value: name } })) } },
  ];
  return all.filter(({ values }) => values.every((list) => list.length > 0 && list.length <= mostValues)).map(({ values: _, ...proposal }) => proposal);
}

/** Of the server: docs/api.md, CreateFilter. */
export function nameProblem(name: string): string {
  return /^[A-Za-z0-9._-]{3,64}$/.test(name) ? "" : "3 to 64 letters, digits, dots, dashes and underscores.";
}

/** A name from what the rule is about: "CVE-2024-6923", "curl". */
export function proposedName(criteria: FilterCriteria): string {
  const text = [criteria.vulnerabilityId?.[0]?.value, criteria.vulnerablePackages?.[0]?.name?.value, criteria.resourceId?.[0]?.value, criteria.title?.[0]?.value].find((value) => value);
  const name = (text ?? "").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return nameProblem(name) === "" ? name : "";
}

/** What the API takes as tags with a meaning. `expires` is a day; the rule holds until its end. */
export function ruleTags(owner: string, expires: string): Record<string, string> {
  return { ...(owner.trim() ? { "vigil:owner": owner.trim() } : {}), ...(expires ? { "vigil:expires": `${expires}T23:59:59Z` } : {}) };
}

/** The API has no way to take a reason away. */
export function reasonProblem(reason: string, before: string | undefined): string {
  return before && reason.trim() === "" ? "A reason can be changed, but not taken away." : "";
}

/** The day of the tag `vigil:expires`; empty where there is none. */
export function lastDay(expires: string | undefined): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(expires ?? "")?.[0] ?? "";
}
