// Tests of packages. One of them may ask several things of one and the same package: those are one
// token with a form of its own; a test that asks one thing is an ordinary property.
import type { Token } from "./propertyFilter";

export const packageMember = "vulnerablePackages";

/** What can be asked of a package. */
export const packageParts = [
  ["name", "Package"],
  ["version", "Package version"],
  ["release", "Package release"],
  ["architecture", "Package architecture"],
  ["filePath", "Package file"],
  ["sourceLayerHash", "Package's image layer"],
  ["sourceLambdaLayerArn", "Package's function layer"],
] as const;
export type PackagePart = (typeof packageParts)[number][0];

export interface TextTest {
  comparison: string;
  value: string;
}
export type PackageTest = Partial<Record<PackagePart, TextTest>> & { epoch?: { lowerInclusive?: number; upperInclusive?: number } };

const operators: Record<string, string> = { EQUALS: "=", PREFIX: "^" };
const comparisons: Record<string, string> = { "=": "EQUALS", "^": "PREFIX" };
const isPart = (name: string): name is PackagePart => packageParts.some(([part]) => part === name);

function isTextTest(value: unknown): value is TextTest {
  const test = value as Partial<TextTest> | null;
  return typeof test === "object" && test !== null && typeof test.value === "string" && test.value !== "" && ["EQUALS", "PREFIX", "NOT_EQUALS"].includes(test.comparison ?? "");
}
function isEpoch(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const bounds = Object.entries(value).filter(([, bound]) => bound !== undefined && bound !== null);
  return bounds.length > 0 && bounds.every(([name, bound]) => (name === "lowerInclusive" || name === "upperInclusive") && typeof bound === "number");
}

function tokenOf(test: unknown): Token | undefined {
  if (typeof test !== "object" || test === null) return undefined;
  const parts = Object.entries(test).filter(([, value]) => value !== undefined && value !== null);
  if (parts.length === 0 || !parts.every(([name, value]) => (name === "epoch" ? isEpoch(value) : isPart(name) && isTextTest(value)))) return undefined;
  const [name, value] = parts[0] as [string, TextTest];
  // "Is not" says "has a package that is another one", which only the form puts plainly.
  const operator = parts.length === 1 && name !== "epoch" ? operators[value.comparison] : undefined;
  if (operator) return { propertyKey: `${packageMember}.${name}`, operator, value: value.value };
  return { propertyKey: packageMember, operator: "=", value: Object.fromEntries(parts) };
}

/** A token for each test; nothing if one of them cannot be shown. */
export function packageTokens(tests: unknown[]): Token[] | undefined {
  const tokens = tests.map(tokenOf);
  return tokens.every((token) => token !== undefined) ? tokens : undefined;
}

/** The tests of one token. */
export function packageTests({ propertyKey, operator, value }: Token): PackageTest[] {
  if (propertyKey === packageMember) {
    return typeof value === "object" && value !== null && Object.keys(value).length > 0 ? [value as PackageTest] : [];
  }
  const part = propertyKey?.slice(packageMember.length + 1) ?? "";
  const comparison = comparisons[operator];
  if (!isPart(part) || !comparison || typeof value !== "string" || value === "") return [];
  return [{ [part]: { comparison, value } }];
}

/** Lists of which one test each holds. Those that ask different things ask them of one package; those
 *  that ask the same thing are alternatives, because no package has two names. */
export function joinPackages(lists: PackageTest[][]): PackageTest[] {
  const joined = lists.filter((list) => list.length > 0).reduce<PackageTest[][]>((sofar, list) => {
    const parts = (tests: PackageTest[]) => tests.flatMap((test) => Object.keys(test));
    const alike = sofar.findIndex((other) => parts(other).some((part) => parts(list).includes(part)));
    if (alike < 0) return [...sofar, list];
    return sofar.map((other, index) => (index === alike ? [...other, ...list] : other));
  }, []);
  const [head, ...rest] = joined;
  return rest.reduce((sofar, list) => sofar.flatMap((one) => list.map((other) => ({ ...one, ...other }))), head ?? []);
}
