// How the values of a filter are written.
import type { PackageTest } from "~/model/packageTests";
import { packageParts } from "~/model/packageTests";
import type { Tag } from "~/model/propertyFilter";
import type { Range } from "~/model/ranges";

const day = 86400;

/** A time as the day it begins or ends, if it does; else exactly. Seconds since 1970, UTC. */
export function formatDate(value: unknown): string {
  if (typeof value !== "number") return "";
  const text = new Date(value * 1000).toISOString();
  return value % day === 0 || value % day === day - 1 ? text.slice(0, 10) : `${text.slice(0, 19).replace("T", " ")} UTC`;
}

export function formatRange(value: unknown, of: (bound: unknown) => string = String): string {
  const { from, to } = (value ?? {}) as Range;
  return `${of(from)} and ${of(to)}`;
}

export function formatTag(value: unknown): string {
  const { key, value: text } = (value ?? {}) as Tag;
  return text === undefined ? `${key ?? ""} (any value)` : `${key} = ${text}`;
}

const operators: Record<string, string> = { EQUALS: "=", PREFIX: "^", NOT_EQUALS: "≠" };
export function formatPackage(value: unknown): string {
  const { epoch, ...parts } = (value ?? {}) as PackageTest;
  const texts = packageParts.flatMap(([part, label]) => {
    const test = parts[part];
    return test ? [`${label.replace(/^Package('s)? ?/, "") || "name"} ${operators[test.comparison] ?? ""} ${test.value}`] : [];
  });
  if (epoch) texts.push(`epoch ${epoch.lowerInclusive ?? ""}–${epoch.upperInclusive ?? ""}`);
  return texts.join(", ");
}
