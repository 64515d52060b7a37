import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

/** Most bytes of script and style of the whole app, compressed. */
const MAX_GZIP_BYTES = 60_000;

const ASSETS = new URL("../../dist/assets/", import.meta.url);

test("script and style of the built app stay within their budget", () => {
  const files = readdirSync(ASSETS).filter((name) => /\.(js|css)$/.test(name));
  const bytes = files.reduce(
    (sum, name) => sum + gzipSync(readFileSync(new URL(name, ASSETS))).length,
    0,
  );
  expect(files).not.toHaveLength(0);
  expect(bytes).toBeLessThan(MAX_GZIP_BYTES);
});

test("the built page holds no inline script and no inline style", () => {
  const page = readFileSync(new URL("../index.html", ASSETS), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page).not.toMatch(/<style|\bstyle=|\bon\w+=/);
});
