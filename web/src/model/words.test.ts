import { expect, test } from "vitest";
import { words } from "./words";

test.each([
  ["UNSUPPORTED_OS", "Unsupported OS"],
  ["EC2_INSTANCE_STOPPED", "EC2 instance stopped"],
  ["SUCCESSFUL", "Successful"],
  ["", ""],
])("%s is %j", (name, text) => {
  expect(words(name)).toBe(text);
});
