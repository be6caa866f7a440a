import { expect, test } from "vitest";
import { readPreferences } from "./tablePreferences";

const standard = [
  { id: "a", visible: true },
  { id: "b", visible: true },
  { id: "c", visible: false },
];

test.each([null, "", "{", "7", "[]", "null", '{"columns":7,"widths":[],"compact":"yes"}'])("%j is no choice", (text) => {
  expect(readPreferences(text, standard)).toEqual({ columns: standard, widths: {}, compact: false, wrapLines: false });
});

test("order and choice are kept", () => {
  const columns = [{ id: "c", visible: true }, { id: "a", visible: false }, { id: "b", visible: true }];
  expect(readPreferences(JSON.stringify({ columns, widths: { a: 120, b: "x" }, compact: true }), standard)).toEqual({ columns, widths: { a: 120 }, compact: true, wrapLines: false });
});

test("a new column stands in its place, a column that is gone is forgotten", () => {
  const columns = [{ id: "old", visible: true }, { id: "c", visible: false }, { id: "b", visible: true }, { id: "b", visible: true }];
  expect(readPreferences(JSON.stringify({ columns }), standard).columns).toEqual([standard[0], columns[1], columns[2]]);
});
