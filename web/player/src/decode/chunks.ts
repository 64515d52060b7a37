import { readChecksum } from "./checksum.ts";
import {
  FREE_INFLATED_BYTES,
  MAX_INFLATION,
  MAX_SEGMENT_CHUNKS,
  MAX_SEGMENT_INFLATED_BYTES,
} from "./limits.ts";
import type { Reader } from "./reader.ts";

/** A chunk's tag is this and a bit for each track that has a piece in it, at least one. */
const CHUNK_TAG = 0x10;
const TRACK_BITS = 0x0f;
const TRACKS = [0, 1, 2, 3] as const;
const FOOTER_TAG = 0x46;

/** A piece of a track. */
export interface Piece {
  readonly track: number;
  /** What its records inflate to. */
  readonly inflatedBytes: number;
  /** Its part of the track's DEFLATE stream. */
  readonly payload: Uint8Array;
}

/** Pieces of different tracks, in order of their numbers. */
export type Chunk = readonly Piece[];

/** What is said of a piece before its payload. */
interface Sizes {
  readonly track: number;
  readonly inflatedBytes: number;
  readonly payloadBytes: number;
  /** Where the size of the payload stands. */
  readonly payloadBytesAt: number;
}

/** Reads chunks up to and including the tag of the footer; checks them against the limits. */
export function readChunks(from: Reader): Chunk[] {
  const reading = new Reading(from);
  const chunks: Chunk[] = [];
  for (;;) {
    const start = from.offset;
    const tag = from.u8("a chunk or the footer");
    if (tag === FOOTER_TAG) return chunks;
    const tracks = TRACKS.filter((track) => (tag >> track) & 1);
    const isChunk = (tag & ~TRACK_BITS) === CHUNK_TAG && tracks.length > 0;
    if (!isChunk) throw from.expected("a chunk or the footer", start);
    chunks.push(reading.chunk(tracks, start));
    if (chunks.length > MAX_SEGMENT_CHUNKS) throw from.over("chunks", MAX_SEGMENT_CHUNKS, start);
  }
}

/** Reads chunks and counts what they inflate to. */
class Reading {
  private readonly from: Reader;
  private inflatedBytes = 0;

  constructor(from: Reader) {
    this.from = from;
  }

  /** Reads a chunk behind its tag, which is at `start`. */
  chunk(tracks: readonly number[], start: number): Chunk {
    const sizes = tracks.map((track) => this.sizes(track));
    const pieces = sizes.map((size) => this.piece(size));
    readChecksum(this.from, start, "chunk");
    for (const { inflatedBytes } of pieces) this.inflatedBytes += inflatedBytes;
    this.checkInflated(MAX_SEGMENT_INFLATED_BYTES, start);
    this.checkInflated(FREE_INFLATED_BYTES + MAX_INFLATION * this.from.offset, start);
    return pieces;
  }

  private sizes(track: number): Sizes {
    const { from } = this;
    const inflatedBytesAt = from.offset;
    const inflatedBytes = from.uv32("an inflated size");
    if (inflatedBytes === 0) throw from.expected("an inflated size", inflatedBytesAt);
    const payloadBytesAt = from.offset;
    return { track, inflatedBytes, payloadBytes: from.uv32("a payload size"), payloadBytesAt };
  }

  private checkInflated(most: number, start: number): void {
    if (this.inflatedBytes > most) throw this.from.over("inflated bytes up to here", most, start);
  }

  private piece({ track, inflatedBytes, payloadBytes, payloadBytesAt }: Sizes): Piece {
    const { from } = this;
    if (payloadBytes > from.left) throw from.expected("a whole payload", payloadBytesAt);
    return { track, inflatedBytes, payload: from.take(payloadBytes, "a whole payload") };
  }
}
