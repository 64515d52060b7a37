import {
  decodeSegment,
  readLayout,
  readOpening,
  readTrackOf,
  type SegmentLayout,
} from "../decode/segment.ts";
import { TRACK } from "../decode/track.ts";
import type { Record } from "../model.ts";
import { checkOpening } from "../tree/opening.ts";
import type { TimedTouch } from "./fingers.ts";
import type { SegmentEntry } from "./manifest.ts";
import { type Marker, markersOf } from "./markers.ts";

/** A segment that can be played: its records and what was drawn from them. */
export interface LoadedSegment {
  readonly entry: SegmentEntry;
  readonly records: readonly Record[];
  /** Fingers, those that were down at its start first. */
  readonly touches: readonly TimedTouch[];
  readonly markers: readonly Marker[];
  /** Add it to a record time to get the replay time. */
  readonly shiftMs: number;
}

/** The bytes are a segment, but not the one that the manifest names. */
export class WrongSegmentError extends Error {
  override readonly name = "WrongSegmentError";
}

/**
 * Decodes the bytes of the segment that `entry` names.
 *
 * Rejects with a {@link FormatError}, a {@link WrongSegmentError}, or a
 * {@link TreeError} where it cannot be played from its start.
 */
export async function loadSegment(entry: SegmentEntry, bytes: Uint8Array): Promise<LoadedSegment> {
  const { header, records } = await decodeSegment(bytes);
  checkId(entry, header);
  checkOpening(records, header.startMs);
  const shiftMs = shiftOf(entry);
  const touches = records.flatMap((record) => touchesOf(record, shiftMs));
  return { entry, records, touches, markers: markersOf(records, shiftMs), shiftMs };
}

/** Decodes only the markers: the state at the segment's start and the story track. */
export async function loadMarkers(
  entry: SegmentEntry,
  bytes: Uint8Array,
): Promise<readonly Marker[]> {
  const layout = readLayout(bytes);
  checkId(entry, layout.header);
  const opening = await readOpening(layout);
  const { records, error } = await readTrackOf(layout, TRACK.story);
  if (error) throw error;
  return markersOf(opening ? [opening, ...records] : records, shiftOf(entry));
}

function checkId(entry: SegmentEntry, header: SegmentLayout["header"]): void {
  if (header.segmentId !== entry.segmentId) throw new WrongSegmentError("another segment arrived");
}

function shiftOf({ startMs, recordStartMs }: SegmentEntry): number {
  return startMs - recordStartMs;
}

function touchesOf({ timeMs, body }: Record, shiftMs: number): TimedTouch[] {
  const at = timeMs + shiftMs;
  if (body.kind === "touch") return [{ ...body.touch, timeMs: at }];
  if (body.kind === "state")
    return body.state.openTouches.map((touch) => ({ ...touch, timeMs: at }));
  return [];
}
