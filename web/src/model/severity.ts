// Severities in the order of their weight, and how they look.
import type { Severity } from "~/api/wire";
import type { Counts } from "~/api/own";

export const severities: Severity[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNTRIAGED"];

const names: Record<string, string> = {
  CRITICAL: "Critical",
  HIGH: "High",
  MEDIUM: "Medium",
  LOW: "Low",
  INFORMATIONAL: "Informational",
  UNTRIAGED: "Untriaged",
};
export function severityName(severity: string): string {
  return names[severity] ?? severity;
}

/** The band of a score, docs/scoring.md 3. */
export function severityOf(score: number): Severity {
  if (score >= 9) return "CRITICAL";
  if (score >= 7) return "HIGH";
  if (score >= 4) return "MEDIUM";
  return score > 0 ? "LOW" : "INFORMATIONAL";
}

export function countOf(counts: Counts, severity: Severity): number {
  return counts[severity.toLowerCase() as keyof Counts] ?? 0;
}
export function total(counts: Counts): number {
  return severities.reduce((sum, severity) => sum + countOf(counts, severity), 0);
}
