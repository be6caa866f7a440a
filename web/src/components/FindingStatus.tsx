// Whether a finding is there, hidden by a rule, or gone.
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

const looks: Record<string, [StatusIndicatorProps.Type, string]> = {
  ACTIVE: ["error", "Active"],
  SUPPRESSED: ["stopped", "Suppressed"],
  CLOSED: ["success", "Closed"],
};

export default function FindingStatus({ status }: { status: string | undefined }) {
  const [type, text] = looks[status ?? ""] ?? ["info", status ?? "Unknown"];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
