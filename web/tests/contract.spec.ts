// The types of src/api/own.ts against what the server answers: every member that comes is known, has the type
// that is written there, and none that must be there is missing.
import ts from "typescript";
import { call, expect, get, test } from "./console";

const file = new URL("../src/api/own.ts", import.meta.url).pathname;
const program = ts.createProgram([file], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022 });
const checker = program.getTypeChecker();
const source = program.getSourceFile(file)!;

function typeNamed(name: string): ts.Type {
  const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).find((one) => one.name === name);
  if (!symbol) throw new Error(`src/api/own.ts has no ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

function differences(value: unknown, type: ts.Type, path: string): string[] {
  const alternatives = type.isUnion() ? type.types : [type];
  const found = alternatives.map((one) => differencesOfOne(value, one, path));
  return found.find((list) => list.length === 0) ?? found[0] ?? [];
}

function differencesOfOne(value: unknown, type: ts.Type, path: string): string[] {
  const wrong = [`${path}: ${JSON.stringify(value)?.slice(0, 80)} is no ${checker.typeToString(type)}`];
  if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return [];
  if (type.isStringLiteral()) return value === type.value ? [] : wrong;
  if (type.flags & ts.TypeFlags.BooleanLiteral) return String(value) === checker.typeToString(type) ? [] : wrong;
  if (type.flags & ts.TypeFlags.String) return typeof value === "string" ? [] : wrong;
  if (type.flags & ts.TypeFlags.Number) return typeof value === "number" ? [] : wrong;
  if (type.flags & ts.TypeFlags.Undefined) return value === undefined ? [] : wrong;
  if (checker.isArrayType(type)) {
    if (!Array.isArray(value)) return wrong;
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    return value.flatMap((one, index) => differences(one, element!, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong;
  return differencesOfMembers(value as Record<string, unknown>, type, path);
}

function differencesOfMembers(value: Record<string, unknown>, type: ts.Type, path: string): string[] {
  const properties = type.getProperties();
  const index = type.getStringIndexType();
  const missing = properties
    .filter((one) => !(one.flags & ts.SymbolFlags.Optional) && !(one.name in value))
    .map((one) => `${path}.${one.name}: missing`);
  const others = Object.entries(value).flatMap(([name, member]) => {
    const known = properties.find((one) => one.name === name);
    if (known) return differences(member, checker.getTypeOfSymbolAtLocation(known, source), `${path}.${name}`);
    return index ? differences(member, index, `${path}.${name}`) : [`${path}.${name}: not in src/api/own.ts`];
  });
  return [...missing, ...others];
}

test("the checker itself notices what is wrong", () => {
  const type = typeNamed("Counts");
  const right = { critical: 1, high: 0, medium: 0, low: 0, informational: 0, untriaged: 0 };
  expect(differences(right, type, "c")).toEqual([]);
  expect(differences({ ...right, low: "0" }, type, "c")).toHaveLength(1);
  expect(differences({ ...right, extra: 1 }, type, "c")).toEqual(["c.extra: not in src/api/own.ts"]);
  const { low: _, ...less } = right;
  expect(differences(less, type, "c")).toEqual(["c.low: missing"]);
});

const routes: [path: string, type: string][] = [
  ["session", "Session"],
  ["server", "Server"],
  ["summary", "Summary"],
  ["trend?days=30", "Trend"],
  ["deadlines?limit=10", "Deadlines"],
  ["upgrades?limit=10", "Upgrades"],
  ["resources?limit=10", "Resources"],
  ["intelligence", "Intelligence"],
  ["search?q=curl&limit=5", "SearchAnswer"],
  ["search?q=CVE&limit=5", "SearchAnswer"],
  ["users", "Users"],
  ["keys", "Keys"],
];
for (const [path, type] of routes) {
  test(`GET ${path} answers ${type}`, async ({ page }) => {
    expect(differences(await get(page, path), typeNamed(type), type)).toEqual([]);
  });
}

test("every finding's story and every resource's", async ({ page }) => {
  const { findings } = await call<{ findings: { findingArn: string }[] }>(page, "/findings/list", { maxResults: 25 });
  expect(findings.length).toBeGreaterThan(5);
  for (const { findingArn } of findings) {
    const story = await get(page, `findings/${findingArn.split("/").at(-1)}`);
    expect(differences(story, typeNamed("FindingStory"), "FindingStory")).toEqual([]);
  }
  const { resources } = await get<{ resources: { resourceId: string }[] }>(page, "resources?limit=50");
  for (const { resourceId } of resources) {
    const path = `resources/${encodeURIComponent(resourceId)}`;
    expect(differences(await get(page, path), typeNamed("ResourceStory"), "ResourceStory")).toEqual([]);
    expect(differences(await get(page, `${path}/history?limit=20`), typeNamed("ResourceHistory"), "ResourceHistory")).toEqual([]);
  }
});

test("the count of findings", async ({ page }) => {
  const count = await call(page, "/vigil/v1/findings/count", { filterCriteria: {} });
  expect(differences(count, typeNamed("FindingCount"), "FindingCount")).toEqual([]);
});
