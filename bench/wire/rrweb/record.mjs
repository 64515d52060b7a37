// node record.mjs <scripts.json> <result.json>: plays every script in a page of
// headless Chromium while rrweb records it, and writes down what that weighs.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { chromiumToLaunch } from "../chromium.mjs";
import { installClock } from "./clock.mjs";
import { playSteps } from "./stage.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LIBRARY = here("node_modules/rrweb/umd/rrweb.js");
const VERSION = JSON.parse(readFileSync(here("node_modules/rrweb/package.json"), "utf8")).version;

const BASE_STYLE = `
  html, body { margin: 0; background: #fff }
  #root { position: absolute; overflow: hidden }
  #root div { position: absolute; box-sizing: border-box }
  .room { width: 5000px; height: 100000px; visibility: hidden }
`;

function page(script) {
  const size = `width:${script.width}px;height:${script.height}px`;
  const head = `<meta charset="utf-8"><style>${BASE_STYLE}${script.sheet}</style>`;
  return `<!doctype html><html><head>${head}</head><body><div id="root" style="${size}"></div></body></html>`;
}

// rrweb's defaults, and a full snapshot every 30 s as Viewreel has keyframes.
const OPTIONS = { plain: {}, seekable: { checkoutEveryNms: 30000 } };

// One gzip stream at level 6 for every upload.
function uploads(events, everyMs) {
  const batches = new Map();
  for (const event of events) {
    const batch = Math.floor((event.timestamp - events[0].timestamp) / everyMs);
    batches.set(batch, [...(batches.get(batch) ?? []), event]);
  }
  const sizes = [...batches.values()].map((batch) => gzipSync(JSON.stringify(batch), { level: 6 }).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function record(browser, script, options) {
  const viewport = { width: Math.ceil(script.width), height: Math.ceil(script.height) };
  const context = await browser.newContext({ viewport, hasTouch: true });
  const tab = await context.newPage();
  tab.on("pageerror", (error) => console.error(`${script.name}: ${error}`));
  await tab.setContent(page(script));
  await tab.evaluate(installClock, script.start);
  await tab.addScriptTag({ path: LIBRARY });
  const json = await tab.evaluate(playSteps, { script, options });
  await context.close();
  const events = JSON.parse(json);
  return { in_twos: uploads(events, 2000), in_tens: uploads(events, 10000) };
}

const [, , given, result] = process.argv;
const browser = await chromium.launch(chromiumToLaunch());
const sessions = [];
for (const script of JSON.parse(readFileSync(given, "utf8"))) {
  console.error(`rrweb: ${script.name}`);
  const plain = await record(browser, script, OPTIONS.plain);
  const seekable = await record(browser, script, OPTIONS.seekable);
  sessions.push({ name: script.name, plain, seekable });
}
const outcome = { rrweb: VERSION, chromium: browser.version(), sessions };
await browser.close();
writeFileSync(result, JSON.stringify(outcome));
