import { expected, type FormatError, over, type Place } from "./error.ts";
import { MAX_LENGTH_UNITS, UNITS_PER_PT } from "./limits.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Takes the primitive values of the format from bytes, in order; every read is bounds-checked. */
export class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly end: number;
  private readonly chunk: number | null;
  private at: number;

  /** A reader of `bytes[start..end]`; `chunk` names the inflated chunk that they are, for errors. */
  constructor(bytes: Uint8Array, chunk: number | null = null, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.chunk = chunk;
    this.at = start;
    this.end = end;
  }

  /** Offset of the next byte. */
  get offset(): number {
    return this.at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.end - this.at;
  }

  /** Where the next byte stands. */
  place(offset = this.at): Place {
    return { chunk: this.chunk, offset };
  }

  expected(what: string, offset = this.at): FormatError {
    return expected(this.place(offset), what);
  }

  over(what: string, limit: number, offset = this.at): FormatError {
    return over(this.place(offset), what, limit);
  }

  /** Passes `count` bytes and returns the offset of the first. */
  private pass(count: number, what: string): number {
    if (count > this.end - this.at) throw this.expected(what);
    const start = this.at;
    this.at += count;
    return start;
  }

  /** The next `count` bytes, not copied. */
  take(count: number, what: string): Uint8Array {
    const start = this.pass(count, what);
    return this.bytes.subarray(start, start + count);
  }

  /** A reader of the next `count` bytes, which this one then has passed. */
  part(count: number, what: string): Reader {
    const start = this.pass(count, what);
    return new Reader(this.bytes, this.chunk, start, start + count);
  }

  u8(what: string): number {
    return this.view.getUint8(this.pass(1, what));
  }

  u16(what: string): number {
    return this.view.getUint16(this.pass(2, what), true);
  }

  i16(what: string): number {
    return this.view.getInt16(this.pass(2, what), true);
  }

  u32(what: string): number {
    return this.view.getUint32(this.pass(4, what), true);
  }

  u64(what: string): bigint {
    return this.view.getBigUint64(this.pass(8, what), true);
  }

  /** A 64-bit number that JavaScript counts exactly (below 2⁵³). */
  u64Number(what: string): number {
    const start = this.at;
    const value = this.u64(what);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.expected(`${what} below 2^53`, start);
    return Number(value);
  }

  i64Number(what: string): number {
    const start = this.at;
    const value = this.view.getBigInt64(this.pass(8, what), true);
    const safe = BigInt(Number.MAX_SAFE_INTEGER);
    if (value > safe || value < -safe) throw this.expected(`${what} within 53 bits`, start);
    return Number(value);
  }

  /** A finite 32-bit float. */
  f32(what: string): number {
    const start = this.pass(4, what);
    const value = this.view.getFloat32(start, true);
    if (!Number.isFinite(value)) throw this.expected(`${what} that is a finite number`, start);
    return value;
  }

  /** A byte that is 0 or 1. */
  flag(what: string): boolean {
    return this.code(what, 2) === 1;
  }

  /** A byte below `count`. */
  code(what: string, count: number): number {
    const value = this.u8(what);
    if (value >= count) throw this.expected(what, this.at - 1);
    return value;
  }

  /** An unsigned LEB128 number below 2⁵³; the format allows 64 bits, but nothing in it needs them. */
  uv(what: string): number {
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.u8(what);
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) break;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw this.expected(`${what} below 2^53`, start);
  }

  private uvBelow(what: string, limit: number): number {
    const start = this.at;
    const value = this.uv(what);
    if (value >= limit) throw this.expected(`${what} below ${limit}`, start);
    return value;
  }

  uv32(what: string): number {
    return this.uvBelow(what, 0x1_0000_0000);
  }

  uv16(what: string): number {
    return this.uvBelow(what, 0x1_0000);
  }

  /** A node id, which is never 0. */
  id(what: string): number {
    const start = this.at;
    const id = this.uv32(what);
    if (id === 0) throw this.expected(what, start);
    return id;
  }

  /** A count of things that take at least a byte each, so that nothing is allocated in vain. */
  count(what: string, limit: number): number {
    const start = this.at;
    const count = this.uv(what);
    if (count > limit) throw this.over(what, limit, start);
    if (count > this.left) throw this.expected(what, start);
    return count;
  }

  /** A length, in points. */
  len(what: string): number {
    const start = this.at;
    const zigzag = this.uv(what);
    const units = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
    if (Math.abs(units) > MAX_LENGTH_UNITS) throw this.expected(`${what} in range`, start);
    return units / UNITS_PER_PT;
  }

  /** UTF-8 text of at most `limit` bytes. */
  text(what: string, limit: number): string {
    const count = this.count(what, limit);
    const start = this.at;
    try {
      return UTF8.decode(this.take(count, what));
    } catch {
      throw this.expected("UTF-8 text", start);
    }
  }
}
