// Aggregated vulnerabilities as lists show them.
import type { AggregationResponse } from "~/api/wire";

export interface AggregatedTitle {
  id: string;
  title: string;
  critical: number;
  high: number;
  medium: number;
  all: number;
}

export function titlesOf(responses: readonly AggregationResponse[]): AggregatedTitle[] {
  return responses.flatMap((response): AggregatedTitle[] => {
    const one = response.titleAggregation;
    if (!one?.vulnerabilityId) return [];
    const { critical = 0, high = 0, medium = 0, all = 0 } = one.severityCounts ?? {};
    return [{ id: one.vulnerabilityId, title: one.title ?? one.vulnerabilityId, critical, high, medium, all }];
  });
}
