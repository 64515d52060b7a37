import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { serveFixture } from "../fixture/server.ts";

/** What the browser is pointed at. */
export interface Target {
  readonly url: string;
  /** Whether it is the fixture, of which every frame is known. */
  readonly isFixture: boolean;
  readonly stop: () => Promise<void>;
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

/** Starts `viewreel demo` on a free port and waits for the address that it prints. */
async function startDemo(program: string): Promise<Target> {
  const args = ["demo", "--no-open", "--listen", "127.0.0.1:0"];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => ended(child);
  try {
    return { url: await printedAddress(child), isFixture: false, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address in the line that invites to watch; by then the replays have arrived. */
async function printedAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the demo has no output");
  for await (const line of createInterface(child.stdout)) {
    const address = /Watch them at (http:\/\/[^/\s]+)/.exec(line)?.[1];
    if (address) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error("the demo ended without printing its address");
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGINT");
  });
}
