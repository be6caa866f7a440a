// Whether the intelligence in force can be relied on, and why not.
import type { Intelligence } from "~/api/own";
import { listed } from "./listed";

export const staleSeconds = 86400;

export interface Freshness {
  type: "success" | "warning" | "error";
  /** The worst first; empty where all is well. */
  problems: string[];
}

const unnamed: Record<string, string> = { OTHER: "systems that are not recognised", generic: "packages of no ecosystem" };
/** What the server calls a system or an ecosystem, in words. */
export const uncoveredName = (name: string) => unnamed[name] ?? name;

export function freshness(known: Intelligence, now = Date.now() / 1000): Freshness {
  if (!known.loaded) return { type: "error", problems: ["No intelligence is loaded, so no vulnerability can be found."] };
  const problems: string[] = [];
  if (known.createdAt !== undefined && now - known.createdAt > staleSeconds) {
    problems.push("It is older than a day: what was published since is not known.");
  }
  const failed = (known.sources ?? []).filter((source) => source.failure !== undefined).length;
  if (failed > 0) problems.push(failed === 1 ? "One source could not be read." : `${failed} sources could not be read.`);
  const uncovered = known.uncovered ?? [];
  if (uncovered.length > 0) {
    const names = uncovered.slice(0, 3).map((one) => uncoveredName(one.name));
    problems.push(`Nothing is known of ${listed(uncovered.length > 3 ? [...names, "others"] : names, "and")}, which you run.`);
  }
  return { type: problems.length > 0 ? "warning" : "success", problems };
}
