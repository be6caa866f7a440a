// The answers of Vigil's own interface, /vigil/v1/: what Inspector has no operation for.
//
// These types are the contract with src/server/routes: tests/contract.spec.ts compares them, member by
// member, with what a running server answers. Times are seconds since 1970; what is absent is left out.

/** Findings by severity. */
export interface Counts {
  critical: number;
  high: number;
  medium: number;
  low: number;
  informational: number;
  untriaged: number;
}

/** GET /vigil/v1/session */
export interface Session {
  account: string;
  principal: string;
  region: string;
  administrator: boolean;
  /** What every request but a GET must carry as x-vigil-csrf; absent for a signed request. */
  csrf?: string;
  expiresAt?: number;
}

/** GET /vigil/v1/server: what this server is and what it was told to watch. */
export interface Server {
  version: string;
  startedAt: number;
  account: string;
  region: string;
  store: "sqlite" | "postgresql";
  host: {
    watched: boolean;
    /** Of this machine, once it has been scanned. */
    resourceId?: string;
    scanInterval: number;
    deepInterval: number;
  };
  /** Absent where no registry is watched. */
  registry?: { address: string; interval: number; repositories: string[]; tags: string[]; notifications: boolean };
  intelligence: { interval: number };
}

/** GET /vigil/v1/summary: the account in numbers. */
export interface Summary {
  asOf: number;
  active: Counts;
  suppressed: number;
  /** ACTIVE findings for which an exploit is known, and for which a fix is there. */
  exploitable: number;
  fixable: number;
  /** The last 24 hours, from the start of an hour. */
  day: { since: number; opened: Counts; closed: number };
  /** ACTIVE findings in CISA's catalogue; overdue: its due date has passed; dueSoon: within 14 days. */
  knownExploited: { findings: number; overdue: number; dueSoon: number };
  /** Resources by type and whether they are scanned. */
  resources: { resourceType: string; watched: number; notWatched: number }[];
  /** The sum of the weights of ACTIVE findings (docs/scoring.md, "What to fix first"). */
  risk: number;
}

/** GET /vigil/v1/trend?days=90: one entry per UTC day for which something is known, oldest first. */
export interface Trend {
  days: { day: string; active: Counts; risk: number; opened: number; closed: number }[];
}

/** GET /vigil/v1/deadlines?limit=: known exploited vulnerabilities with ACTIVE findings, by due date. */
export interface Deadlines {
  total: number;
  deadlines: {
    vulnerabilityId: string;
    title: string;
    dueDate: number;
    severity: string;
    findings: number;
    resources: number;
  }[];
}

/** GET /vigil/v1/upgrades?limit=: what to fix first, the upgrade that removes most risk first. */
export interface Upgrades {
  /** Of all ACTIVE findings, as in Summary. */
  risk: number;
  upgrades: Upgrade[];
}
export interface Upgrade {
  /** The source package where the ecosystem has them, else the package. */
  package: string;
  packageManager: string;
  /** Versions installed, a few of them. */
  installed: string[];
  /** The lowest version that fixes all that is counted here. */
  target: string;
  resources: number;
  /** The resource's id, where it is only one. */
  resourceId?: string;
  findings: number;
  counts: Counts;
  knownExploited: number;
  inUse: boolean;
  risk: number;
  /** What to type; absent if nobody knows. */
  command?: string;
  /** FilterCriteria of ListFindings that show what it fixes. */
  filterCriteria: Record<string, unknown>;
}

/** POST /vigil/v1/findings/count {filterCriteria}: how many, exactly. */
export interface FindingCount {
  active: number;
  suppressed: number;
  closed: number;
}

