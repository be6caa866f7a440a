// Browser tests against the server that tests/console/console.py starts.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  // One server, whose findings some tests change: one after the other.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  // A machine that is busy with something else is no reason to fail; what needed it is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  outputDir: process.env.VIGIL_DOWNLOADS ?? "test-results",
  use: {
    baseURL: process.env.VIGIL_URL ?? "http://127.0.0.1:8080",
    viewport: { width: 1440, height: 1000 },
    acceptDownloads: true,
    launchOptions: {
      executablePath: process.env.VIGIL_CHROMIUM ?? "/usr/bin/chromium",
      // Tests may run as root, where Chromium's sandbox cannot.
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
  },
});
