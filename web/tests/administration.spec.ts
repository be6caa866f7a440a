// Users, keys and settings, as an administrator changes them.
import { test as plain } from "@playwright/test";
import { call, expect, get, logIn, test } from "./console";

const eve = "eve-of-the-test";

async function ask(page: Parameters<typeof get>[0], method: string, path: string) {
  const { csrf } = await get<{ csrf: string }>(page, "session");
  return page.request.fetch(`/vigil/v1/${path}`, { method, headers: { "x-vigil-csrf": csrf } });
}

test("a user is added, logs in, sees no administration, and is removed", async ({ page, browser, contextOptions }) => {
  await page.goto("/people");
  await page.getByRole("button", { name: "Add a user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(eve);
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog.getByText("At least 12 characters.")).toBeVisible();
  await dialog.getByRole("button", { name: "Make one up" }).click();
  const password = await dialog.getByLabel("Password").inputValue();
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("row", { name: new RegExp(eve) })).toBeVisible();

  const context = await browser.newContext(contextOptions);
  const other = await context.newPage();
  await other.goto("/people");
  await other.getByLabel("User name").fill(eve);
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Log in" }).click();
  const pages = other.getByRole("navigation", { name: "Pages" });
  await expect(pages.getByRole("link", { name: "Settings" })).toBeVisible();
  await expect(pages.getByRole("link", { name: "Users and keys" })).toHaveCount(0);
  await expect(other.getByText("For administrators")).toBeVisible();
  await context.close();

  await page.getByRole("button", { name: `Remove ${eve}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row", { name: new RegExp(eve) })).toHaveCount(0);
});

test("a key's secret is shown once, and the key can be disabled", async ({ page }) => {
  await page.goto("/people");
  await page.getByRole("button", { name: "Make a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("For").fill("a laptop");
  await dialog.getByRole("button", { name: "Make", exact: true }).click();
  const id = (await dialog.getByRole("group", { name: "the access key" }).textContent()) ?? "";
  const secret = (await dialog.getByRole("group", { name: "the secret" }).textContent()) ?? "";
  expect(id).toMatch(/^AKIA/);
  await expect(dialog.getByRole("group", { name: "the commands for the AWS CLI" })).toContainText(secret);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole("button", { name: `Disable ${id}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("row", { name: new RegExp(id) })).toContainText("Disabled");
});

plain("one's own password needs the current one", async ({ page }) => {
  await logIn(page, "/password");
  await page.getByLabel("Current password").fill("not the password");
  await page.getByLabel("New password").fill("quite another password 7");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("It was not changed")).toBeVisible();
});

test("turning a kind of scanning off says how many findings close, and they are back with it", async ({ page }) => {
  const criteria = { resourceType: [{ comparison: "EQUALS", value: "AWS_ECR_CONTAINER_IMAGE" }] };
  const count = () => call<{ active: number }>(page, "/vigil/v1/findings/count", { filterCriteria: criteria });
  const { active } = await count();
  expect(active).toBeGreaterThan(0);
  await page.goto("/settings");
  await page.getByRole("checkbox", { name: "Container images" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(`${active} active findings`)).toBeVisible();
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("scanning is off")).toBeVisible();
  await expect.poll(async () => (await count()).active).toBe(0);
  await page.getByRole("checkbox", { name: "Container images" }).click();
  await expect(page.getByText("scanning is on")).toBeVisible();
  await expect.poll(async () => (await count()).active, { timeout: 30_000 }).toBe(active);
});

test("the guide makes a key where it is needed, and its command names this server", async ({ page, baseURL }) => {
  await page.goto("/start");
  await page.getByRole("button", { name: "Make an access key" }).click();
  const made = page.getByRole("group", { name: "the access key for a shell" });
  await expect(made).toContainText("AWS_ACCESS_KEY_ID=AKIA");
  await expect(page.getByRole("group", { name: "the command that scans a host" })).toHaveText(`vigil scan host --server ${baseURL}`);
  const id = /AKIA\w+/.exec((await made.textContent()) ?? "")![0];
  expect((await ask(page, "DELETE", `keys/${id}`)).ok()).toBe(true);
});

test("a rule is changed: its criteria in words, its owner and its end", async ({ page }) => {
  const { arn } = await call<{ arn: string }>(page, "/filters/create", {
    action: "SUPPRESS",
    name: "changed-in-the-test",
    filterCriteria: { title: [{ comparison: "PREFIX", value: "nothing is called so" }] },
    tags: { "vigil:owner": "eve", "vigil:expires": "2027-01-31" },
  });
  try {
    await page.goto("/rules");
    const row = page.locator("table tbody tr", { hasText: "changed-in-the-test" });
    await expect(row).toContainText("begins with nothing is called so");
    await row.getByRole("radio").check();
    await page.getByRole("button", { name: "Change", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Change the rule" });
    await dialog.getByLabel(/^Owner/).fill("");
    await dialog.getByLabel(/^Reason/).fill("Seen and accepted.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(row).toContainText("Seen and accepted.");
    await expect(row).not.toContainText("eve");
    const { filters } = await call<{ filters: { arn: string; tags?: Record<string, string> }[] }>(page, "/filters/list", { arns: [arn] });
    // The end was left alone: it keeps its second.
    expect(filters[0]?.tags).toEqual({ "vigil:expires": "2027-01-31" });
  } finally {
    await call(page, "/filters/delete", { arn });
  }
});
