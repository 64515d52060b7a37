import { decodeSegment } from "../../player/src/decode/segment.ts";
import { States } from "../../player/src/tree/states.ts";
import { scrollSegment } from "./scroll.ts";

const WARM_UP_RUNS = 100;
const RUNS = 300;

/** Decodes a segment and plays it to its last frame; returns the milliseconds that it took. */
async function run(bytes: Uint8Array): Promise<number> {
  const before = performance.now();
  const { records } = await decodeSegment(bytes);
  const states = new States();
  for (const { body } of records) states.play(body);
  return performance.now() - before;
}

/** Times of decoding half a minute to its last frame, in ms, and what was decoded. */
export async function benchDecode(): Promise<string> {
  const bytes = scrollSegment();
  const times: number[] = [];
  for (let i = 0; i < WARM_UP_RUNS + RUNS; i++) times.push(await run(bytes));
  const sorted = times.slice(WARM_UP_RUNS).sort((a, b) => a - b);
  const [best, median] = [sorted[0] ?? 0, sorted[RUNS >> 1] ?? 0];
  return `${bytes.length} bytes to the last frame: best ${best.toFixed(2)} ms, median ${median.toFixed(2)} ms`;
}
