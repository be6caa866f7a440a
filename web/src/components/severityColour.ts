import type { BadgeProps } from "@cloudscape-design/components/badge";

const colours: Record<string, NonNullable<BadgeProps["color"]>> = {
  CRITICAL: "severity-critical",
  HIGH: "severity-high",
  MEDIUM: "severity-medium",
  LOW: "severity-low",
};

/** Of a badge. */
export function severityColour(severity: string): NonNullable<BadgeProps["color"]> {
  return colours[severity] ?? "severity-neutral";
}
