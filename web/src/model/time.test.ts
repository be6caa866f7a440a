import { expect, test } from "vitest";
import { duration, every, exactTime, relativeTime } from "./time";

const now = 1_800_000_000;
test.each([
  [0, "just now"],
  [-59, "just now"],
  [-60, "1 minute ago"],
  [-7199, "1 hour ago"],
  [-86400, "yesterday"],
  [-13 * 86400, "last week"],
  [2 * 86400 + 5, "in 2 days"],
  [-400 * 86400, "last year"],
])("%i seconds from now is %j", (distance, text) => {
  expect(relativeTime(now + distance, now)).toBe(text);
});

test("exact times are in UTC", () => {
  expect(exactTime(1_795_442_700)).toBe("2026-11-23 14:05:00 UTC");
});

test.each([[21600, "6 h"], [90, "90 s"], [900, "15 min"], [172800, "2 d"]])("%i s is %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test("an interval of nothing is never", () => {
  expect(every(21600)).toBe("every 6 h");
  expect(every(86400)).toBe("every day");
  expect(every(0)).toBe("never by itself");
});
