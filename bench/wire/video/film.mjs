// node film.mjs <sessions.json> <result.json>: has the web player draw every
// whole second of each session in headless Chromium, and ffmpeg a video of the
// pictures; writes down what that weighs. Takes vite and playwright from web/.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "../../../web/node_modules/playwright-core/index.mjs";
import { createServer } from "../../../web/node_modules/vite/dist/node/index.js";
import { chromiumToLaunch } from "../chromium.mjs";

const PICTURES = "-f image2pipe -c:v png -framerate 1 -i -";
// H.264 has even sides only. One thread, so that all machines write the same.
const VIDEO = "-vf pad=ceil(iw/2)*2:ceil(ih/2)*2 -c:v libx264 -b:v 40k -pix_fmt yuv420p -threads 1";

// The player as it is in the sources, bundled for nobody but this page.
function servePlayer() {
  return createServer({
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    cacheDir: join(tmpdir(), "viewreel-bench-wire-video"),
    configFile: false,
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
  });
}

function versionOfFfmpeg() {
  const said = execFileSync("ffmpeg", ["-version"], { encoding: "utf8" });
  return /version (\S+)/.exec(said)?.[1] ?? "";
}

// Takes pictures one after the other and writes a video of them.
class Camera {
  constructor(path) {
    const args = `-v error -y ${PICTURES} ${VIDEO}`.split(" ");
    const stdio = ["pipe", "inherit", "inherit"];
    this.ffmpeg = spawn("ffmpeg", [...args, path], { stdio });
    this.ended = once(this.ffmpeg, "close");
  }

  async take(picture) {
    if (!this.ffmpeg.stdin.write(picture)) await once(this.ffmpeg.stdin, "drain");
  }

  async stop() {
    this.ffmpeg.stdin.end();
    const [code] = await this.ended;
    if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  }
}

async function film(tab, session, folder) {
  const segments = session.segments.map((name) => readFileSync(join(folder, name), "base64"));
  await tab.evaluate((given) => window.viewreelFilm.open(given), { ...session, segments });
  const path = join(folder, "film.mp4");
  const camera = new Camera(path);
  let picture = null;
  for (let timeMs = 0; timeMs < session.length_ms; timeMs += 1000) {
    const url = await tab.evaluate((at) => window.viewreelFilm.pictureAt(at), timeMs);
    picture = url === null ? picture : Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
    await camera.take(picture);
  }
  await camera.stop();
  return { name: session.name, bytes: statSync(path).size };
}

const [, , given, result] = process.argv;
const ffmpeg = versionOfFfmpeg();
const browser = await chromium.launch(chromiumToLaunch());
const server = await servePlayer();
await server.listen();
const tab = await browser.newPage({ deviceScaleFactor: 1 });
tab.on("pageerror", (error) => console.error(`video: ${error}`));
await tab.goto(`${server.resolvedUrls.local[0]}bench/wire/video/page.html`);
await tab.waitForFunction(() => window.viewreelFilm);
const sessions = [];
for (const session of JSON.parse(readFileSync(given, "utf8"))) {
  console.error(`video: ${session.name}`);
  sessions.push(await film(tab, session, dirname(given)));
}
await browser.close();
await server.close();
writeFileSync(result, JSON.stringify({ ffmpeg, sessions }));
