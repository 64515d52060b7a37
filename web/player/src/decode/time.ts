import type { Reader } from "./reader.ts";

const MAX_TIME_MS = (1n << 64n) - 1n;

/** A record time that runs on; the format counts 64 bits, so it is kept exactly. */
export class RecordTime {
  private exactMs: bigint;

  constructor(startMs: bigint) {
    this.exactMs = startMs;
  }

  /** Milliseconds since the run's start; rounded above 2⁵³. */
  get ms(): number {
    return Number(this.exactMs);
  }

  /** Reads how much time passes. */
  pass(from: Reader): void {
    const start = from.offset;
    this.exactMs += from.uv64("a record time");
    if (this.exactMs > MAX_TIME_MS) throw from.expected("a time of at most 64 bits", start);
  }
}
