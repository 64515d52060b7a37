import { FormatError } from "../../player/src/decode/error.ts";
import {
  mergeTracks,
  readLayout,
  readTracks,
  type SegmentLayout,
} from "../../player/src/decode/segment.ts";
import type { TrackResult } from "../../player/src/decode/track.ts";
import type { Record } from "../../player/src/model.ts";
import { TreeError } from "../../player/src/tree/error.ts";
import { checkOpening } from "../../player/src/tree/opening.ts";
import { States } from "../../player/src/tree/states.ts";

/** An error of the format, as `corpus/outcomes.json` writes one. */
export interface ErrorOutcome {
  readonly class: string;
  readonly track?: number;
  readonly offset: number;
}

/** How one track came out. */
export interface TrackOutcome {
  readonly entries: number;
  readonly error?: ErrorOutcome;
}

/** How a whole segment plays. */
export type PlayOutcome =
  | { readonly error: { readonly kind: string; readonly time_ms?: number } }
  | { readonly nodes: number; readonly state: number };

/** What a reader makes of any bytes; `play` is there where no track has an error. */
export type Outcome =
  | { readonly error: ErrorOutcome }
  | { readonly tracks: readonly TrackOutcome[]; readonly play?: PlayOutcome };

/** Reads `bytes` as a segment and plays it to its end. */
export async function outcomeOf(bytes: Uint8Array): Promise<Outcome> {
  const layout = layoutOf(bytes);
  if (layout instanceof FormatError) return { error: errorOutcome(layout) };
  const tracks = await readTracks(layout);
  const outcomes = tracks.map(trackOutcome);
  if (tracks.some(({ error }) => error !== null)) return { tracks: outcomes };
  return { tracks: outcomes, play: playOutcome(mergeTracks(tracks), layout.header.startMs) };
}

function layoutOf(bytes: Uint8Array): SegmentLayout | FormatError {
  try {
    return readLayout(bytes);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

function errorOutcome(error: FormatError): ErrorOutcome {
  return { class: error.class, ...error.place };
}

function trackOutcome({ records, error }: TrackResult): TrackOutcome {
  const entries = records.length;
  return error ? { entries, error: errorOutcome(error) } : { entries };
}

function playOutcome(records: readonly Record[], startMs: number): PlayOutcome {
  const opening = treeErrorOf(() => checkOpening(records, startMs));
  if (opening) return { error: { kind: opening.kind } };
  const states = new States();
  for (const { timeMs, body } of records) {
    const error = treeErrorOf(() => states.play(body));
    if (error) return { error: { kind: error.kind, time_ms: timeMs } };
  }
  return { nodes: states.tree.size, state: states.tree.state };
}

function treeErrorOf(act: () => void): TreeError | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof TreeError) return error;
    throw error;
  }
}
