// What a vulnerability's record says is written by anybody, an attacker included: tests/console/feeds/hostile.json.
import { call, expect, test } from "./console";

interface Listed {
  findings: { findingArn: string }[];
}

test("markup and addresses in vendor text stay text", async ({ page, complaints }) => {
  const { findings } = await call<Listed>(page, "/findings/list", { filterCriteria: { vulnerabilityId: [{ comparison: "EQUALS", value: "CVE-2026-90001" }] } });
  expect(findings.length).toBeGreaterThan(0);
  for (const path of [`/findings/${findings[0]!.findingArn.split("/").at(-1)}`, "/vulnerabilities/CVE-2026-90001", "/findings?group=vulnerability"]) {
    await page.goto(path);
    await expect(page.getByText(/90001/).first()).toBeVisible();
    await page.waitForTimeout(500);
    expect(await page.title()).not.toContain("broken in");
    const addresses = await page.locator("a[href]").evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
    for (const protocol of addresses) expect(protocol).toMatch(/^https?:$/);
    await expect(page.locator("img[src=x]")).toHaveCount(0);
  }
  await page.goto(`/findings/${findings[0]!.findingArn.split("/").at(-1)}`);
  await expect(page.getByText("<script>document.title='broken in'</script>").first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a name far too long breaks no page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const { findings } = await call<Listed>(page, "/findings/list", { filterCriteria: { vulnerabilityId: [{ comparison: "EQUALS", value: "CVE-2026-90001" }] } });
  await page.goto(`/findings/${findings[0]!.findingArn.split("/").at(-1)}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
