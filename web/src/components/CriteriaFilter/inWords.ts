// A filter of the API in words, for where it is only read.
import { type FilterField, wordOf } from "~/model/filterFields";
import { listed } from "~/model/listed";
import { type PackageTest, packageParts } from "~/model/packageTests";
import { type Criteria, isTextTest, type Tag } from "~/model/propertyFilter";
import { boundsOf } from "~/model/ranges";
import { formatDate, formatTag } from "./formats";

export interface Sentence {
  /** "Severity" */
  label: string;
  /** "Critical or High" */
  text: string;
}

const before: Record<string, string> = { EQUALS: "", PREFIX: "begins with ", NOT_EQUALS: "not " };

/** All that one test asks of one package: "curl, version 8.0". */
function packageInWords(test: PackageTest): string {
  const texts = packageParts.flatMap(([part, label]) => {
    const asked = test[part];
    if (!asked) return [];
    const name = label.replace(/^Package('s)? ?/, "");
    return [`${name === "" ? "" : `${name} `}${before[asked.comparison] ?? ""}${asked.value}`];
  });
  const { lowerInclusive, upperInclusive } = test.epoch ?? {};
  if (test.epoch) texts.push(`epoch ${lowerInclusive ?? ""}–${upperInclusive ?? ""}`);
  return texts.join(", ");
}

function textInWords(field: FilterField, tests: { comparison: string; value: string }[]): string {
  const of = (comparison: string) => tests.filter((test) => test.comparison === comparison).map(({ value }) => (before[comparison] ?? "") + wordOf(field, value));
  const wanted = listed([...of("EQUALS"), ...of("PREFIX")], "or");
  const unwanted = listed(of("NOT_EQUALS"), "and");
  return [wanted, unwanted].filter((text) => text !== "").join(", ");
}

function rangeInWords(field: FilterField, test: unknown): string | undefined {
  const bounds = boundsOf(field.kind, test);
  if (!bounds) return undefined;
  const of = (bound: number) => (field.kind === "date" ? formatDate(bound) : String(bound));
  const { from, to } = bounds;
  if (from === to && from !== undefined) return of(from);
  if (from !== undefined && to !== undefined) return `${of(from)} to ${of(to)}`;
  return from !== undefined ? `${of(from)} or more` : `${of(to ?? 0)} or less`;
}

function testsInWords(field: FilterField, tests: unknown[]): string | undefined {
  switch (field.kind) {
    case "text":
      return tests.every(isTextTest) ? textInWords(field, tests) : undefined;
    case "tag":
      return listed(tests.map((test) => formatTag(test as Tag)), "or");
    case "package":
      return listed(tests.map((test) => packageInWords(test as PackageTest)), "or");
    default: {
      const ranges = tests.map((test) => rangeInWords(field, test));
      return ranges.every((text) => text !== undefined) ? listed(ranges, "or") : undefined;
    }
  }
}

/** One sentence for each member; what there are no words for is shown as it is. */
export function inWords(criteria: Criteria, fields: readonly FilterField[]): Sentence[] {
  return Object.entries(criteria)
    .filter(([, tests]) => tests !== undefined && tests !== null)
    .map(([member, tests]) => {
      const field = fields.find(({ key }) => key === member);
      const text = field && Array.isArray(tests) ? testsInWords(field, tests) : undefined;
      return { label: field?.label ?? member, text: text || JSON.stringify(tests) };
    });
}
