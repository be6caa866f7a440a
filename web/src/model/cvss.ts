// CVSS vectors in words: the names of the metrics and their values in 2.0, 3.0, 3.1 and 4.0, as FIRST's
// specifications call them, and what a resource's own circumstances changed.

interface Metric {
  name: string;
  values: Record<string, string>;
  /** Only said where a vector sets it. */
  optional?: true;
}
type Metrics = Record<string, Metric>;

const network = { N: "Network", A: "Adjacent network", L: "Local", P: "Physical" };
const complexity = { L: "Low", H: "High" };
const privileges = { N: "None", L: "Low", H: "High" };
const impact = { H: "High", L: "Low", N: "None" };
const requirement = { X: "Not defined", H: "High", M: "Medium", L: "Low" };

const requirements: Metrics = {
  CR: { name: "Confidentiality requirement", values: requirement, optional: true },
  IR: { name: "Integrity requirement", values: requirement, optional: true },
  AR: { name: "Availability requirement", values: requirement, optional: true },
};

const version3: Metrics = {
  AV: { name: "Attack vector", values: network },
  AC: { name: "Attack complexity", values: complexity },
  PR: { name: "Privileges required", values: privileges },
  UI: { name: "User interaction", values: { N: "None", R: "Required" } },
  S: { name: "Scope", values: { U: "Unchanged", C: "Changed" } },
  C: { name: "Confidentiality impact", values: impact },
  I: { name: "Integrity impact", values: impact },
  A: { name: "Availability impact", values: impact },
  E: { name: "Exploit code maturity", values: { X: "Not defined", U: "Unproven", P: "Proof of concept", F: "Functional", H: "High" }, optional: true },
  RL: { name: "Remediation level", values: { X: "Not defined", O: "Official fix", T: "Temporary fix", W: "Workaround", U: "Unavailable" }, optional: true },
  RC: { name: "Report confidence", values: { X: "Not defined", U: "Unknown", R: "Reasonable", C: "Confirmed" }, optional: true },
  ...requirements,
};

const subsequent = { ...impact, S: "Safety" };
const version4: Metrics = {
  AV: { name: "Attack vector", values: network },
  AC: { name: "Attack complexity", values: complexity },
  AT: { name: "Attack requirements", values: { N: "None", P: "Present" } },
  PR: { name: "Privileges required", values: privileges },
  UI: { name: "User interaction", values: { N: "None", P: "Passive", A: "Active" } },
  VC: { name: "Confidentiality of the vulnerable system", values: impact },
  VI: { name: "Integrity of the vulnerable system", values: impact },
  VA: { name: "Availability of the vulnerable system", values: impact },
  SC: { name: "Confidentiality of other systems", values: subsequent },
  SI: { name: "Integrity of other systems", values: subsequent },
  SA: { name: "Availability of other systems", values: subsequent },
  E: { name: "Exploit maturity", values: { X: "Not defined", A: "Attacked", P: "Proof of concept", U: "Unreported" }, optional: true },
  ...requirements,
  S: { name: "Safety", values: { X: "Not defined", N: "Negligible", P: "Present" }, optional: true },
  AU: { name: "Automatable", values: { X: "Not defined", N: "No", Y: "Yes" }, optional: true },
  R: { name: "Recovery", values: { X: "Not defined", A: "Automatic", U: "User", I: "Irrecoverable" }, optional: true },
  V: { name: "Value density", values: { X: "Not defined", D: "Diffuse", C: "Concentrated" }, optional: true },
  RE: { name: "Response effort", values: { X: "Not defined", L: "Low", M: "Moderate", H: "High" }, optional: true },
  U: { name: "Provider urgency", values: { X: "Not defined", Clear: "Clear", Green: "Green", Amber: "Amber", Red: "Red" }, optional: true },
};

