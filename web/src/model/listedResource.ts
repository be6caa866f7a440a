// A resource as the list of resources has it.
import type { Counts, ListedResource } from "~/api/own";
import { total } from "./severity";

export interface Listed extends ListedResource {
  platform?: string;
  scanStatus?: { statusCode: string; reason: string };
  firstSeenAt?: number;
  lastScannedAt?: number;
  removedAt?: number;
  activeFindings?: Counts;
}

/** So that more of a worse kind always weigh more than any number of a lesser one; counts stay below 10,000. */
export function weight(counts: Counts | undefined): number {
  if (!counts) return 0;
  const { critical, high, medium, low } = counts;
  const part = (number: number) => Math.min(number, 9999);
  return ((part(critical) * 1e4 + part(high)) * 1e4 + part(medium)) * 1e4 + part(low) + Math.min(total(counts), 9999) / 1e4;
}
