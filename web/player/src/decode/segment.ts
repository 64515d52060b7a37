import type { Record } from "../model.ts";
import { crc32 } from "./crc32.ts";
import { FormatError, type Place } from "./error.ts";
import { readHeader, type SegmentHeader } from "./header.ts";
import { inflate } from "./inflate.ts";
import {
  MAX_CHUNK_INFLATED_BYTES,
  MAX_SEGMENT_BYTES,
  MAX_SEGMENT_CHUNKS,
  MAX_SEGMENT_INFLATED_BYTES,
} from "./limits.ts";
import { Reader } from "./reader.ts";
import { type RecordContext, readRecord } from "./record.ts";
import { StringTable } from "./strings.ts";

const CHUNK_TAG = 0x43;
const FOOTER_TAG = 0x46;
const CRC_BYTES = 4;

/** The last bytes of a segment. */
export interface SegmentFooter {
  /** Record time of the last record. */
  readonly endMs: number;
  readonly chunks: number;
  readonly records: number;
  /** Length of the whole segment. */
  readonly bytes: number;
}

/** A decoded segment. */
export interface Segment {
  readonly header: SegmentHeader;
  readonly footer: SegmentFooter;
  /** In order of time; the first is a state, the second a keyframe. */
  readonly records: readonly Record[];
}

interface Chunk {
  readonly inflatedBytes: number;
  readonly deflated: Uint8Array;
}

/**
 * Decodes exactly one sealed segment.
 *
 * Rejects with a {@link FormatError} where the bytes are damaged, truncated,
 * over a limit or of another version. Linear in the inflated size, which is bounded.
 */
export async function decodeSegment(bytes: Uint8Array): Promise<Segment> {
  const from = new Reader(bytes);
  if (bytes.length > MAX_SEGMENT_BYTES) throw from.over("bytes in a segment", MAX_SEGMENT_BYTES);
  const header = readHeader(from, bytes);
  const chunks = readChunks(from);
  const footer = readFooter(from, bytes, chunks.length);
  const records = await readRecords(chunks, header.startMs);
  checkRecords(from, records, header, footer);
  return { header, footer, records };
}

/** Reads chunks up to and including the tag of the footer. */
function readChunks(from: Reader): Chunk[] {
  const chunks: Chunk[] = [];
  let inflated = 0;
  for (;;) {
    const start = from.offset;
    const tag = from.u8("a chunk or the footer");
    if (tag === FOOTER_TAG) return chunks;
    if (tag !== CHUNK_TAG) throw from.expected("a chunk or the footer", start);
    const chunk = readChunk(from);
    inflated += chunk.inflatedBytes;
    if (inflated > MAX_SEGMENT_INFLATED_BYTES) {
      throw from.over("inflated bytes in a segment", MAX_SEGMENT_INFLATED_BYTES, start);
    }
    chunks.push(chunk);
    if (chunks.length > MAX_SEGMENT_CHUNKS) {
      throw from.over("chunks in a segment", MAX_SEGMENT_CHUNKS, start);
    }
  }
}

function readChunk(from: Reader): Chunk {
  const start = from.offset;
  const inflatedBytes = from.u32("an inflated size");
  if (inflatedBytes > MAX_CHUNK_INFLATED_BYTES) {
    throw from.over("inflated bytes in a chunk", MAX_CHUNK_INFLATED_BYTES, start);
  }
  const deflatedBytes = from.u32("a deflated size");
  const crc = from.u32("a chunk checksum");
  const deflated = from.take(deflatedBytes, "a whole chunk");
  if (crc32(deflated) !== crc) throw checksum(from.place(start), "chunk");
  return { inflatedBytes, deflated };
}

function checksum(place: Place, of: string): FormatError {
  return new FormatError("checksum", place, `wrong checksum of the ${of}`);
}

function readFooter(from: Reader, bytes: Uint8Array, chunks: number): SegmentFooter {
  const footer = {
    endMs: from.u64Number("an end time"),
    chunks: from.u32("a chunk count"),
    records: from.u32("a record count"),
    bytes: from.u32("a segment length"),
  };
  const crcAt = from.offset;
  const crc = from.u32("a segment checksum");
  if (!from.isAtEnd) throw from.expected("the end of the segment");
  if (crc32(bytes.subarray(0, bytes.length - CRC_BYTES)) !== crc) {
    throw checksum(from.place(crcAt), "segment");
  }
  if (footer.chunks !== chunks || footer.bytes !== bytes.length) {
    throw from.expected("a footer that counts this segment", crcAt);
  }
  return footer;
}

async function readRecords(chunks: readonly Chunk[], startMs: number): Promise<Record[]> {
  const context: RecordContext = { strings: new StringTable(), timeMs: startMs };
  const records: Record[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const place = { chunk: index, offset: 0 };
    const inflated = await inflate(chunk.deflated, chunk.inflatedBytes, place);
    readChunkRecords(new Reader(inflated, index), context, records);
  }
  return records;
}

function readChunkRecords(from: Reader, context: RecordContext, into: Record[]): void {
  while (!from.isAtEnd) {
    const record = readRecord(from, context);
    if (record) into.push(record);
  }
}

/** What the format promises of the order and times of records. */
function checkRecords(
  from: Reader,
  records: readonly Record[],
  header: SegmentHeader,
  footer: SegmentFooter,
): void {
  const [state, keyframe] = records;
  const isBegun =
    state?.body.kind === "state" &&
    keyframe?.body.kind === "keyframe" &&
    keyframe.timeMs === header.startMs;
  if (!isBegun) throw from.expected("a state and a keyframe at the segment's start", 0);
  const last = records.at(-1);
  if (last && last.timeMs > footer.endMs) throw from.expected("no record after the footer's time");
}
