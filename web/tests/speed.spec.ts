// What a cold start of the page costs: docs/performance.md has the figures.
import { gzipSync } from "node:zlib";
import { expect, logIn, test } from "./console";

const mostScriptBytes = 450 * 1024;
/** A cold cache at loopback; slow machines and sanitizers get VIGIL_SLOW times as long. */
const mostMilliseconds = 1500 * Number(process.env.VIGIL_SLOW ?? 1);

test("the scripts one has to wait for are small", async ({ page }) => {
  const scripts = new Map<string, number>();
  page.on("response", async (response) => {
    if (response.request().resourceType() === "script") scripts.set(response.url(), gzipSync(await response.body()).length);
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  console.log(`${scripts.size} scripts, ${Math.round(bytes / 1024)} KiB gzip`);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(mostScriptBytes);
});

test("the first page can be used within a second and a half", async ({ browser, contextOptions, page }) => {
  const state = await page.context().storageState();
  const times: number[] = [];
  for (let run = 0; run < 3; ++run) {
    const context = await browser.newContext({ ...contextOptions, storageState: state });
    const cold = await context.newPage();
    const begin = Date.now();
    await cold.goto("/", { waitUntil: "commit" });
    await expect(cold.getByRole("heading", { level: 1 })).toBeVisible();
    times.push(Date.now() - begin);
    await context.close();
  }
  console.log(`first page: ${times.join(", ")} ms`);
  expect(Math.min(...times)).toBeLessThan(mostMilliseconds);
});

test("what is named by its content is asked for once", async ({ page }) => {
  await logInOnce(page);
  const fresh: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/assets/") && !response.fromServiceWorker()) fresh.push(response.headers()["cache-control"] ?? "");
  });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const header of fresh) expect(header).toContain("immutable");
});

async function logInOnce(page: Parameters<typeof logIn>[0]) {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}
