// FilterCriteria as the query of a property filter, and back.
//
// The query says in full what the API's rules mean: fields are joined by AND, values of one field by OR
// (a group), and every "is not" stands for itself. Back again it takes what people may combine on the
// screen to what the API can say: two values of one field that stand side by side become a group, two
// bounds of one number become one range, name and version of a package become one test of a package.
// What cannot be shown is kept as it is (`kept`) and stays in force.
import { joinPackages, packageTests, packageTokens } from "./packageTests";
import { boundsOf, intersect, type Range, rangeOf, rangeToken } from "./ranges";
import type { FilterField } from "./filterFields";

export interface Token {
  propertyKey?: string;
  operator: string;
  // A text, a list of words, a range, a tag or the tests of a package: as the operator wants it.
  value: unknown;
}
export interface TokenGroup {
  operation: "and" | "or";
  tokens: readonly (Token | TokenGroup)[];
}
export interface Query {
  operation: "and" | "or";
  tokens: readonly Token[];
  tokenGroups?: readonly (Token | TokenGroup)[];
}
/** Criteria of any request: lists of tests by member. */
export type Criteria = Record<string, unknown>;

interface TextTest {
  comparison: string;
  value: string;
}
export interface Tag {
  key: string;
  value?: string;
}

const operators: Record<string, string> = { EQUALS: "=", PREFIX: "^", NOT_EQUALS: "!=" };
const comparisons: Record<string, string> = { "=": "EQUALS", "^": "PREFIX", "!=": "NOT_EQUALS" };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const onlyHas = (value: Record<string, unknown>, ...members: string[]) => Object.keys(value).every((member) => members.includes(member));

export function isTextTest(value: unknown): value is TextTest {
  return isRecord(value) && onlyHas(value, "comparison", "value") && typeof value.value === "string" && value.value !== "" && String(value.comparison) in operators;
}
function isTagTest(value: unknown): value is Tag & { comparison: string } {
  if (!isRecord(value) || !onlyHas(value, "comparison", "key", "value")) return false;
  return value.comparison === "EQUALS" && typeof value.key === "string" && (value.value === undefined || typeof value.value === "string");
}

/** Alternatives as one token or one group of them. */
function alternatives(tokens: Token[]): (Token | TokenGroup)[] {
  if (tokens.length < 2) return tokens;
  return [{ operation: "or", tokens }];
}

function textTokens(field: FilterField, tests: TextTest[]): (Token | TokenGroup)[] {
  const token = (operator: string, value: unknown): Token => ({ propertyKey: field.key, operator, value });
  const of = (comparison: string) => tests.filter((test) => test.comparison === comparison).map((test) => test.value);
  const [equal, prefix, unequal] = [of("EQUALS"), of("PREFIX"), of("NOT_EQUALS")];
  const prefixes = prefix.map((value) => token("^", value));
  // A field of words takes several at once.
  if (field.words) {
    return [...alternatives([...(equal.length ? [token("=", equal)] : []), ...prefixes]), ...(unequal.length ? [token("!=", unequal)] : [])];
  }
  return [...alternatives([...equal.map((value) => token("=", value)), ...prefixes]), ...unequal.map((value) => token("!=", value))];
}

/** The tokens of one member; nothing if they would not say all of it. */
function tokensOf(field: FilterField, tests: unknown): (Token | TokenGroup)[] | undefined {
  if (field.single) return typeof tests === "string" ? [{ propertyKey: field.key, operator: "=", value: [tests] }] : undefined;
  if (!Array.isArray(tests) || tests.length === 0) return undefined;
  switch (field.kind) {
    case "text":
      return tests.every(isTextTest) ? textTokens(field, tests) : undefined;
    case "tag":
      if (!tests.every(isTagTest)) return undefined;
      return alternatives(tests.map(({ key, value }) => ({ propertyKey: field.key, operator: "=", value: value === undefined ? { key } : { key, value } })));
    case "package": {
      const tokens = packageTokens(tests);
      return tokens && alternatives(tokens);
    }
    default: {
      const tokens = tests.map((test) => rangeToken(field.key, boundsOf(field.kind, test)));
      return tokens.every((token) => token !== undefined) ? alternatives(tokens) : undefined;
    }
  }
}

