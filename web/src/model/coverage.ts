// Why something is scanned or not, in words, with what to do about it: Inspector's ScanStatusReason.

export interface CoverageWords {
  text: string;
  /** What to do; nothing where nothing has to be done. */
  todo?: string;
  type: "success" | "warning" | "error" | "stopped" | "pending" | "in-progress";
}

const words: Record<string, CoverageWords> = {
  SUCCESSFUL: { text: "Actively monitoring", type: "success" },
  PENDING_INITIAL_SCAN: { text: "Waiting for the first scan", todo: "Nothing: it is in the queue.", type: "pending" },
  SCAN_IN_PROGRESS: { text: "Being scanned", type: "in-progress" },
  PENDING_REVIVAL_SCAN: { text: "Waiting to be scanned again", todo: "Nothing: it is in the queue.", type: "pending" },
  PENDING_DISABLE: { text: "Being removed", todo: "Nothing: its findings are about to be deleted.", type: "stopped" },
  INTERNAL_ERROR: { text: "Scan failed", todo: "It is tried again by itself. If it stays, the server's log says why.", type: "error" },
  ACCESS_DENIED: { text: "Access denied", todo: "Let Vigil read it: check the credentials of the registry or the policy of the resource.", type: "error" },
  ACCESS_DENIED_TO_ENCRYPTION_KEY: { text: "No access to its encryption key", todo: "Let Vigil use the key it is encrypted with.", type: "error" },
  UNMANAGED_EC2_INSTANCE: { text: "Nothing reports from it", todo: "Run `vigil scan host --server` on it, or let it be scanned without an agent.", type: "warning" },
  RESOURCE_UNMANAGED: { text: "Nothing reports from it", todo: "Run `vigil scan host --server` on it, or let it be scanned without an agent.", type: "warning" },
  UNSUPPORTED_OS: { text: "Unsupported system", todo: "No advisories speak of its operating system or architecture. Packages of languages may be found all the same.", type: "warning" },
  NO_INVENTORY: { text: "No inventory", todo: "Nothing was found to look at. See that what reports from it may read its packages.", type: "warning" },
  STALE_INVENTORY: { text: "Stale inventory", todo: "Nothing was heard of it for seven days. See whether it still runs and reaches this server.", type: "warning" },
  EC2_INSTANCE_STOPPED: { text: "Stopped", todo: "Nothing: findings are kept, and it is scanned again when it starts.", type: "stopped" },
  RESOURCE_STOPPED: { text: "Stopped", todo: "Nothing: findings are kept, and it is scanned again when it starts.", type: "stopped" },
  RESOURCE_TERMINATED: { text: "Gone", todo: "Nothing: its findings are closed and will be deleted.", type: "stopped" },
  EXCLUDED_BY_TAG: { text: "Excluded by a tag", todo: "Remove the tag InspectorEc2Exclusion if it should be watched.", type: "stopped" },
  SCAN_ELIGIBILITY_EXPIRED: { text: "Scan eligibility expired", todo: "It is older than images are watched for. Raise that duration in the settings, or push it again.", type: "stopped" },
  SCAN_FREQUENCY_MANUAL: { text: "Deactivated (manual)", todo: "Its repository is scanned only when asked. Change the frequency, or scan it by hand.", type: "stopped" },
  SCAN_FREQUENCY_SCAN_ON_PUSH: { text: "Activated (on push)", todo: "It was scanned once, when it was pushed. Change the frequency to have it watched.", type: "stopped" },
  IMAGE_SIZE_EXCEEDED: { text: "Image too large", todo: "It is larger than what is scanned.", type: "warning" },
  IMAGE_ARCHIVED: { text: "Image archived", todo: "Nothing, unless it should be in use: then restore it.", type: "stopped" },
  NO_RESOURCES_FOUND: { text: "Nothing in it", todo: "There is nothing to scan yet.", type: "stopped" },
  UNSUPPORTED_CONFIG_FILE: { text: "Unsupported configuration file", todo: "What it holds cannot be read.", type: "warning" },
  UNSUPPORTED_MEDIA_TYPE: { text: "Unsupported media type", todo: "It is no container image that can be read: an artefact of another kind, or one with foreign layers.", type: "warning" },
  UNSUPPORTED_RUNTIME: { text: "Unsupported runtime", todo: "Move the function to a runtime that is still supported.", type: "warning" },
  UNSUPPORTED_CODE_ARTIFACTS: { text: "Unsupported code", todo: "Its package holds nothing that can be analysed.", type: "warning" },
  UNSUPPORTED_LANGUAGE: { text: "Unsupported language", todo: "Nothing in it is written in a language that can be analysed.", type: "warning" },
  NO_SCAN_CONFIGURATION_ASSOCIATED: { text: "No scan configuration", todo: "Associate a scan configuration with it.", type: "warning" },
  INTEGRATION_CONNECTION_LOST: { text: "Connection lost", todo: "Connect the integration with the code's host again.", type: "error" },
  DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED: { text: "Too many packages of languages", todo: "Restrict where packages of languages are looked for: deep-paths.", type: "warning" },
  DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED: { text: "Looking for packages of languages took too long", todo: "Restrict where packages of languages are looked for: deep-paths.", type: "warning" },
  DEEP_INSPECTION_DAILY_SSM_INVENTORY_LIMIT_EXCEEDED: { text: "Too many inventories in a day", todo: "Nothing: it goes on tomorrow.", type: "warning" },
  DEEP_INSPECTION_NO_INVENTORY: { text: "No packages of languages reported", todo: "If it stays for six hours, see what the server's log says of it.", type: "warning" },
  AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED: { text: "Disks too large", todo: "They are larger than what is scanned without an agent. Run `vigil scan host --server` on it.", type: "warning" },
  AGENTLESS_INSTANCE_COLLECTION_TIME_LIMIT_EXCEEDED: { text: "Reading its disks took too long", todo: "Run `vigil scan host --server` on it.", type: "warning" },
};

/** A reason that nobody foresaw keeps its name. What is watched although something is missing says so. */
export function coverageWords(status: string | undefined, reason: string | undefined): CoverageWords {
  const known = words[reason ?? ""] ?? { text: reason ?? "Unknown", type: status === "ACTIVE" ? "success" : "warning" };
  if (status !== "ACTIVE" || !reason?.startsWith("DEEP_INSPECTION_")) return known;
  return { ...known, text: "Actively monitoring with partial errors", todo: `${known.text}. ${known.todo ?? ""}`.trim() };
}

export const coverageReasons = Object.keys(words);

export function statusCodeName(code: string): string {
  return code === "ACTIVE" ? "Watched" : code === "INACTIVE" ? "Not watched" : code;
}

const modes: Record<string, string> = {
  EC2_SSM_AGENT_BASED: "With an agent",
  EC2_INSPECTOR_AGENT_BASED: "With an agent",
  VM_INSPECTOR_AGENT_BASED: "With an agent",
  EC2_AGENTLESS: "Without an agent",
};
export function scanModeName(mode: string | undefined): string {
  return mode ? (modes[mode] ?? mode) : "–";
}
const scanTypes: Record<string, string> = { PACKAGE: "Packages", NETWORK: "Network", CODE: "Code" };
export function scanTypeName(type: string | undefined): string {
  return type ? (scanTypes[type] ?? type) : "–";
}
