// How both pages are opened: the Chromium that scripts/find-chromium.sh finds,
// without a screen and talking to nobody.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const FINDER = fileURLToPath(new URL("../../scripts/find-chromium.sh", import.meta.url));

const FLAGS = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

// What playwright is told to launch; ends the program where there is nothing.
export function chromiumToLaunch() {
  try {
    return { executablePath: execFileSync(FINDER, { encoding: "utf8" }).trim(), args: FLAGS };
  } catch {
    console.error("no Chromium was found: run scripts/setup.sh chromium");
    return process.exit(1);
  }
}
