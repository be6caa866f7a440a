import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

// `npm run dev` serves the page with hot reloading and hands everything else to a running server.
const server = process.env.VIGIL_SERVER ?? "http://127.0.0.1:8080";
const api = ["/vigil/v1", "/findings/list", "/findings/aggregation", "/findings/details", "/filters", "/coverage/list", "/coverage/statistics", "/status",
  "/configuration", "/vulnerabilities/search", "/enable", "/disable", "/tags", "/accountpermissions", "/cluster"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    // Fonts and pictures stay files: the policy allows no data: but what Cloudscape itself needs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: Object.fromEntries(api.map((path) => [path, { target: server }])) },
  test: { setupFiles: ["tools/unit-tests.ts"], include: ["src/**/*.test.ts", "src/**/*.test.tsx"], exclude: configDefaults.exclude },
});
