import { expect, test } from "vitest";
import { signed, waterfall } from "./waterfall";

const base = { vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 9.8, version: "3.1", source: "NVD" };

test("a score without changes is one bar", () => {
  expect(waterfall({ base, final: base, steps: [] })).toEqual([{ kind: "published", title: "Published by NVD", from: 0, to: 9.8, score: 9.8 }]);
});

test("each change begins where the one before it ended", () => {
  const bars = waterfall({
    base,
    final: { vector: `${base.vector}/E:U/MAV:P`, score: 6.2 },
    steps: [
      { metric: "MAV", from: "N", to: "P", reason: "No network.", after: 6.8 },
      { metric: "E", from: "X", to: "U", reason: "No exploit.", after: 6.2 },
    ],
  });
  expect(bars.map(({ kind, title, from, to }) => [kind, title, from, to])).toEqual([
    ["published", "Published by NVD", 0, 9.8],
    ["lowered", "Attack vector: Network → Physical", 6.8, 9.8],
    ["lowered", "Exploit code maturity: Not defined → Unproven", 6.2, 6.8],
    ["final", "On this resource", 0, 6.2],
  ]);
});

test("a floor lifts, and a change may change nothing", () => {
  const bars = waterfall({
    base: { ...base, score: 5.3 },
    final: { vector: base.vector, score: 9 },
    steps: [
      { metric: "E", from: "X", to: "H", reason: "Exploited.", after: 5.3 },
      { metric: "Floor", reason: "Attackers use it.", after: 9 },
    ],
  });
  expect(bars.map(({ kind, title, from, to }) => [kind, title, from, to])).toEqual([
    ["published", "Published by NVD", 0, 5.3],
    ["same", "Exploit code maturity: Not defined → High", 5.3, 5.3],
    ["raised", "Lowest score allowed", 5.3, 9],
    ["final", "On this resource", 0, 9],
  ]);
});

test("differences carry their sign", () => {
  expect([signed(-3.6), signed(0.64), signed(0.04), signed(-0.04)]).toEqual(["−3.6", "+0.6", "±0", "±0"]);
});
