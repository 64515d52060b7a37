// Prints how long decoding a segment of half a minute to its last frame takes.
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));
const outDir = `${root}test-results/bench`;
// As it is built for the browser, but for names: profiles show them.
await build({
  root,
  logLevel: "warn",
  build: { ssr: `${root}tests/bench/decode.ts`, outDir, minify: false, emptyOutDir: true },
});
const { benchDecode } = await import(`file://${outDir}/decode.js`);
process.stdout.write(`${await benchDecode()}\n`);
