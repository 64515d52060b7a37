import type { Health } from "../model.ts";
import { MAX_LOG_BYTES } from "./limits.ts";
import type { Reader } from "./reader.ts";
import { readLifecycle } from "./state.ts";
import type { BodyReader } from "./track.ts";

const LOG_LEVELS = ["log", "warn", "error"] as const;
const GAP_REASONS = ["disabled", "background", "discarded", "capture-failed", "blocked"] as const;

/** One reader per kind of record of the story track; its place is the kind's number. */
export const STORY_READERS: readonly (BodyReader | undefined)[] = [
  undefined,
  (from, into) => into.add({ kind: "lifecycle", lifecycle: readLifecycle(from) }),
  (from, into) =>
    into.add({ kind: "screen", name: into.tables.strings.read(from, "a screen name") }),
  (from, into) =>
    into.add({ kind: "event", name: into.tables.strings.read(from, "an event name") }),
  (from, into) => {
    const level = from.name("a log level", LOG_LEVELS);
    into.add({ kind: "log", level, message: readMessage(from) });
  },
  (from, into) => {
    const reason = from.name("a gap reason", GAP_REASONS);
    into.add({ kind: "gap", reason, durationMs: Number(from.uv64("a gap duration")) });
  },
  (from, into) => into.add({ kind: "health", health: readHealth(from) }),
];

function readHealth(from: Reader): Health {
  return {
    captured: from.uv32("a number of captures"),
    cut: from.uv32("a number of captures"),
    masked: from.uv32("a number of nodes"),
    busyMs: from.uv32("a time"),
  };
}

function readMessage(from: Reader): string {
  return from.utf8(from.count("bytes in a log message", MAX_LOG_BYTES), "a log message");
}
