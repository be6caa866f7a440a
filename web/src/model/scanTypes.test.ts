import { expect, test } from "vitest";
import { durationName, isShorter } from "./scanTypes";

test.each([["DAYS_14", "14 days"], ["LIFETIME", "As long as it exists"], ["DAYS_X", "DAYS_X"]])("%s is %j", (name, text) => {
  expect(durationName(name)).toBe(text);
});

test("shorter is told by days, not by letters", () => {
  expect(isShorter("DAYS_14", "DAYS_3")).toBe(true);
  expect(isShorter("DAYS_7", "DAYS_180")).toBe(false);
  expect(isShorter("LIFETIME", "DAYS_180")).toBe(true);
  expect(isShorter("DAYS_30", "DAYS_30")).toBe(false);
  expect(isShorter(undefined, "DAYS_3")).toBe(false);
});
