// What every browser test needs: a page that is logged in and that fails the test when the browser complains.
import { type Browser, expect, type Page, test as base } from "@playwright/test";

const user = process.env.VIGIL_USER ?? "admin";
const password = process.env.VIGIL_PASSWORD ?? "";

/** What the browser complained of: errors of scripts, refusals by the security policy, failed loads. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(process.env.VIGIL_URL ?? "").origin && origin !== "null") complaints.push(`foreign request: ${request.url()}`);
  });
  return complaints;
}

export async function logIn(page: Page, path = "/") {
  await page.goto(path);
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("navigation", { name: "Breadcrumbs" })).toBeVisible();
}

/** The cookies of one login, shared by the tests: logging in is slow on purpose and limited in rate. */
let kept: Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>> | undefined;

export const test = base.extend<{ complaints: string[]; state: undefined }>({
  context: async ({ browser, contextOptions }, use) => {
    if (!kept) {
      const first = await browser.newContext(contextOptions);
      await logIn(await first.newPage());
      kept = await first.storageState();
      await first.close();
    }
    const context = await browser.newContext({ ...contextOptions, storageState: kept });
    await use(context);
    await context.close();
  },
  complaints: async ({ page }, use) => {
    const complaints = complaintsOf(page);
    await use(complaints);
    expect(complaints, "what the browser complained of").toEqual([]);
  },
  page: async ({ context }, use) => {
    await use(await context.newPage());
  },
});
export { expect };

/** An own route, asked with the page's cookie. */
export async function get<Answer>(page: Page, path: string): Promise<Answer> {
  const response = await page.request.get(`/vigil/v1/${path}`);
  expect(response.status(), path).toBe(200);
  return (await response.json()) as Answer;
}

/** An Inspector2 operation, with the page's session. */
export async function call<Answer>(page: Page, path: string, input: unknown): Promise<Answer> {
  const { csrf } = await get<{ csrf: string }>(page, "session");
  const response = await page.request.post(path, { data: input as object, headers: { "x-vigil-csrf": csrf } });
  expect(response.status(), path).toBe(200);
  return (await response.json()) as Answer;
}