export function toQuery(criteria: Criteria, fields: readonly FilterField[]): { query: Query; kept: Criteria } {
  const tokenGroups: (Token | TokenGroup)[] = [];
  const kept: Criteria = {};
  // In the order of the criteria: what was added last stands last.
  for (const [member, tests] of Object.entries(criteria)) {
    if (tests === undefined || tests === null) continue;
    const field = fields.find(({ key }) => key === member);
    const tokens = field && tokensOf(field, tests);
    if (tokens) tokenGroups.push(...tokens);
    else kept[member] = tests;
  }
  return { query: { operation: "and", tokens: [], tokenGroups }, kept };
}

const flat = (item: Token | TokenGroup): Token[] => ("tokens" in item ? item.tokens.flatMap(flat) : [item]);

function textsOf(tokens: Token[]): TextTest[] {
  const seen = new Set<string>();
  const tests: TextTest[] = [];
  for (const { operator, value } of tokens) {
    const comparison = comparisons[operator];
    for (const text of Array.isArray(value) ? value : [value]) {
      const key = `${operator}${String(text)}`;
      if (!comparison || typeof text !== "string" || text === "" || seen.has(key)) continue;
      seen.add(key);
      tests.push({ comparison, value: text });
    }
  }
  return tests;
}

function tagsOf(tokens: Token[]): unknown[] {
  return tokens.flatMap(({ value }) => {
    if (!isRecord(value) || typeof value.key !== "string" || value.key === "") return [];
    return [{ comparison: "EQUALS", key: value.key, ...(typeof value.value === "string" ? { value: value.value } : {}) }];
  });
}

/** Each entry: alternatives that stood together. Entries hold all at once. */
function testsOf(field: FilterField, together: Token[][]): unknown[] {
  switch (field.kind) {
    case "text":
      return textsOf(together.flat());
    case "tag":
      return tagsOf(together.flat());
    case "package":
      return joinPackages(together.map((tokens) => tokens.flatMap(packageTests)));
    default: {
      const kind = field.kind;
      const lists = together.map((tokens) => tokens.map((token) => rangeOf(kind, token)).filter((range): range is Range => range !== undefined));
      return intersect(kind, lists.filter((list) => list.length > 0));
    }
  }
}

/** The member a property belongs to: "vulnerablePackages.name" is one of vulnerablePackages. */
const memberOf = (property: string) => property.split(".", 1)[0] ?? property;

export function toCriteria(query: Query, fields: readonly FilterField[], kept: Criteria = {}): Criteria {
  const criteria: Criteria = {};
  // Fields of different kinds in one group cannot be joined by OR: each goes to its own field.
  const byMember = new Map<string, Token[][]>();
  for (const item of query.tokenGroups ?? query.tokens) {
    const group = new Map<string, Token[]>();
    for (const token of flat(item)) {
      if (token.propertyKey === undefined) continue;
      const member = memberOf(token.propertyKey);
      group.set(member, [...(group.get(member) ?? []), token]);
    }
    for (const [member, tokens] of group) byMember.set(member, [...(byMember.get(member) ?? []), tokens]);
  }
  for (const [member, together] of byMember) {
    const field = fields.find(({ key }) => key === member);
    if (!field) continue;
    if (field.single) {
      const last = textsOf(together.flat()).at(-1);
      if (last) criteria[member] = last.value;
      continue;
    }
    const tests = testsOf(field, together);
    if (tests.length > 0) criteria[member] = tests;
  }
  for (const [member, tests] of Object.entries(kept)) {
    const shown = criteria[member];
    criteria[member] = Array.isArray(shown) && Array.isArray(tests) ? [...(tests as unknown[]), ...(shown as unknown[])] : tests;
  }
  return criteria;
}
