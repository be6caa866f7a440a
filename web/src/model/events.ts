// What can happen to a finding and to a resource, in words.

interface EventWords {
  text: string;
  /** How much it matters: the colours of Cloudscape's status indicators. */
  type: "error" | "success" | "stopped" | "info";
}

const words: Record<string, EventWords> = {
  FINDING_OPENED: { text: "Found", type: "error" },
  FINDING_UPDATED: { text: "Assessed anew", type: "info" },
  FINDING_SUPPRESSED: { text: "Suppressed", type: "stopped" },
  FINDING_UNSUPPRESSED: { text: "No longer suppressed", type: "error" },
  FINDING_CLOSED: { text: "Closed: no longer there", type: "success" },
  FINDING_REOPENED: { text: "Found again", type: "error" },
  INITIAL_SCAN_COMPLETE: { text: "First scan finished", type: "success" },
  COVERAGE_CHANGED: { text: "Coverage changed", type: "info" },
};
export function eventWords(kind: string): EventWords {
  return words[kind] ?? { text: kind, type: "info" };
}
