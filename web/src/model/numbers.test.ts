import { expect, test } from "vitest";
import { count, counted, share } from "./numbers";

test("thousands are set apart", () => {
  expect(count(1234567)).toBe("1,234,567");
});

test.each([[0, "0 resources"], [1, "1 resource"], [2000, "2,000 resources"]])("%i is %j", (value, text) => {
  expect(counted(value, "resource")).toBe(text);
});

test.each([
  [0, 10, "0%"],
  [1, 0, "0%"],
  [1, 1000, "<1%"],
  [22.4, 100, "22%"],
  [999, 1000, "99%"],
  [1000, 1000, "100%"],
])("%d of %d is %s", (part, total, text) => {
  expect(share(part, total)).toBe(text);
});
