import { call, expect, test } from "./console";

const name = "kept-in-the-test";
const criteria = { findingStatus: [{ comparison: "EQUALS", value: "ACTIVE" }], severity: [{ comparison: "EQUALS", value: "HIGH" }] };
interface Filters {
  filters: { arn: string; name: string; criteria: unknown }[];
}
const saved = async (page: Parameters<typeof call>[0]) => (await call<Filters>(page, "/filters/list", { action: "NONE" })).filters.filter((one) => one.name.startsWith(name));

test.afterEach(async ({ page }) => {
  for (const { arn } of await saved(page)) await call(page, "/filters/delete", { arn });
});

test("a filter is saved, chosen, changed, renamed and deleted", async ({ page, complaints }) => {
  await page.goto(`/findings?filter=${encodeURIComponent(JSON.stringify(criteria))}`);
  await page.getByRole("button", { name: "Saved filters", exact: true }).click();
  await page.getByRole("menuitem", { name: "Save as" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this filter" });
  await dialog.getByLabel("Name").fill("no");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("3 to 64")).toBeVisible();
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  expect((await saved(page))[0]?.criteria).toEqual(criteria);

  await page.goto("/findings");
  await page.getByRole("button", { name: "Saved filters", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
  await expect(page).toHaveURL(/HIGH/);
  await expect(page.getByRole("button", { name: `Saved filter: ${name}`, exact: true })).toBeVisible();

  await page.getByRole("button", { name: /^Critical/ }).click();
  await page.getByRole("button", { name: `Saved filter: ${name} *` }).click();
  await page.getByRole("menuitem", { name: /^Update/ }).click();
  await expect(page.getByText("is updated")).toBeVisible();
  expect(JSON.stringify((await saved(page))[0]?.criteria)).toContain("CRITICAL");

  await page.getByRole("button", { name: `Saved filter: ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: /^Rename/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(`${name}-2`);
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await page.getByRole("button", { name: `Saved filter: ${name}-2`, exact: true }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name: "Saved filters", exact: true })).toBeVisible();
  expect(await saved(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test("what is typed becomes a filter, in the address and in the list", async ({ page }) => {
  await page.goto("/findings");
  await page.getByRole("combobox", { name: "Filter findings" }).fill("Vigil's score >= 9.5");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/lowerInclusive/);
  await expect(page.getByRole("button", { name: "Remove: Vigil's score at least 9.5" })).toBeVisible();
  await page.getByRole("combobox", { name: "Filter findings" }).fill("Vigil's score <= 9.9");
  await page.keyboard.press("Enter");
  // Two bounds of one number hold both.
  await expect(page.getByRole("button", { name: "Remove: Vigil's score between 9.5 and 9.9" })).toBeVisible();
  expect(decodeURIComponent(page.url())).toContain('"inspectorScore":[{"lowerInclusive":9.5,"upperInclusive":9.9}]');
});
