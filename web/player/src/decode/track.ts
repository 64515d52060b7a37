import type { Body, Record } from "../model.ts";
import type { Piece } from "./chunks.ts";
import { FormatError } from "./error.ts";
import { inflateTrack } from "./inflate.ts";
import { Motion } from "./motion.ts";
import { Reader } from "./reader.ts";
import { STORY_READERS } from "./story.ts";
import { Tables } from "./tables.ts";
import { RecordTime } from "./time.ts";
import { readTouches } from "./touches.ts";
import { VISUAL_READERS } from "./visual.ts";

/** Numbers of the tracks. */
export const TRACK = { visual: 0, touches: 1, story: 2 } as const;

/** Reads the body of a record and adds what it says. */
export type BodyReader = (from: Reader, into: Track) => void;

/** One list per track, in it one reader per kind; their places are the numbers. */
const READERS: readonly (readonly (BodyReader | undefined)[])[] = [
  VISUAL_READERS,
  [undefined, readTouches],
  STORY_READERS,
];

/** What was read of one track, up to the first error. */
export interface TrackResult {
  readonly records: readonly Record[];
  readonly error: FormatError | null;
}

/** A track while it is read: its tables and its time run on from record to record. */
export class Track {
  readonly tables = new Tables();
  readonly time: RecordTime;
  readonly motion = new Motion();
  readonly records: Record[] = [];
  /** The state after the keyframe or diff read last. */
  state: number | null = null;
  /** Image records so far. */
  images = 0;

  constructor(startMs: bigint) {
    this.time = new RecordTime(startMs);
  }

  add(body: Body, timeMs = this.time.ms): void {
    this.records.push({ timeMs, body });
  }
}

/** Reads track `number`, of which `pieces` are all pieces, of a segment that starts at `startMs`. */
export async function readTrack(
  number: number,
  pieces: readonly Piece[],
  startMs: bigint,
): Promise<TrackResult> {
  const track = new Track(startMs);
  try {
    const bytes = pieces.length > 0 ? await inflateTrack(number, pieces) : new Uint8Array();
    readPieces(new Reader(bytes, number), pieces, READERS[number] ?? [], track);
    return { records: track.records, error: null };
  } catch (error) {
    if (error instanceof FormatError) return { records: track.records, error };
    throw error;
  }
}

function readPieces(
  from: Reader,
  pieces: readonly Piece[],
  readers: readonly (BodyReader | undefined)[],
  into: Track,
): void {
  for (const { inflatedBytes } of pieces) {
    const piece = from.part(inflatedBytes, "a piece");
    while (!piece.isAtEnd) readRecord(piece, readers, into);
  }
}

function readRecord(
  from: Reader,
  readers: readonly (BodyReader | undefined)[],
  track: Track,
): void {
  const read = readers[from.u8("a record kind")];
  track.time.pass(from);
  const body = from.part(from.count("bytes of a body"), "a record body");
  track.tables.strings.beginRecord();
  read?.(body, track);
}
