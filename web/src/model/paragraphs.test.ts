import { expect, test } from "vitest";
import { beginning, paragraphs } from "./paragraphs";

test("lines that a vendor wrapped are one paragraph", () => {
  expect(paragraphs("When curl is asked\nto pass along\r\n\r\nIf the host\n \n\n")).toEqual(["When curl is asked to pass along", "If the host"]);
});

test("lists and indented lines stay lines", () => {
  expect(paragraphs("Affected:\n- one\n* two\n1. three\n    trace line\nand on")).toEqual(["Affected:\n- one\n* two\n1. three\n    trace line and on"]);
});

test("no text has no paragraphs", () => {
  expect(paragraphs(" \n\n ")).toEqual([]);
});

test("what is long is cut between paragraphs, unless little would be left out", () => {
  const part = "x".repeat(60);
  expect(beginning([part, part, part], 100)).toHaveLength(1);
  expect(beginning([part.repeat(5), part], 100)).toHaveLength(1);
  expect(beginning([part, part.slice(0, 30), "end"], 92)).toHaveLength(3);
  expect(beginning([], 100)).toHaveLength(0);
});