/** GET /vigil/v1/findings/{findingId}: one finding with all that is known of it. */
export interface FindingStory {
  /** Inspector's Finding, as ListFindings gives it. */
  finding: Record<string, unknown>;
  /** Inspector's FindingDetail, as BatchGetFindingDetails gives it. */
  detail: Record<string, unknown>;
  /** Absent where there is no CVSS vector. */
  score?: ScoreExplained;
  /** The rule that hides it, if one does. */
  suppressedBy?: { arn: string; name: string };
  /** Without status and severity where the event itself is no longer kept and only its time is known. */
  life: { kind: string; time: number; status?: string; severity?: string }[];
  /** Other resources with the same vulnerability, the worst first; at most 20 of `total`. */
  elsewhere: {
    total: number;
    resources: { findingArn: string; resourceId: string; resourceType: string; name: string; score?: number; status: string }[];
  };
  /** What to type to be rid of it; empty if nobody knows. */
  commands: string[];
}
export interface ScoreExplained {
  base: { vector: string; score: number; version: string; source: string };
  final: { vector: string; score: number };
  /** In the order they were applied; `after` is the score once this one and those before it hold. */
  steps: { metric: string; from?: string; to?: string; reason: string; after: number }[];
}

/** GET /vigil/v1/resources?type=&limit=&next= */
export interface Resources {
  resources: ListedResource[];
  next?: string;
}
export interface ListedResource {
  resourceId: string;
  resourceType: string;
  name?: string;
  [member: string]: unknown;
}

/** GET /vigil/v1/resources/{resourceId} */
export interface ResourceStory {
  /** Inspector's Resource. */
  resource?: Record<string, unknown>;
  name?: string;
  scanStatus: { statusCode: string; reason: string };
  inventory: string;
  firstSeenAt: number;
  lastScannedAt?: number;
  removedAt?: number;
  /** Processes, ports, addresses (docs/formats/inventory.md). */
  runtime?: Record<string, unknown>;
  packages: Record<string, unknown>[];
  /** ACTIVE findings. */
  counts: Counts;
  suppressed: number;
}

/** GET /vigil/v1/resources/{resourceId}/history?before=&limit=: newest first. */
export interface ResourceHistory {
  events: { sequence: number; kind: string; time: number; findingArn?: string; vulnerabilityId?: string; severity?: string; status?: string; detail?: unknown }[];
  /** For `before` of the next request. */
  next?: number;
}

/** GET /vigil/v1/intelligence */
export interface Intelligence {
  loaded: boolean;
  stamp?: string;
  createdAt?: number;
  ageSeconds?: number;
  vulnerabilities?: number;
  packages?: number;
  ecosystems?: { name: string; packages: number }[];
  sources?: {
    label: string;
    origin: string;
    readAt: number;
    failure?: string;
    feeds: { name: string; newestDataAt?: number }[];
  }[];
  /** Feeds that Vigil knows and that gave nothing. */
  missing?: { name: string; title: string }[];
  /** Systems and ecosystems of what is watched that no loaded feed covers, with how many resources. */
  uncovered?: { name: string; resources: number }[];
}

/** GET /vigil/v1/search?q=&limit=: what a few letters may mean; at most `limit` of each kind. */
export interface SearchAnswer {
  vulnerabilities: { id: string; severity?: string; findings: number }[];
  resources: { resourceId: string; resourceType: string; name: string }[];
  packages: { name: string; ecosystem: string }[];
}

/** GET /vigil/v1/users (administrators), POST {name, password, administrator}, DELETE /vigil/v1/users/{name},
 *  PUT /vigil/v1/users/{name}/password {password, current}. */
export interface Users {
  users: { name: string; administrator: boolean; createdAt: number; sessions: number }[];
}

/** GET /vigil/v1/keys, POST {holder}, DELETE /vigil/v1/keys/{accessKeyId} (disables it for good). */
export interface Keys {
  keys: { accessKeyId: string; holder: string; createdAt: number; disabledAt?: number }[];
}
export interface NewKey {
  accessKeyId: string;
  /** Shown once. */
  secretAccessKey: string;
  holder: string;
}

/** GET /vigil/v1/stream: server-sent events. Each says what changed since the last one of its kind. */
export interface ChangesEvent {
  /** Goes into `after` when the stream is opened anew; also the event's id. */
  sequence: number;
  /** How many of each kind of event. */
  kinds: Record<string, number>;
  /** Resources they are about, at most 100 of them. */
  resources: string[];
}
export interface IntelligenceEvent {
  stamp: string;
  createdAt: number;
}
