import { expect, test } from "vitest";
import { groupByHost, linkOf, weaknessLink } from "./references";

test.each(["javascript:alert(1)", "data:text/html,x", "ftp://host/file", "/findings", "", "https://"])("%j is no link", (text) => {
  expect(linkOf(text)).toBeUndefined();
});

test("references are grouped by host, each once, www or not", () => {
  const { hosts, others } = groupByHost([
    "https://go.dev/cl/1",
    "https://www.example.org/",
    "https://example.org/advisory?id=2",
    "https://go.dev/cl/1",
    "javascript:alert(1)",
  ]);
  expect(hosts).toEqual([
    { host: "example.org", links: [{ url: "https://www.example.org/", text: "example.org" }, { url: "https://example.org/advisory?id=2", text: "advisory?id=2" }] },
    { host: "go.dev", links: [{ url: "https://go.dev/cl/1", text: "cl/1" }] },
  ]);
  expect(others).toEqual(["javascript:alert(1)"]);
});

test("only a CWE's number goes into its address", () => {
  expect(weaknessLink("CWE-79")).toBe("https://cwe.mitre.org/data/definitions/79.html");
  expect(weaknessLink("CWE-79/../..")).toBeUndefined();
  expect(weaknessLink("NVD-CWE-noinfo")).toBeUndefined();
});
