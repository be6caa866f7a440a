import Badge from "@cloudscape-design/components/badge";
import { severityName } from "~/model/severity";
import { severityColour } from "./severityColour";

export default function SeverityBadge({ severity }: { severity: string | undefined }) {
  const word = severity ?? "UNTRIAGED";
  return <Badge color={severityColour(word)}>{severityName(word)}</Badge>;
}
