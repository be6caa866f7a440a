import { expect, test } from "vitest";
import { compareVectors, metricName, valueName } from "./cvss";

const base = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const changes = (published: string, here: string) => compareVectors(published, here).filter((row) => row.changed);

test("a vector says its base metrics in words, and what nobody set is left out", () => {
  const rows = compareVectors(base, base);
  expect(rows.map((row) => row.metric)).toEqual(["AV", "AC", "PR", "UI", "S", "C", "I", "A"]);
  expect(rows[0]).toEqual({ metric: "AV", name: "Attack vector", published: "Network", here: "Network", changed: false });
});

test("a modified metric stands in the row of the one it modifies", () => {
  expect(changes(base, `${base}/E:U/MAV:P`)).toEqual([
    { metric: "AV", name: "Attack vector", published: "Network", here: "Physical", changed: true, set: "MAV:P" },
    { metric: "E", name: "Exploit code maturity", published: "Not defined", here: "Unproven", changed: true, set: "E:U" },
  ]);
});

test("a modified metric that says the same changes nothing", () => {
  expect(changes(base, `${base}/MAV:N/E:X`)).toEqual([]);
});

test("4.0 has its own metrics and words", () => {
  const four = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
  expect(changes(four, `${four}/E:A/MSI:S`).map((row) => [row.name, row.here])).toEqual([
    ["Integrity of other systems", "Safety"],
    ["Exploit maturity", "Attacked"],
  ]);
  // E is another metric in 3.1.
  expect(valueName(base, "E", "P")).toBe("Proof of concept");
  expect(metricName(four, "E")).toBe("Exploit maturity");
});

test("2.0 has no prefix, and may stand in parentheses", () => {
  const rows = compareVectors("(AV:N/AC:M/Au:S/C:P/I:N/A:C)", "(AV:N/AC:M/Au:S/C:P/I:N/A:C)");
  expect(rows.map((row) => row.here)).toEqual(["Network", "Medium", "Single", "Partial", "None", "Complete"]);
});

test("what is no metric stays itself", () => {
  expect(metricName(base, "Floor")).toBe("Floor");
  expect(metricName(base, "MAC")).toBe("Attack complexity");
  expect(valueName(base, "MAC", "H")).toBe("High");
  expect(valueName(base, "AV", "Q")).toBe("Q");
});
