import { defineConfig } from "vitest/config";

export default defineConfig({
  server: {
    proxy: { "/api": "http://127.0.0.1:7180" },
    // The fonts lie beside the crates that measure with them.
    fs: { allow: [".."] },
  },
  build: {
    outDir: "dist",
    target: "es2023",
    // The server's content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    include: ["player/test/**/*.test.ts", "app/test/**/*.test.ts"],
    environment: "node",
  },
});
