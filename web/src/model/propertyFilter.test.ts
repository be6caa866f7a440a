import { expect, test } from "vitest";
import { filterFields } from "./filterFields";
import { type Criteria, type Query, toCriteria, toQuery, type Token, type TokenGroup } from "./propertyFilter";

/** Small and always the same. */
function randomNumbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Random = ReturnType<typeof randomNumbers>;
const pick = <T>(random: Random, choices: readonly T[]): T => choices[random(choices.length)] as T;

const texts = ["a", "CRITICAL", "YES", 'say "x"', "a = b", "!= ^ :", "ü 漢", "0", " ", "severity"];
const numbers = [0, 1, 7, 0.5, -3, 443, 65535, 1_795_442_700, 1_795_442_700.25];
const text = (random: Random) => ({ comparison: pick(random, ["EQUALS", "PREFIX", "NOT_EQUALS"]), value: pick(random, texts) });
function range(random: Random, first: string, last: string) {
  const which = random(4);
  return { ...(which !== 0 ? { [first]: pick(random, numbers) } : {}), ...(which !== 1 ? { [last]: pick(random, numbers) } : {}) };
}
function packageTest(random: Random) {
  const parts = ["name", "version", "release", "architecture", "filePath", "sourceLayerHash", "sourceLambdaLayerArn"].filter(() => random(3) === 0);
  return { ...Object.fromEntries(parts.map((part) => [part, text(random)])), ...(random(4) === 0 ? { epoch: range(random, "lowerInclusive", "upperInclusive") } : {}) };
}
const makers: Record<string, (random: Random) => unknown> = {
  text,
  date: (random) => range(random, "startInclusive", "endInclusive"),
  number: (random) => range(random, "lowerInclusive", "upperInclusive"),
  port: (random) => range(random, "beginInclusive", "endInclusive"),
  tag: (random) => ({ comparison: "EQUALS", key: pick(random, ["env", "a=b", "vigil:name"]), ...(random(2) ? { value: pick(random, ["", ...texts]) } : {}) }),
  package: packageTest,
};
/** What no screen shows: unknown comparisons, members, shapes. */
const strange = [{ comparison: "LIKE", value: "x" }, { comparison: "EQUALS", value: "" }, {}, 7, null, "text", { lowerInclusive: "7" }, { surprise: 1 }];

function criteriaOf(random: Random): Criteria {
  const chosen = filterFields.filter(() => random(12) === 0);
  return Object.fromEntries(
    chosen.map(({ key, kind }) => [key, Array.from({ length: 1 + random(4) }, () => (random(15) === 0 ? pick(random, strange) : makers[kind]?.(random)))]),
  );
}

/** As sets: order and repetition of a field's values say nothing. */
function asSets(criteria: Criteria) {
  return Object.fromEntries(Object.entries(criteria).map(([member, tests]) => [member, [...new Set((tests as unknown[]).map((one) => JSON.stringify(one, Object.keys((one ?? {}) as object).sort().concat(["comparison", "value", "lowerInclusive", "upperInclusive"]))))].sort()]));
}

test.each(Array.from({ length: 400 }, (_, seed) => seed))("criteria survive the screen (%i)", (seed) => {
  const criteria = criteriaOf(randomNumbers(seed));
  const { query, kept } = toQuery(criteria, filterFields);
  expect(asSets(toCriteria(query, filterFields, kept))).toEqual(asSets(criteria));
});

test.each(Array.from({ length: 200 }, (_, seed) => seed))("what is shown once is shown the same again (%i)", (seed) => {
  const first = toQuery(criteriaOf(randomNumbers(seed)), filterFields);
  const again = toQuery(toCriteria(first.query, filterFields, first.kept), filterFields);
  expect(toQuery(toCriteria(again.query, filterFields, again.kept), filterFields)).toEqual(again);
});

test("all 65 members of FilterCriteria are there, once", () => {
  expect(filterFields.length).toBe(65);
  expect(new Set(filterFields.map(({ key }) => key)).size).toBe(65);
  expect(new Set(filterFields.map(({ label }) => label)).size).toBe(65);
});

test("what cannot be shown is kept", () => {
  const criteria = { novelField: [{ comparison: "EQUALS", value: "x" }], title: [{ comparison: "LIKE", value: "x" }], severity: [{ comparison: "EQUALS", value: "HIGH" }] };
  expect(toQuery(criteria, filterFields).kept).toEqual({ novelField: criteria.novelField, title: criteria.title });
});

const shown = (criteria: Criteria) => toQuery(criteria, filterFields).query.tokenGroups;
const equal = (value: string) => ({ comparison: "EQUALS", value });

test("values of a field are alternatives, exclusions stand for themselves", () => {
  expect(shown({ resourceId: [equal("i-1"), { comparison: "NOT_EQUALS", value: "i-9" }, { comparison: "PREFIX", value: "arn:" }, { comparison: "NOT_EQUALS", value: "i-8" }] })).toEqual([
    { operation: "or", tokens: [{ propertyKey: "resourceId", operator: "=", value: "i-1" }, { propertyKey: "resourceId", operator: "^", value: "arn:" }] },
    { propertyKey: "resourceId", operator: "!=", value: "i-9" },
    { propertyKey: "resourceId", operator: "!=", value: "i-8" },
  ]);
});

test("words are chosen several at a time", () => {
  expect(shown({ severity: [equal("HIGH"), equal("CRITICAL")] })).toEqual([{ propertyKey: "severity", operator: "=", value: ["HIGH", "CRITICAL"] }]);
});

const typed = (...tokenGroups: (Token | TokenGroup)[]): Query => ({ operation: "and", tokens: [], tokenGroups });
const token = (propertyKey: string, operator: string, value: unknown): Token => ({ propertyKey, operator, value });

test("two bounds side by side are one range", () => {
  expect(toCriteria(typed(token("inspectorScore", ">=", "7"), token("inspectorScore", "<=", "9")), filterFields)).toEqual({ inspectorScore: [{ lowerInclusive: 7, upperInclusive: 9 }] });
});

test("two bounds in a group are alternatives", () => {
  const group: TokenGroup = { operation: "or", tokens: [token("inspectorScore", "<=", 2), token("inspectorScore", ">=", 9)] };
  expect(toCriteria(typed(group), filterFields)).toEqual({ inspectorScore: [{ upperInclusive: 2 }, { lowerInclusive: 9 }] });
});

test("name and version side by side ask about one package; two names are alternatives", () => {
  const query = typed(token("vulnerablePackages.name", "=", "curl"), token("vulnerablePackages.version", "^", "7."), token("vulnerablePackages.name", "=", "libcurl4"));
  const version = { comparison: "PREFIX", value: "7." };
  expect(toCriteria(query, filterFields)).toEqual({ vulnerablePackages: [{ name: equal("curl"), version }, { name: equal("libcurl4"), version }] });
});

test.each(["", "abc", "7x", " "])("%j is no number and no criterion", (value) => {
  expect(toCriteria(typed(token("epssScore", ">=", value)), filterFields)).toEqual({});
});

test("a group over several fields falls apart into its fields", () => {
  const group: TokenGroup = { operation: "or", tokens: [token("title", "^", "CVE"), token("severity", "=", ["LOW"])] };
  expect(toCriteria(typed(group), filterFields)).toEqual({ title: [{ comparison: "PREFIX", value: "CVE" }], severity: [equal("LOW")] });
});
