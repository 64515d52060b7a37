import { crc32 } from "./crc32.ts";
import { FormatError } from "./error.ts";
import { MAX_ID_BYTES } from "./limits.ts";
import type { Reader } from "./reader.ts";

const MAGIC = 0x47535256; // "VRSG", little-endian
const VERSION = 0;
const CRC_BYTES = 4;
const ID = /^[A-Za-z0-9_\-.|@:=]+$/;

/** What a segment says of itself before its records. */
export interface SegmentHeader {
  /** 32 hex digits. */
  readonly segmentId: string;
  /** 16 hex digits. */
  readonly run: string;
  /** From 0 within the run. */
  readonly seq: number;
  /** Record time at the segment's start. */
  readonly startMs: number;
  /** Milliseconds since 1970 UTC, by the phone. */
  readonly wallMs: number;
  readonly utcOffsetMin: number;
  readonly deviceId: string;
  readonly sessionId: string;
}

/** Reads the header that `bytes` begin with and checks its checksum. */
export function readHeader(from: Reader, bytes: Uint8Array): SegmentHeader {
  if (from.u32("the magic VRSG") !== MAGIC) throw from.expected("the magic VRSG", 0);
  const version = from.u16("a format version");
  if (version !== VERSION) throw newVersion(from, version);
  const length = from.u16("a header length");
  checkCrc(from, bytes, length);
  const body = from.part(length - 8 - CRC_BYTES, "a whole header");
  const header = readHeaderBody(body);
  from.take(CRC_BYTES, "a header checksum");
  return header;
}

function newVersion(from: Reader, version: number): FormatError {
  const message = `format version ${version} is not known, this player reads ${VERSION}`;
  return new FormatError("version", from.place(4), message);
}

function checkCrc(from: Reader, bytes: Uint8Array, length: number): void {
  const end = length - CRC_BYTES;
  if (end < from.offset || length > bytes.length) throw from.expected("a header length", 6);
  const stored = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true);
  if (crc32(bytes.subarray(0, end)) === stored) return;
  throw new FormatError("checksum", from.place(end), "wrong checksum of the header");
}

function readHeaderBody(from: Reader): SegmentHeader {
  return {
    segmentId: hex(from.take(16, "a segment id")),
    run: from.u64("a run").toString(16).padStart(16, "0"),
    seq: from.u32("a seq"),
    startMs: from.u64Number("a record time"),
    wallMs: from.i64Number("a wall clock"),
    utcOffsetMin: from.i16("a UTC offset"),
    deviceId: readId(from, "a device id"),
    sessionId: readId(from, "a session id"),
  };
}

function readId(from: Reader, what: string): string {
  const start = from.offset;
  const id = from.text(what, MAX_ID_BYTES);
  if (!ID.test(id)) throw from.expected(what, start);
  return id;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
