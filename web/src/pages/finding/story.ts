// One finding with all that is known of it, in Inspector's types.
import type { FindingStory } from "~/api/own";
import { useOwn } from "~/api/queries";
import type { Finding, FindingDetail } from "~/api/wire";

export interface Story extends Omit<FindingStory, "finding" | "detail"> {
  finding: Finding;
  detail: FindingDetail;
}

export function useStory(findingId: string) {
  return useOwn<Story>(`findings/${encodeURIComponent(findingId)}`);
}
