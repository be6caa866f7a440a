// What happens on the server is seen without a reload.
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "./console";

const run = promisify(execFile);

async function scanHost(directory: string, machineId: string, status?: string) {
  await cp(process.env.VIGIL_TREE!, directory, { recursive: true, verbatimSymlinks: true });
  await writeFile(join(directory, "etc/machine-id"), `${machineId}\n`);
  if (status !== undefined) await writeFile(join(directory, "var/lib/dpkg/status"), status);
  await run(process.env.VIGIL_PROGRAM!, ["scan", "host", "--root", directory, "--server", process.env.VIGIL_URL!], {
    timeout: 60_000,
    env: { ...process.env, HOME: directory },
  });
}

test("a new host's findings appear, and go when it is mended", async ({ page }) => {
  const directory = await mkdtemp(join(tmpdir(), "vigil-live-"));
  try {
    const criteria = { findingStatus: [{ comparison: "EQUALS", value: "ACTIVE" }], vulnerabilityId: [{ comparison: "EQUALS", value: "CVE-2023-38545" }] };
    await page.goto(`/findings?filter=${encodeURIComponent(JSON.stringify(criteria))}`);
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toContainText(/\(\d+\)/);
    const count = async () => Number(/\((\d+)\)/.exec(await heading.innerText())?.[1]);
    const before = await count();
    await scanHost(directory, "a".repeat(32));
    await expect.poll(count, { timeout: 20_000 }).toBe(before + 1);
    await scanHost(directory, "a".repeat(32), "Package: base-files\nStatus: install ok installed\nArchitecture: amd64\nVersion: 12.4\n\n");
    await expect.poll(count, { timeout: 20_000 }).toBe(before);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
