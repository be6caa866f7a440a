// Pictures of the console for docs/images: gallery.mjs OUT NAME=PATH[@WIDTH][:dark]...
//
// VIGIL_URL, VIGIL_USER and VIGIL_PASSWORD say where and as whom; VIGIL_CHROMIUM with what.
import { chromium } from "@playwright/test";
import { join } from "node:path";

const [out, ...pictures] = process.argv.slice(2);
const base = process.env.VIGIL_URL ?? "http://127.0.0.1:8080";
const browser = await chromium.launch({ executablePath: process.env.VIGIL_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const first = await browser.newContext();
const login = await first.newPage();
await login.goto(base);
await login.getByLabel("User name").fill(process.env.VIGIL_USER ?? "admin");
await login.getByLabel("Password").fill(process.env.VIGIL_PASSWORD ?? "");
await login.getByRole("button", { name: "Log in" }).click();
await login.getByRole("navigation", { name: "Breadcrumbs" }).waitFor();
const storageState = await first.storageState();

for (const picture of pictures) {
  const [, name, path, width = "1440", mode = "light"] = /^([^=]+)=([^@]+?)(?:@(\d+))?(?::(dark))?$/.exec(picture) ?? [];
  if (!name) throw new Error(`${picture}: NAME=PATH[@WIDTH][:dark]`);
  const narrow = Number(width) < 600;
  const context = await browser.newContext({
    storageState,
    colorScheme: mode,
    viewport: { width: Number(width), height: narrow ? 844 : 960 },
    deviceScaleFactor: narrow ? 2 : 1,
  });
  const page = await context.newPage();
  await page.goto(base + path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(2500);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await context.close();
}
await browser.close();
