import type { Record } from "../model.ts";
import { type Chunk, type Piece, readChunks } from "./chunks.ts";
import { readFooter, type SegmentFooter } from "./footer.ts";
import { readHeader, type SegmentHeader } from "./header.ts";
import { MAX_SEGMENT_BYTES } from "./limits.ts";
import { Reader } from "./reader.ts";
import { readTrack, TRACK, type TrackResult } from "./track.ts";

/** A segment whose header, chunks and footer hold; nothing is inflated yet. */
export interface SegmentLayout {
  readonly header: SegmentHeader;
  readonly chunks: readonly Chunk[];
  readonly footer: SegmentFooter;
}

/** A decoded segment. */
export interface Segment {
  readonly header: SegmentHeader;
  readonly footer: SegmentFooter;
  /** In order of time, at equal times those of a lower track first. */
  readonly records: readonly Record[];
}

/**
 * Reads header, chunks and footer of exactly one sealed segment.
 *
 * Throws a {@link FormatError} where the bytes are damaged, truncated, over a
 * limit or of another version. Linear in the stored bytes.
 */
export function readLayout(bytes: Uint8Array): SegmentLayout {
  const from = new Reader(bytes.subarray(0, MAX_SEGMENT_BYTES));
  const header = readHeader(from);
  const chunks = readChunks(from);
  const footer = readFooter(from, header.exactStartMs, chunks.length);
  if (from.offset < bytes.length) throw from.expected("the end of the segment");
  return { header, chunks, footer };
}

/** Reads one track, see {@link TRACK}, and no other. Linear in its inflated bytes, which are bounded. */
export function readTrackOf(layout: SegmentLayout, number: number): Promise<TrackResult> {
  return readTrack(number, piecesOf(layout, number), layout.header.exactStartMs);
}

function piecesOf({ chunks }: SegmentLayout, number: number): Piece[] {
  return chunks.flat().filter(({ track }) => track === number);
}

/** Reads all tracks, each for itself: an error in one leaves the others whole. */
export function readTracks(layout: SegmentLayout): Promise<TrackResult[]> {
  return Promise.all(Object.values(TRACK).map((number) => readTrackOf(layout, number)));
}

/**
 * Reads the state that a segment begins with from its first visual piece alone;
 * `null` where it does not hold.
 */
export async function readOpening(layout: SegmentLayout): Promise<Record | null> {
  const first = piecesOf(layout, TRACK.visual).slice(0, 1);
  const { records } = await readTrack(TRACK.visual, first, layout.header.exactStartMs);
  return records[0]?.body.kind === "state" ? records[0] : null;
}

/**
 * Decodes exactly one sealed segment.
 *
 * Rejects with the {@link FormatError} of its layout or of its first track that
 * has one. Linear in the inflated size, which is bounded.
 */
export async function decodeSegment(bytes: Uint8Array): Promise<Segment> {
  const layout = readLayout(bytes);
  const tracks = await readTracks(layout);
  for (const { error } of tracks) if (error) throw error;
  return { header: layout.header, footer: layout.footer, records: mergeTracks(tracks) };
}

/** The entries of the tracks of a segment, in order of time; at equal times the lower track's come first. */
export function mergeTracks(tracks: readonly TrackResult[]): Record[] {
  // Sorting is stable.
  return tracks.flatMap(({ records }) => records).sort((a, b) => a.timeMs - b.timeMs);
}
