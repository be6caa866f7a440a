import { test as plain } from "@playwright/test";
import { complaintsOf, expect, logIn, test } from "./console";

plain("a wrong password is refused in words and the right one lets in", async ({ page }) => {
  await page.goto("/findings");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText(/password/i).first()).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveValue("");
  await logIn(page, "/findings");
  expect(new URL(page.url()).pathname, "where one wanted to go").toBe("/findings");
});

plain("no script can read the session, and nothing of it is kept or shown", async ({ page, context }) => {
  const addresses: string[] = [];
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  await logIn(page);
  const cookie = (await context.cookies()).find((one) => one.name === "vigil_session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  expect(kept).not.toContain(cookie?.value);
  const { csrf } = (await (await page.request.get("/vigil/v1/session")).json()) as { csrf: string };
  expect(kept).not.toContain(csrf);
  for (const address of addresses) expect(address).not.toContain(csrf);
});

plain("a request without the page's token changes nothing", async ({ page }) => {
  await logIn(page);
  const refused = await page.request.post("/filters/create", { data: { action: "NONE", name: "forged", filterCriteria: {} } });
  expect(refused.status()).toBe(403);
});

plain("after logging out the session is gone", async ({ page, context }) => {
  await logIn(page);
  const cookie = (await context.cookies()).find((one) => one.name === "vigil_session");
  await page.getByRole("button", { name: /admin/ }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expect(page.getByRole("heading", { name: "Log in to Vigil" })).toBeVisible();
  await context.addCookies([{ ...cookie!, expires: -1 }]);
  expect((await page.request.get("/vigil/v1/summary")).status()).toBe(401);
});

test("a session that ends on the server leads to the login and back", async ({ browser, contextOptions }) => {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  await logIn(page, "/coverage");
  await context.clearCookies();
  await page.getByRole("link", { name: "Findings", exact: true }).click();
  await expect(page.getByText("Your session has ended")).toBeVisible();
  await logIn(page, page.url());
  expect(new URL(page.url()).pathname).toBe("/findings");
  await context.close();
});

plain("the page asks nobody but its own server, and its policy is not broken", async ({ page }) => {
  const complaints = complaintsOf(page);
  await logIn(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(1000);
  // The first question, whether there is a session, is answered with 401.
  expect(complaints.filter((text) => !/40[13]/.test(text))).toEqual([]);
});
