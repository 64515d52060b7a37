import { FormatError } from "../decode/error.ts";
import { TreeError } from "../tree/error.ts";
import type { SegmentEntry } from "./manifest.ts";
import { type LoadedSegment, loadSegment, WrongSegmentError } from "./segment.ts";
import { FetchError, type SegmentSource } from "./source.ts";

/** How often a segment is asked for before it counts as failed. */
const ATTEMPTS = 3;
/** Pause before the second attempt, in ms; it doubles. */
const FIRST_PAUSE_MS = 400;

/** How a segment came out; `T` is what was read of it. */
export type LoadResult<T = LoadedSegment> =
  | { readonly kind: "loaded"; readonly value: T }
  | { readonly kind: "bad"; readonly why: "damaged" | "missing" }
  | { readonly kind: "failed"; readonly message: string };

/** Reads of the bytes of a segment what is needed. */
export type ReadSegment<T> = (entry: SegmentEntry, bytes: Uint8Array) => Promise<T>;

/** Errors of bytes that no other attempt makes good. */
const DAMAGES = [FormatError, WrongSegmentError, TreeError];

/** Waits; the tests put another one in its place. */
export type Sleep = (ms: number) => Promise<void>;

const realSleep: Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Fetches and decodes segments: at most one request for each, and none that nobody wants any more. */
export class Loader {
  private readonly source: SegmentSource;
  private readonly sleep: Sleep;
  private readonly running = new Map<string, AbortController>();

  constructor(source: SegmentSource, sleep: Sleep = realSleep) {
    this.source = source;
    this.sleep = sleep;
  }

  /**
   * Loads exactly these segments, in this order, and gives up every other one
   * that is under way. `done` is called once for each that comes out.
   */
  want(entries: readonly SegmentEntry[], done: (entry: SegmentEntry, result: LoadResult) => void) {
    const ids = new Set(entries.map(({ segmentId }) => segmentId));
    for (const [id, control] of this.running) if (!ids.has(id)) this.abort(id, control);
    for (const entry of entries) if (!this.running.has(entry.segmentId)) this.start(entry, done);
  }

  /** Gives up everything. */
  stop(): void {
    for (const [id, control] of this.running) this.abort(id, control);
  }

  /** Loads one segment, whatever else is under way. `null` where it was given up. */
  async load<T>(
    entry: SegmentEntry,
    signal: AbortSignal,
    read: ReadSegment<T>,
  ): Promise<LoadResult<T> | null> {
    for (let attempt = 1; ; attempt++) {
      const result = await this.attempt(entry, signal, read);
      if (signal.aborted) return null;
      if (result.kind !== "failed" || attempt === ATTEMPTS) return result;
      await this.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      if (signal.aborted) return null;
    }
  }

  private abort(id: string, control: AbortController): void {
    this.running.delete(id);
    control.abort();
  }

  private start(
    entry: SegmentEntry,
    done: (entry: SegmentEntry, result: LoadResult) => void,
  ): void {
    const control = new AbortController();
    this.running.set(entry.segmentId, control);
    void this.load(entry, control.signal, loadSegment).then((result) => {
      if (result === null) return;
      this.running.delete(entry.segmentId);
      done(entry, result);
    });
  }

  private async attempt<T>(
    entry: SegmentEntry,
    signal: AbortSignal,
    read: ReadSegment<T>,
  ): Promise<LoadResult<T>> {
    try {
      const bytes = await this.source.fetch(entry.segmentId, signal);
      return { kind: "loaded", value: await read(entry, bytes) };
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

function outcomeOf(error: unknown): LoadResult<never> {
  if (DAMAGES.some((kind) => error instanceof kind)) return { kind: "bad", why: "damaged" };
  if (error instanceof FetchError && error.trouble === "missing")
    return { kind: "bad", why: "missing" };
  return { kind: "failed", message: error instanceof Error ? error.message : "loading failed" };
}
