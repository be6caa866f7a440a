import { ScanStatusReason } from "@aws-sdk/client-inspector2";
import { expect, test } from "vitest";
import { coverageReasons, coverageWords, scanModeName } from "./coverage";

test("every reason of Inspector has words, and no other has", () => {
  expect([...coverageReasons].sort()).toEqual(Object.values(ScanStatusReason).sort());
});

test("whatever is not watched says what to do, unless it is at work", () => {
  const silent = coverageReasons.filter((reason) => !coverageWords("INACTIVE", reason).todo);
  expect(silent).toEqual(["SUCCESSFUL", "SCAN_IN_PROGRESS"]);
});

test("what is watched with something missing is watched, with partial errors", () => {
  const { text, todo } = coverageWords("ACTIVE", "DEEP_INSPECTION_NO_INVENTORY");
  expect(text).toBe("Actively monitoring with partial errors");
  expect(todo).toMatch(/^No packages of languages reported\. /);
  expect(coverageWords("INACTIVE", "DEEP_INSPECTION_NO_INVENTORY").text).toBe("No packages of languages reported");
});

test("what nobody foresaw keeps its name", () => {
  expect(coverageWords("INACTIVE", "NEW_REASON")).toEqual({ text: "NEW_REASON", type: "warning" });
  expect(scanModeName("NEW_MODE")).toBe("NEW_MODE");
});
