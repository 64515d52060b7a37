import { CRC_BYTES, readChecksum } from "./checksum.ts";
import { FormatError } from "./error.ts";
import { MAX_HEADER_BYTES, MAX_ID_BYTES } from "./limits.ts";
import type { Reader } from "./reader.ts";

const MAGIC = 0x47535256; // "VRSG", little-endian
const VERSION = 1;
/** Bytes of magic, version and length. */
const PROLOGUE_BYTES = 8;
/** Bytes of the shortest header: its ids have one byte each. */
const MIN_HEADER_BYTES = 62;
const ID = /^[A-Za-z0-9_\-.|@:=]+$/;

/** What a segment says of itself before its records. */
export interface SegmentHeader {
  /** 32 hex digits. */
  readonly segmentId: string;
  /** 16 hex digits. */
  readonly run: string;
  /** From 0 within the run. */
  readonly seq: number;
  /** Record time at the segment's start; rounded above 2⁵³. */
  readonly startMs: number;
  /** The same, exact. */
  readonly exactStartMs: bigint;
  /** Milliseconds since 1970 UTC, by the phone. */
  readonly wallMs: number;
  readonly utcOffsetMin: number;
  readonly deviceId: string;
  readonly sessionId: string;
}

/** Reads the header that a segment begins with. Its checksum is checked before its fields. */
export function readHeader(from: Reader): SegmentHeader {
  const start = from.offset;
  if (from.u32("the magic VRSG") !== MAGIC) throw from.expected("the magic VRSG", start);
  checkVersion(from);
  const fields = from.part(readLength(from), "a whole header");
  readChecksum(from, start, "header");
  return readFields(fields);
}

function checkVersion(from: Reader): void {
  const place = from.place();
  const version = from.u16("a format version");
  if (version === VERSION) return;
  const message = `format version ${version} is not known, this player reads ${VERSION}`;
  throw new FormatError("version", place, message);
}

/** How many bytes of the header follow its length, without the checksum. */
function readLength(from: Reader): number {
  const start = from.offset;
  const length = from.u16("a header length");
  if (length > MAX_HEADER_BYTES) throw from.over("bytes in a header", MAX_HEADER_BYTES, start);
  const isThere = length >= MIN_HEADER_BYTES && length - PROLOGUE_BYTES <= from.left;
  if (!isThere) throw from.expected("a header length", start);
  return length - PROLOGUE_BYTES - CRC_BYTES;
}

function readFields(from: Reader): SegmentHeader {
  const segmentId = hex(from.take(16, "a segment id"));
  const run = from.u64("a run").toString(16).padStart(16, "0");
  const seq = from.u32("a seq");
  const exactStartMs = from.u64("a record time");
  const startMs = Number(exactStartMs);
  const wallMs = Number(from.i64("a wall clock"));
  const utcOffsetMin = from.i16("a UTC offset");
  const deviceId = readId(from, "a device id");
  const sessionId = readId(from, "a session id");
  const ids = { deviceId, sessionId };
  return { segmentId, run, seq, startMs, exactStartMs, wallMs, utcOffsetMin, ...ids };
}

function readId(from: Reader, what: string): string {
  const start = from.offset;
  const count = from.count(`bytes of ${what}`, MAX_ID_BYTES);
  if (count < 1) throw from.expected(what, start);
  const textStart = from.offset;
  const id = from.utf8(count, what);
  if (!ID.test(id)) throw from.expected(what, textStart);
  return id;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
