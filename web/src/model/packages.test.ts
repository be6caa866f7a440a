import { expect, test } from "vitest";
import { fixedVersion, installedVersion, managerName } from "./packages";

test("a version is written as its package manager does", () => {
  expect(installedVersion({ epoch: 0, version: "1.2.4", release: "0.2" })).toBe("1.2.4-0.2");
  expect(installedVersion({ epoch: 2, version: "1.2.4", release: "1.el9" })).toBe("2:1.2.4-1.el9");
  expect(installedVersion({ version: "4.17.20" })).toBe("4.17.20");
});

test("what is not fixed has no version", () => {
  expect(fixedVersion("0:1.2.4-0.2+deb12u1")).toBe("1.2.4-0.2+deb12u1");
  expect(fixedVersion("1:1.0")).toBe("1:1.0");
  expect(fixedVersion("NotAvailable")).toBeUndefined();
  expect(fixedVersion(undefined)).toBeUndefined();
});

test("a manager without a name keeps its own", () => {
  expect(managerName("GOBINARY")).toBe("Go program");
  expect(managerName("NEW_ONE")).toBe("NEW_ONE");
});
