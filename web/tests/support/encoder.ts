import { crc32 } from "node:zlib";
import type { Record } from "../../player/src/model.ts";
import type { Choices } from "./encode/nodes.ts";
import { TrackStream } from "./encode/stream.ts";
import { TrackEncoder, trackOf } from "./encode/track.ts";
import { Writer } from "./encode/writer.ts";

/** What stands in a header. */
export interface HeaderFields {
  /** 32 hex digits. */
  readonly segmentId: string;
  readonly run: bigint;
  readonly seq: number;
  readonly startMs: number;
  readonly wallMs: number;
  readonly utcOffsetMin: number;
  readonly deviceId: string;
  readonly sessionId: string;
}

/** The bytes of a header; `extension` stands where a later version adds fields. */
export function encodeHeader(
  header: HeaderFields,
  version = 1,
  extension: readonly number[] = [],
): number[] {
  const out = new Writer();
  out.raw(Buffer.from("VRSG"));
  out.u16(version);
  out.u16(0);
  out.raw(Buffer.from(header.segmentId, "hex"));
  out.u64(header.run);
  out.u32(header.seq);
  out.u64(BigInt(header.startMs));
  out.u64(BigInt(header.wallMs));
  out.u16(header.utcOffsetMin);
  out.text(header.deviceId);
  out.text(header.sessionId);
  out.raw(extension);
  const length = out.offset + 4;
  out.bytes[6] = length & 0xff;
  out.bytes[7] = length >> 8;
  out.u32(crc32(Uint8Array.from(out.bytes)));
  return out.bytes;
}

/** A piece of a track. */
export interface PieceFields {
  readonly track: number;
  readonly inflatedBytes: number;
  readonly payload: Iterable<number>;
}

/** The bytes of a chunk of these pieces. */
export function encodeChunk(...pieces: readonly PieceFields[]): number[] {
  const out = new Writer();
  const payloads = pieces.map(({ payload }) => [...payload]);
  out.u8(pieces.reduce((tag, { track }) => tag | (1 << track), 0x10));
  for (const [i, { inflatedBytes }] of pieces.entries()) {
    out.uv(inflatedBytes);
    out.uv(payloads[i]?.length ?? 0);
  }
  for (const payload of payloads) out.raw(payload);
  out.u32(crc32(Uint8Array.from(out.bytes)));
  return out.bytes;
}

/** What a footer says. */
export interface FooterFields {
  /** Since the header's record time. */
  readonly lastMs: number;
  readonly chunks: number;
  readonly entries: number;
}

/** A sealed segment around a header and finished chunks. */
export function seal(
  header: readonly number[],
  chunks: readonly (readonly number[])[],
  footer: Partial<FooterFields> = {},
): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  out.raw(header);
  for (const chunk of chunks) out.raw(chunk);
  out.u8(0x46);
  out.uv(footer.lastMs ?? 0);
  out.uv(footer.chunks ?? chunks.length);
  out.uv(footer.entries ?? 0);
  out.u32(crc32(Uint8Array.from(out.bytes)));
  return Uint8Array.from(out.bytes);
}

/** Writes chunks of any tracks and puts a segment around them. */
export class SegmentEncoder {
  private readonly header: readonly number[];
  private readonly chunks: number[][] = [];
  private readonly streams = new Map<number, TrackStream>();

  constructor(header: readonly number[]) {
    this.header = header;
  }

  /** Adds a chunk of whole records of one track. */
  chunk(track: number, inflated: readonly number[]): this {
    return this.chunkOf(new Map([[track, inflated]]));
  }

  /** Adds a chunk of whole records of these tracks. */
  chunkOf(tracks: ReadonlyMap<number, readonly number[]>): this {
    const pieces = [...tracks].map(([track, inflated]) => this.piece(track, inflated));
    this.chunks.push(encodeChunk(...pieces));
    return this;
  }

  private piece(track: number, inflated: readonly number[]): PieceFields {
    const stream = this.streams.get(track) ?? new TrackStream();
    this.streams.set(track, stream);
    const bytes = Uint8Array.from(inflated);
    return { track, inflatedBytes: bytes.length, payload: stream.deflate(bytes) };
  }

  seal(footer: Partial<FooterFields> = {}): Uint8Array<ArrayBuffer> {
    return seal(this.header, this.chunks, footer);
  }
}

/**
 * A sealed segment of these records; every `perChunk` of them are a chunk.
 */
export function encodeSegment(
  header: HeaderFields,
  records: readonly Record[],
  perChunk = 16,
  choices: Choices = {},
): Uint8Array<ArrayBuffer> {
  const segment = new SegmentEncoder(encodeHeader(header));
  const tracks = [0, 1, 2].map(() => new TrackEncoder(header.startMs, choices));
  for (let i = 0; i < records.length; i += perChunk) {
    const part = records.slice(i, i + perChunk);
    const pieces = new Map<number, readonly number[]>();
    for (const [number, track] of tracks.entries()) {
      const own = part.filter((record) => trackOf(record) === number);
      if (own.length > 0) pieces.set(number, track.encode(own));
    }
    segment.chunkOf(pieces);
  }
  const lastMs = (records.at(-1)?.timeMs ?? header.startMs) - header.startMs;
  return segment.seal({ lastMs, entries: records.length });
}
