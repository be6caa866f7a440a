import { expect, test } from "vitest";
import { percent } from "./percent";

test.each([
  [0, "0%"],
  [0.0004, "under 0.1%"],
  [0.00765, "0.8%"],
  [0.04, "4%"],
  [0.4567, "46%"],
  [0.99735, "99.7%"],
  [0.99995, "over 99.9%"],
  [1, "100%"],
])("%d is %s", (probability, text) => {
  expect(percent(probability)).toBe(text);
});
