import type { Touch } from "../model.ts";
import { MAX_LENGTH_UNITS, MAX_TOUCHES, UNITS_PER_PT } from "./limits.ts";
import { readList } from "./list.ts";
import type { Reader } from "./reader.ts";
import type { Track } from "./track.ts";

const PHASES = ["down", "move", "up", "cancel"] as const;
/** The bit of a touch code that is set where the place was masked; those below are the phase. */
const MASKED = 4;
/** One more than the greatest touch code. */
const TOUCH_CODES = 8;

/** Reads a touch of a state record. */
export function readTouch(from: Reader): Touch {
  const pointer = from.uv32("a pointer");
  const code = readCode(from);
  return { pointer, ...code, x: from.len("a touch point"), y: from.len("a touch point") };
}

function readCode(from: Reader): Pick<Touch, "phase" | "isMasked"> {
  const code = from.code("a touch code", TOUCH_CODES);
  return { phase: PHASES[code & 3] ?? "move", isMasked: (code & MASKED) !== 0 };
}

/** Reads the touches of a piece, each of which is a record of its own. */
export function readTouches(from: Reader, into: Track): void {
  const times = readTimes(from, into, readCount(from));
  const codes = times.map(() => readCode(from));
  const pointers = times.map(() => from.uv32("a pointer"));
  const xs = readSums(from, times.length);
  const ys = readSums(from, times.length);
  for (const [i, code] of codes.entries()) {
    const touch = { pointer: pointers[i] ?? 0, ...code, x: xs[i] ?? 0, y: ys[i] ?? 0 };
    into.add({ kind: "touch", touch }, times[i]);
  }
}

function readCount(from: Reader): number {
  const start = from.offset;
  const count = from.count("touches", MAX_TOUCHES);
  if (count === 0) throw from.expected("a touch", start);
  return count;
}

/** The record's time is that of the first; the track's time runs on to that of the last. */
function readTimes(from: Reader, { time }: Track, count: number): number[] {
  const first = time.ms;
  const later = readList(count - 1, () => {
    time.pass(from);
    return time.ms;
  });
  return [first, ...later];
}

/** Lengths, each written as the difference from the one before, in points. */
function readSums(from: Reader, count: number): number[] {
  let units = 0;
  return readList(count, () => {
    const start = from.offset;
    units += from.dlen("a touch point");
    if (Math.abs(units) > MAX_LENGTH_UNITS) throw from.expected("a touch point in range", start);
    return units / UNITS_PER_PT;
  });
}
