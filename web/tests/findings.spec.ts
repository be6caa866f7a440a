import { readFile } from "node:fs/promises";
import { call, expect, test } from "./console";

const rows = "table tbody tr";

test("filters by severity, and the address keeps it through a reload, back and forward", async ({ page, complaints }) => {
  const heading = page.getByRole("heading", { level: 1 });
  const others = page.locator(rows).filter({ hasNotText: "Critical" });
  await page.goto("/findings");
  await expect(others.first()).toBeVisible();
  await page.getByRole("button", { name: /^Critical/ }).click();
  // The count and the rows are two answers.
  await expect(others).toHaveCount(0);
  await expect(page).toHaveURL(/CRITICAL/);
  await page.reload();
  await expect(page.locator(rows, { hasText: "Critical" }).first()).toBeVisible();
  await expect(others).toHaveCount(0);
  await expect(heading).toHaveText(/\(\d+\)/);
  await page.goBack();
  await expect(others.first()).toBeVisible();
  await page.goForward();
  await expect(page.locator(rows, { hasText: "Critical" }).first()).toBeVisible();
  await expect(others).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("opens a finding, with its score explained and its fix to copy", async ({ page }) => {
  await page.goto("/findings");
  await page.getByRole("button", { name: /^Critical/ }).click();
  await page.getByRole("link", { name: "CVE-2023-38545" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CVE-2023-38545");
  await expect(page.getByRole("heading", { name: "Why this score" })).toBeVisible();
  await expect(page.getByText(/apt-get .*install .*curl/).first()).toBeVisible();
  await expect(page.getByText("7.88.1-10+deb12u4").first()).toBeVisible();
});

test("pages to the end and back show every finding once", async ({ page }) => {
  await page.goto("/findings");
  const shown = page.locator(`${rows} a[href^="/findings/"]`);
  await expect(shown).toHaveCount(25);
  const links = async () => await shown.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const first = await links();
  await page.getByRole("button", { name: "Next page" }).first().click();
  await expect(page.locator(`${rows} a[href="${first[0]}"]`)).toHaveCount(0);
  const second = await links();
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((one) => first.includes(one))).toEqual([]);
  await page.getByRole("button", { name: "Previous page" }).first().click();
  await expect(page.locator(`${rows} a[href="${first[0]}"]`)).toBeVisible();
  expect(await links()).toEqual(first);
});

test("groups by vulnerability lead to the findings they count", async ({ page }) => {
  await page.goto("/findings?group=vulnerability");
  const row = page.locator(rows, { hasText: "CVE-2023-38545" });
  await row.getByRole("link").first().click();
  await expect(page.locator(rows).first()).toContainText("CVE-2023-38545");
  await expect(page.locator(rows).filter({ hasNotText: "CVE-2023-38545" })).toHaveCount(0);
});

interface Listed {
  findings: { findingArn: string }[];
}
test("exports what is filtered: the file has what the list has", async ({ page }) => {
  const criteria = { findingStatus: [{ comparison: "EQUALS", value: "ACTIVE" }], vulnerabilityId: [{ comparison: "EQUALS", value: "CVE-2023-38545" }] };
  const { findings } = await call<Listed>(page, "/findings/list", { filterCriteria: criteria, maxResults: 100 });
  await page.goto(`/findings?filter=${encodeURIComponent(JSON.stringify(criteria))}`);
  await expect(page.locator(rows).first()).toBeVisible();
  for (const format of ["CSV", "JSON"]) {
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: new RegExp(`^${format}`) }).click()]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
    const text = await readFile(await download.path(), "utf8");
    for (const { findingArn } of findings) expect(text).toContain(findingArn);
    if (format === "JSON") expect((JSON.parse(text) as Listed).findings).toHaveLength(findings.length);
    else expect(text.trimEnd().split("\n").length).toBeGreaterThan(findings.length);
  }
});

test("says what to do where nothing matches", async ({ page }) => {
  const criteria = { vulnerabilityId: [{ comparison: "EQUALS", value: "CVE-1999-0001" }] };
  await page.goto(`/findings?filter=${encodeURIComponent(JSON.stringify(criteria))}`);
  await expect(page.getByText("Nothing matches").locator("visible=true").first()).toBeVisible();
});

test("a filter the API refuses is said, not hidden", async ({ page }) => {
  await page.goto(`/findings?filter=${encodeURIComponent(JSON.stringify({ severity: "CRITICAL" }))}`);
  await expect(page.getByText(/Could not load/).first()).toBeVisible();
});
