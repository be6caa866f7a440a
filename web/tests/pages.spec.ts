// Every page, as wide as a desk and as narrow as a telephone, light and dark: it loads, the browser has nothing
// to complain of, axe finds no obstacle, nothing runs out at the side.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { call, expect, get, test } from "./console";

interface Listed {
  findings: { findingArn: string; resources: { id: string }[]; packageVulnerabilityDetails?: { vulnerabilityId: string } }[];
}

/** Paths of pages, those about one thing with a real one. */
async function paths(page: Page): Promise<string[]> {
  const { findings } = await call<Listed>(page, "/findings/list", { maxResults: 25 });
  const finding = findings[0]!;
  const { resources } = await get<{ resources: { resourceId: string; resourceType: string }[] }>(page, "resources?limit=100");
  const image = resources.find((one) => one.resourceType === "AWS_ECR_CONTAINER_IMAGE")!;
  const host = resources.find((one) => one.resourceType === "AWS_EC2_INSTANCE")!;
  return [
    "/",
    "/findings",
    "/findings?group=vulnerability",
    "/findings?group=image",
    `/findings/${finding.findingArn.split("/").at(-1)}`,
    "/vulnerabilities",
    `/vulnerabilities/${finding.packageVulnerabilityDetails?.vulnerabilityId}`,
    "/resources",
    `/resources/${encodeURIComponent(host.resourceId)}`,
    `/resources/${encodeURIComponent(image.resourceId)}`,
    "/coverage",
    "/rules",
    "/intelligence",
    "/settings",
    "/people",
    "/password",
    "/start",
    "/nowhere",
  ];
}

async function settled(page: Page) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByText(/^Loading/)).toHaveCount(0, { timeout: 20_000 });
  await page.waitForTimeout(250);
}

/** On a narrow page the design system's own toolbar has an attribute that its element does not allow. */
function isCloudscapes(violation: { id: string; nodes: { html: string }[] }): boolean {
  return violation.id === "aria-allowed-attr" && violation.nodes.every((node) => node.html.includes("awsui_mobile-toolbar-nav"));
}

for (const width of [1440, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px, ${colorScheme}`, async ({ page, complaints }) => {
      test.setTimeout(300_000);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      for (const path of await paths(page)) {
        await test.step(path, async () => {
          await page.goto(path);
          await settled(page);
          await expect.soft(page.getByText(/Could not load/)).toHaveCount(0);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect.soft(wide, `${path} runs out at the side`).toBeLessThanOrEqual(width);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.filter((one) => !isCloudscapes(one)).map((one) => `${path}: ${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
          expect.soft(found).toEqual([]);
        });
      }
      expect(complaints).toEqual([]);
    });
  }
}

test("every page of the navigation has a title of its own", async ({ page }) => {
  await page.goto("/");
  await settled(page);
  const links = await page.getByRole("navigation", { name: "Pages" }).getByRole("link").all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute("href")));
  const titles = new Set<string>();
  for (const href of hrefs) {
    await page.goto(href!);
    await settled(page);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(hrefs.length);
  expect(hrefs.length).toBeGreaterThan(8);
});
