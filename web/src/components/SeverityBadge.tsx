import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import { severityName } from "~/model/severity";

const colours: Record<string, BadgeProps["color"]> = {
  CRITICAL: "severity-critical",
  HIGH: "severity-high",
  MEDIUM: "severity-medium",
  LOW: "severity-low",
};

export default function SeverityBadge({ severity }: { severity: string | undefined }) {
  const word = severity ?? "UNTRIAGED";
  return <Badge color={colours[word] ?? "severity-neutral"}>{severityName(word)}</Badge>;
}
