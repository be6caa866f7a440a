// Suppression rules: all of them, and how one is kept.
import { useQuery } from "@tanstack/react-query";
import { lastDay, ruleTags } from "~/model/suppression";
import { call } from "./client";
import { everything } from "./everything";
import { ofFindings } from "./live";
import type { Filter, FilterCriteria } from "./wire";

const atOnce = 100;
/** An account has no more: they are shown, sorted and searched as a whole. */
const most = 500;

export function useRules() {
  return useQuery({
    queryKey: [ofFindings, "rules"],
    queryFn: async ({ signal }) => {
      const { items } = await everything<Filter>(most, async (nextToken) => {
        const page = await call("ListFilters", { action: "SUPPRESS", maxResults: atOnce, ...(nextToken ? { nextToken } : {}) }, signal);
        return { items: page.filters ?? [], next: page.nextToken };
      });
      return items;
    },
  });
}

export interface RuleInput {
  name: string;
  criteria: FilterCriteria;
  reason: string;
  owner: string;
  /** "2027-01-31"; empty for a rule without an end. */
  expires: string;
}

/** Makes a rule, or changes the one that is given. Answers its ARN. */
export async function saveRule({ name, criteria, reason, owner, expires }: RuleInput, before?: Filter): Promise<string> {
  const tags = ruleTags(owner, expires);
  const common = { action: "SUPPRESS" as const, name, filterCriteria: criteria, ...(reason.trim() ? { reason: reason.trim() } : {}) };
  if (!before?.arn) return (await call("CreateFilter", { ...common, tags })).arn ?? "";
  // A rule may end at any second: one whose day was left alone keeps it.
  const end = before.tags?.["vigil:expires"];
  if (end && lastDay(end) === expires) tags["vigil:expires"] = end;
  await call("UpdateFilter", { ...common, filterArn: before.arn });
  const gone = ["vigil:owner", "vigil:expires"].filter((key) => before.tags?.[key] !== undefined && tags[key] === undefined);
  if (Object.keys(tags).length > 0) await call("TagResource", { resourceArn: before.arn, tags });
  if (gone.length > 0) await call("UntagResource", { resourceArn: before.arn, tagKeys: gone });
  return before.arn;
}
