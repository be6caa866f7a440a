// The dashboard's numbers are those of the lists they lead to.
import { call, expect, get, test } from "./console";

interface Summary {
  active: Record<string, number>;
}

test("each number of the dashboard leads to a list of as many", async ({ page, complaints }) => {
  await page.goto("/");
  const figures = page.locator("dl.figures a");
  await expect(figures.first()).toBeVisible();
  const { active } = await get<Summary>(page, "summary");
  expect(await figures.first().textContent()).toBe(String((active.critical ?? 0) + (active.high ?? 0)));
  const shown = await figures.evaluateAll((all) => all.map((one) => ({ name: one.getAttribute("aria-label") ?? "", number: Number(one.textContent?.replaceAll(",", "")), href: one.getAttribute("href")! })));
  // What was opened in a day may be closed already: the list of today's ACTIVE findings need not be as long.
  for (const { name, number, href } of shown.filter((one) => !/^(New|Closed)/.test(one.name))) {
    const criteria = JSON.parse(new URLSearchParams(href.split("?")[1]).get("filter")!) as Record<string, { value: string }[]>;
    const count = await call<Record<string, number>>(page, "/vigil/v1/findings/count", { filterCriteria: criteria });
    expect(count[criteria.findingStatus![0]!.value.toLowerCase()], name).toBe(number);
  }
  expect(complaints).toEqual([]);
});

test("an upgrade leads to the findings it removes", async ({ page }) => {
  await page.goto("/");
  const first = page.locator("ol.fixes li").first();
  const findings = Number(/^(\d+) finding/.exec((await first.locator("a").first().textContent()) ?? "")?.[1]);
  expect(findings).toBeGreaterThan(0);
  await first.locator("a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`(${findings})`);
});

test("one part that cannot be loaded leaves the others alone, and can be tried again", async ({ page }) => {
  await page.route("**/vigil/v1/upgrades?*", (route) => route.fulfill({ status: 400, contentType: "application/json", body: '{"message":"not now"}' }));
  await page.goto("/");
  await expect(page.getByText("not now")).toBeVisible();
  await expect(page.locator("dl.figures a").first()).toBeVisible();
  await page.unroute("**/vigil/v1/upgrades?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("ol.fixes li").first()).toBeVisible();
});

test("old intelligence is warned of", async ({ page }) => {
  const answer = await get<Record<string, unknown>>(page, "intelligence");
  await page.route("**/vigil/v1/intelligence", (route) => route.fulfill({ json: { ...answer, createdAt: Date.now() / 1000 - 90_000 } }));
  await page.goto("/");
  await expect(page.getByText("older than a day")).toBeVisible();
});
