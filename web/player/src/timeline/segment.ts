import { decodeSegment } from "../decode/segment.ts";
import type { Record } from "../model.ts";
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

/** Decodes the bytes of the segment that `entry` names. */
export async function loadSegment(entry: SegmentEntry, bytes: Uint8Array): Promise<LoadedSegment> {
  const { header, records } = await decodeSegment(bytes);
  if (header.segmentId !== entry.segmentId) throw new WrongSegmentError("another segment arrived");
  const shiftMs = entry.startMs - entry.recordStartMs;
  const touches = records.flatMap((record) => touchesOf(record, shiftMs));
  return { entry, records, touches, markers: markersOf(records, shiftMs), shiftMs };
}

function touchesOf({ timeMs, body }: Record, shiftMs: number): TimedTouch[] {
  const at = timeMs + shiftMs;
  if (body.kind === "touch") return [{ ...body.touch, timeMs: at }];
  if (body.kind === "state")
    return body.state.openTouches.map((touch) => ({ ...touch, timeMs: at }));
  return [];
}
