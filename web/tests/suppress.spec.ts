import { call, expect, test } from "./console";

interface Rules {
  filters: { arn: string; name: string }[];
}
const name = "accepted-in-the-test";

test.afterEach(async ({ page }) => {
  const { filters } = await call<Rules>(page, "/filters/list", { action: "SUPPRESS" });
  for (const { arn } of filters.filter((one) => one.name === name)) await call(page, "/filters/delete", { arn });
});

test("suppress from the list, with a preview; it is hidden, and back when the rule is gone", async ({ page, complaints }) => {
  const criteria = { findingStatus: [{ comparison: "EQUALS", value: "ACTIVE" }], vulnerabilityId: [{ comparison: "EQUALS", value: "CVE-2024-6119" }] };
  const address = `/findings?filter=${encodeURIComponent(JSON.stringify(criteria))}`;
  await page.goto(address);
  await expect(page.locator("table tbody tr").first()).toBeVisible();
  const { active } = await call<{ active: number }>(page, "/vigil/v1/findings/count", { filterCriteria: criteria });
  expect(active).toBeGreaterThan(5);

  await page.getByRole("button", { name: "Suppress", exact: true }).click();
  await page.getByRole("menuitem", { name: /All that match/ }).click();
  const dialog = page.getByRole("dialog", { name: "Suppress findings" });
  await expect(dialog.getByText(`It would hide ${active} active findings now.`)).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel(/^Reason/).fill("The port is closed at the edge.");
  await dialog.getByLabel(/^Owner/).fill("eve");
  await dialog.getByRole("button", { name: "Suppress" }).click();
  await expect(page.getByText("is in force")).toBeVisible();
  await expect(page.getByText("Nothing matches").locator("visible=true").first()).toBeVisible();

  await page.getByRole("link", { name: "Suppression rules" }).click();
  const row = page.locator("table tbody tr", { hasText: name });
  await expect(row).toContainText(String(active));
  await expect(row).toContainText("eve");
  await row.getByRole("radio").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(String(active));
  expect(complaints).toEqual([]);
});

test("a rule without a criterion, which would hide everything, cannot be made here", async ({ page }) => {
  await page.goto("/rules");
  await page.getByRole("button", { name: "Make a rule" }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("would hide every finding")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Suppress" })).toBeDisabled();
});
