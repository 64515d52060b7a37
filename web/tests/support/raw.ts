import { readLayout, readTrackOf } from "../../player/src/decode/segment.ts";
import type { TrackResult } from "../../player/src/decode/track.ts";
import type { Record } from "../../player/src/model.ts";
import { TrackEncoder } from "./encode/track.ts";
import { encodeHeader, SegmentEncoder } from "./encoder.ts";
import { keyframeOf, PLAIN_HEADER, PLAIN_STATE } from "./scene.ts";

const { startMs } = PLAIN_HEADER;

/** A state and a keyframe of one node, number 1, in state 0. */
export const OPENING: readonly Record[] = [
  { timeMs: startMs, body: { kind: "state", state: PLAIN_STATE } },
  {
    timeMs: startMs,
    body: { kind: "keyframe", keyframe: keyframeOf([{ id: 1, fields: {}, children: [] }]) },
  },
];

/** Reads a track of these inflated chunks. */
export function readRaw(track: number, ...chunks: readonly number[][]): Promise<TrackResult> {
  const segment = new SegmentEncoder(encodeHeader(PLAIN_HEADER));
  for (const chunk of chunks) segment.chunk(track, chunk);
  return readTrackOf(readLayout(segment.seal()), track);
}

/** `class offset` of what is wrong in a track, or "none". */
export async function wrongIn(track: number, ...chunks: readonly number[][]): Promise<string> {
  const { error } = await readRaw(track, ...chunks);
  return error ? `${error.class} ${error.place.offset}` : "none";
}

/** The bytes of a record of a track, at the time of the one before. */
export function record(kind: number, body: readonly number[]): number[] {
  return new TrackEncoder(startMs).raw(kind, body);
}

/** What is wrong in the body of a record that follows the opening; its offset counts in the body. */
export async function wrongBody(
  track: number,
  kind: number,
  body: readonly number[],
): Promise<string> {
  const before = track === 0 ? new TrackEncoder(startMs).encode(OPENING) : [];
  const whole = record(kind, body);
  const { error } = await readRaw(track, [...before, ...whole]);
  if (!error) return "none";
  return `${error.class} ${error.place.offset - before.length - whole.length + body.length}`;
}