const impact2 = { N: "None", P: "Partial", C: "Complete" };
const requirement2 = { ND: "Not defined", L: "Low", M: "Medium", H: "High" };
const version2: Metrics = {
  AV: { name: "Access vector", values: network },
  AC: { name: "Access complexity", values: { L: "Low", M: "Medium", H: "High" } },
  Au: { name: "Authentication", values: { N: "None", S: "Single", M: "Multiple" } },
  C: { name: "Confidentiality impact", values: impact2 },
  I: { name: "Integrity impact", values: impact2 },
  A: { name: "Availability impact", values: impact2 },
  E: { name: "Exploitability", values: { ND: "Not defined", U: "Unproven", POC: "Proof of concept", F: "Functional", H: "High" }, optional: true },
  RL: { name: "Remediation level", values: { ND: "Not defined", OF: "Official fix", TF: "Temporary fix", W: "Workaround", U: "Unavailable" }, optional: true },
  RC: { name: "Report confidence", values: { ND: "Not defined", UC: "Unconfirmed", UR: "Uncorroborated", C: "Confirmed" }, optional: true },
  CDP: { name: "Collateral damage potential", values: { ND: "Not defined", N: "None", L: "Low", LM: "Low to medium", MH: "Medium to high", H: "High" }, optional: true },
  TD: { name: "Target distribution", values: { ND: "Not defined", N: "None", L: "Low", M: "Medium", H: "High" }, optional: true },
  CR: { name: "Confidentiality requirement", values: requirement2, optional: true },
  IR: { name: "Integrity requirement", values: requirement2, optional: true },
  AR: { name: "Availability requirement", values: requirement2, optional: true },
};

function metricsOf(vector: string): Metrics {
  if (vector.startsWith("CVSS:4.")) return version4;
  return vector.startsWith("CVSS:3.") ? version3 : version2;
}

function partsOf(vector: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of vector.replace(/^\(|\)$/g, "").split("/")) {
    const [metric, value] = part.split(":");
    if (metric && value && metric !== "CVSS") parts.set(metric, value);
  }
  return parts;
}

const undefinedValues = ["X", "ND"];

/** What a metric stands at: of a modified one that is set, its value. */
function effective(parts: Map<string, string>, metric: string): { metric: string; value: string } | undefined {
  for (const name of [`M${metric}`, metric]) {
    const value = parts.get(name);
    if (value && !undefinedValues.includes(value)) return { metric: name, value };
  }
  return undefined;
}

export interface MetricRow {
  /** "AV" */
  metric: string;
  name: string;
  /** In words. */
  published: string;
  here: string;
  changed: boolean;
  /** What was set for the change: "MAV:P". */
  set?: string;
}

/** Two vectors of one version side by side. A metric that neither sets is left out if it may be. */
export function compareVectors(published: string, here: string): MetricRow[] {
  const before = partsOf(published);
  const after = partsOf(here);
  return Object.entries(metricsOf(here)).flatMap(([metric, { name, values, optional }]): MetricRow[] => {
    const from = effective(before, metric);
    const to = effective(after, metric) ?? from;
    if (!from && !to && optional) return [];
    const word = (at: typeof from) => (at ? (values[at.value] ?? at.value) : "Not defined");
    const changed = from?.value !== to?.value;
    return [{ metric, name, published: word(from), here: word(to), changed, ...(changed && to ? { set: `${to.metric}:${to.value}` } : {}) }];
  });
}

/** "Attack vector" of "AV" and of "MAV"; what is no metric stays itself. */
export function metricName(vector: string, metric: string): string {
  const metrics = metricsOf(vector);
  return (metrics[metric] ?? metrics[metric.replace(/^M/, "")])?.name ?? metric;
}

/** "Physical" of "MAV" "P" */
export function valueName(vector: string, metric: string, value: string): string {
  if (undefinedValues.includes(value)) return "Not defined";
  const metrics = metricsOf(vector);
  return (metrics[metric] ?? metrics[metric.replace(/^M/, "")])?.values[value] ?? value;
}
