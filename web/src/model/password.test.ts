import { expect, test } from "vitest";
import { madeUpPassword, passwordProblem } from "./password";

test.each([
  ["short", false],
  ["twelve chars", true],
  ["ééééééééééé", false],
  ["a".repeat(257), false],
  ["administrator", false],
])("%j may be a password: %s", (password, may) => {
  expect(passwordProblem(password, "Administrator") === "").toBe(may);
});

test("a made-up password is one, and never the same", () => {
  const made = new Set(Array.from({ length: 50 }, () => madeUpPassword()));
  expect(made.size).toBe(50);
  for (const password of made) {
    expect(password).toMatch(/^([2-9a-z]{4}-){4}[2-9a-z]{4}$/);
    expect(passwordProblem(password, "eve")).toBe("");
  }
});

test("bytes that would make some letters likelier are passed over", () => {
  let round = 0;
  const password = madeUpPassword((bytes) => bytes.fill(round++ === 0 ? 255 : 0));
  expect(password).toBe("2222-2222-2222-2222-2222");
});
