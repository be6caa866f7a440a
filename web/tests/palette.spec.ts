import { expect, test } from "./console";

test("Ctrl K goes to a page, a vulnerability and a resource by the keyboard alone", async ({ page, complaints }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const go = async (text: string, choice: RegExp, path: RegExp) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search" }).fill(text);
    await expect(page.getByRole("option", { name: choice }).first()).toBeVisible();
    while (!choice.test(await page.locator('[role=option][aria-selected="true"]').innerText())) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(path);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };
  await go("cover", /^Coverage/, /\/coverage$/);
  await go("cve-2024-61", /CVE-2024-6119/, /\/vulnerabilities\/CVE-2024-6119$/);
  await go("i-", /i-[0-9a-f]{17}/, /\/resources\/i-/);
  expect(complaints).toEqual([]);
});

test("the palette closes with Escape and gives the focus back", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("dialog", { name: "Go to" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
