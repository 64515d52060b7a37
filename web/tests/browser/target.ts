import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serveFixture } from "../fixture/server.ts";

/** What the browser is pointed at. */
export interface Target {
  readonly url: string;
  /** Whether it is the fixture, of which every frame is known. */
  readonly isFixture: boolean;
  readonly stop: () => Promise<void>;
}

/** A server without a replay, and the key to send some. */
export interface ServerTarget extends Omit<Target, "isFixture"> {
  readonly key: string;
}

/** A running server (`VIEWREEL_URL`) or the demo of a program (`VIEWREEL_BIN`); else the fixture. */
export async function openTarget(): Promise<Target> {
  const { VIEWREEL_URL: url, VIEWREEL_BIN: program } = process.env;
  if (url) return { url: url.replace(/\/$/, ""), isFixture: false, stop: async () => undefined };
  return program ? startDemo(program) : openFixture();
}

/** The built app over made-up replays. */
export async function openFixture(): Promise<Target> {
  if (!existsSync(new URL("../../dist/index.html", import.meta.url))) {
    throw new Error("the app is not built: run `npm run build` first");
  }
  const { url, close } = await serveFixture();
  return { url, isFixture: true, stop: close };
}

/** Starts `viewreel demo` on a free port and waits until its replays have arrived. */
async function startDemo(program: string): Promise<Target> {
  const args = ["demo", "--no-open", "--listen", "127.0.0.1:0"];
  return { ...(await start(program, args, /Watch them at (http:\/\/[^/\s]+)/)), isFixture: false };
}

/** Starts `viewreel serve` on a free port, over a directory that goes with it. */
export async function openServer(program: string): Promise<ServerTarget> {
  const data = mkdtempSync(join(tmpdir(), "viewreel-"));
  const args = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
  const { url, stop } = await start(program, args, /serves (http:\/\/[^/\s]+)/);
  const key = readFileSync(join(data, "default-write-key"), "utf8").trim();
  const stopAndClean = async () => {
    await stop();
    rmSync(data, { recursive: true });
  };
  return { url, key, stop: stopAndClean };
}

/** Starts a program and waits for a line that names its address. */
async function start(
  program: string,
  args: readonly string[],
  line: RegExp,
): Promise<Omit<Target, "isFixture">> {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, VIEWREEL_LOG: "warn" },
  });
  const stop = () => ended(child);
  try {
    return { url: await printedAddress(child, line), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function printedAddress(child: ChildProcess, wanted: RegExp): Promise<string> {
  if (!child.stdout) throw new Error("the program has no output");
  for await (const line of createInterface(child.stdout)) {
    const address = wanted.exec(line)?.[1];
    if (address) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error("the program ended without printing its address");
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGINT");
  });
}
