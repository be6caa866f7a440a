import { expect, test } from "vitest";
import type { Intelligence } from "~/api/own";
import { freshness } from "./freshness";

const now = 1_800_000_000;
const good: Intelligence = { loaded: true, createdAt: now - 3600, sources: [], uncovered: [] };

test("what is new, whole and covers all that is run is well", () => {
  expect(freshness(good, now)).toEqual({ type: "success", problems: [] });
});

test("nothing loaded is an error, whatever else is said", () => {
  expect(freshness({ loaded: false }, now).type).toBe("error");
});

test("a day is the limit", () => {
  expect(freshness({ ...good, createdAt: now - 86400 }, now).type).toBe("success");
  expect(freshness({ ...good, createdAt: now - 86401 }, now).problems[0]).toContain("older than a day");
});

test("a source that failed and a system nobody covers are each told", () => {
  const source = { label: "osv", origin: "https://example.org", readAt: now, failure: "timed out", feeds: [] };
  const { type, problems } = freshness({ ...good, sources: [source], uncovered: [{ name: "Gentoo", resources: 2 }, { name: "OTHER", resources: 1 }] }, now);
  expect(type).toBe("warning");
  expect(problems).toEqual(["One source could not be read.", "Nothing is known of Gentoo and systems that are not recognised, which you run."]);
});
