import type { Body, Record } from "../model.ts";
import { MAX_LOG_BYTES } from "./limits.ts";
import type { Reader } from "./reader.ts";
import {
  readKeyboard,
  readLifecycle,
  readName,
  readState,
  readTouch,
  readViewport,
} from "./state.ts";
import type { StringTable } from "./strings.ts";
import { readDiff, readKeyframe } from "./tree.ts";

const LOG_LEVELS = ["log", "warn", "error"] as const;
const GAP_REASONS = ["disabled", "background", "discarded", "capture-failed", "blocked"] as const;

type BodyReader = (from: Reader, strings: StringTable) => Body;

/** One reader per record kind; its place in the list is the kind's number. */
const BODY_READERS: readonly (BodyReader | undefined)[] = [
  undefined,
  (from, strings) => ({ kind: "state", state: readState(from, strings) }),
  (from, strings) => ({ kind: "keyframe", keyframe: readKeyframe(from, strings) }),
  (from, strings) => ({ kind: "diff", diff: readDiff(from, strings) }),
  (from) => ({ kind: "touch", touch: readTouch(from) }),
  (from, strings) => ({ kind: "viewport", viewport: readViewport(from, strings) }),
  (from) => ({ kind: "lifecycle", lifecycle: readLifecycle(from) }),
  (from, strings) => ({ kind: "screen", name: strings.read(from, "a screen name") }),
  (from) => ({ kind: "keyboard", keyboard: readKeyboard(from) }),
  (from, strings) => ({ kind: "event", name: strings.read(from, "an event name") }),
  (from) => ({
    kind: "log",
    level: readName(from, "a log level", LOG_LEVELS),
    message: from.text("a log message", MAX_LOG_BYTES),
  }),
  (from) => ({
    kind: "gap",
    reason: readName(from, "a gap reason", GAP_REASONS),
    durationMs: from.uv("a gap duration"),
  }),
];

/** The string table and the time, which run on from chunk to chunk. */
export interface RecordContext {
  readonly strings: StringTable;
  /** Record time of the record before. */
  timeMs: number;
}

/** Reads one record; `null` where its kind is not known and it was skipped. */
export function readRecord(from: Reader, context: RecordContext): Record | null {
  const kind = from.u8("a record kind");
  const start = from.offset;
  context.timeMs += from.uv("a record time");
  if (!Number.isSafeInteger(context.timeMs)) throw from.expected("a time below 2^53", start);
  const body = from.part(from.uv("a body length"), "a record body");
  const read = BODY_READERS[kind];
  return read ? { timeMs: context.timeMs, body: read(body, context.strings) } : null;
}
