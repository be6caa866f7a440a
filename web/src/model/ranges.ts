// Numbers, dates and ports between bounds: three shapes of the API, one idea. Bounds are inclusive.
import type { FieldKind } from "./filterFields";
import type { Token } from "./propertyFilter";

export interface Range {
  from?: number;
  to?: number;
}
type RangeKind = Exclude<FieldKind, "text" | "tag" | "package">;

const members: Record<RangeKind, [string, string]> = {
  date: ["startInclusive", "endInclusive"],
  number: ["lowerInclusive", "upperInclusive"],
  port: ["beginInclusive", "endInclusive"],
};
const isKind = (kind: FieldKind): kind is RangeKind => kind in members;

/** The operator of a range with both bounds. */
export const between = "between";

/** What a test of the API says; nothing if it is none, or has no bounds or unknown members. */
export function boundsOf(kind: FieldKind, test: unknown): Range | undefined {
  if (!isKind(kind) || typeof test !== "object" || test === null) return undefined;
  const [first, last] = members[kind];
  const range: Range = {};
  for (const [member, value] of Object.entries(test as Record<string, unknown>)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== "number" || (member !== first && member !== last)) return undefined;
    if (kind === "port" && !Number.isInteger(value)) return undefined;
    range[member === first ? "from" : "to"] = value;
  }
  return range.from === undefined && range.to === undefined ? undefined : range;
}

export function rangeToken(propertyKey: string, range: Range | undefined): Token | undefined {
  if (!range) return undefined;
  if (range.from === undefined) return { propertyKey, operator: "<=", value: range.to };
  if (range.to === undefined) return { propertyKey, operator: ">=", value: range.from };
  if (range.from === range.to) return { propertyKey, operator: "=", value: range.from };
  return { propertyKey, operator: between, value: { from: range.from, to: range.to } };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** What a token says, typed or chosen; nothing if it is no number. */
export function rangeOf(kind: FieldKind, { operator, value }: Token): Range | undefined {
  if (operator === between) {
    const { from, to } = (typeof value === "object" && value !== null ? value : {}) as { from?: unknown; to?: unknown };
    const [low, high] = [numberOf(from), numberOf(to)];
    return low === undefined || high === undefined ? undefined : { from: low, to: high };
  }
  const number = numberOf(value);
  if (number === undefined || (kind === "port" && !Number.isInteger(number))) return undefined;
  switch (operator) {
    case ">=":
      return { from: number };
    case "<=":
      return { to: number };
    default:
      return { from: number, to: number };
  }
}

function meet(a: Range, b: Range): Range {
  const from = Math.max(a.from ?? -Infinity, b.from ?? -Infinity);
  const to = Math.min(a.to ?? Infinity, b.to ?? Infinity);
  return { ...(from > -Infinity ? { from } : {}), ...(to < Infinity ? { to } : {}) };
}

/** Ranges of which one of each list holds, as tests of the API. */
export function intersect(kind: FieldKind, lists: Range[][]): unknown[] {
  const [head, ...rest] = lists;
  if (!head || !isKind(kind)) return [];
  const joined = rest.reduce((sofar, list) => sofar.flatMap((one) => list.map((other) => meet(one, other))), head);
  const [first, last] = members[kind];
  return joined.map(({ from, to }) => ({ ...(from === undefined ? {} : { [first]: from }), ...(to === undefined ? {} : { [last]: to }) }));
}
