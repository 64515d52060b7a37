import { FormatError, type Place } from "./error.ts";
import {
  MAX_DIFFERENCE_UNITS,
  MAX_LENGTH_UNITS,
  MAX_RATIO_UNITS,
  UNITS_PER_ONE,
  UNITS_PER_PT,
} from "./limits.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Most bytes of a LEB128 number, and what its last one may hold of 64 bits. */
const MAX_UV_BYTES = 10;
const MAX_LAST_UV_BYTE = 1;

/** The signed number that a zigzag number stands for. */
export function unzigzag(zigzag: number): number {
  return zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
}

/**
 * Takes the primitive values of the format from bytes, in order. Every read is
 * bounds-checked and throws a {@link FormatError} at the value's first byte.
 */
export class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly track: number | undefined;
  private readonly end: number;
  private at: number;

  /** A reader of `bytes[start..end]`; `track` names the inflated track that they are, for errors. */
  constructor(
    bytes: Uint8Array,
    track?: number,
    start = 0,
    end = bytes.length,
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ) {
    this.bytes = bytes;
    this.view = view;
    this.track = track;
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

  place(offset = this.at): Place {
    return this.track === undefined ? { offset } : { track: this.track, offset };
  }

  /** Something other than `what` stands at `offset`. */
  expected(what: string, offset = this.at): FormatError {
    return new FormatError("expected", this.place(offset), `expected ${what}`);
  }

  /** There is more of `what` than `limit`; the value at `offset` exceeds it. */
  over(what: string, limit: number, offset = this.at): FormatError {
    return new FormatError("limit", this.place(offset), `more than ${limit} ${what}`);
  }

  /** Passes `count` bytes and returns the offset of the first. */
  pass(count: number, what: string): number {
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

  /** The bytes from `start` to the next byte, not copied. */
  since(start: number): Uint8Array {
    return this.bytes.subarray(start, this.at);
  }

  /** A reader of the next `count` bytes, which this one then has passed. */
  part(count: number, what: string): Reader {
    const start = this.pass(count, what);
    return new Reader(this.bytes, this.track, start, start + count, this.view);
  }

  u8(what: string): number {
    if (this.at >= this.end) throw this.expected(what);
    return this.view.getUint8(this.at++);
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

  i64(what: string): bigint {
    return this.view.getBigInt64(this.pass(8, what), true);
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

  /** A byte that is the place of a name in `names`. */
  name<T extends string>(what: string, names: readonly T[]): T {
    const start = this.at;
    const name = names[this.u8(what)];
    if (name === undefined) throw this.expected(what, start);
    return name;
  }

  /** An unsigned LEB128 number of at most 64 bits; exact up to 2⁵³, rounded above. */
  uv(what: string): number {
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_UV_BYTES && this.at < this.end; i++) {
      const byte = this.view.getUint8(this.at++);
      if (i === MAX_UV_BYTES - 1 && byte > MAX_LAST_UV_BYTE) break;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw this.expected(`${what} of at most 64 bits`, start);
  }

  /** The same, always exact. */
  uv64(what: string): bigint {
    const start = this.at;
    const value = this.uv(what);
    if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
    let exact = 0n;
    for (let at = this.at - 1; at >= start; at--) {
      exact = (exact << 7n) | BigInt(this.view.getUint8(at) & 0x7f);
    }
    return exact;
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

  /** A signed number of at most 64 bits; exact up to 2⁵², rounded beyond. */
  sv(what: string): number {
    return unzigzag(this.uv(what));
  }

  private svWithin(what: string, limit: number): number {
    const start = this.at;
    const value = this.sv(what);
    if (value > limit || value < -limit) throw this.expected(`${what} in range`, start);
    return value;
  }

  /** A length, in points. */
  len(what: string): number {
    return this.svWithin(what, MAX_LENGTH_UNITS) / UNITS_PER_PT;
  }

  /** A difference of two lengths, in units of 1/32 pt. */
  dlen(what: string): number {
    return this.svWithin(what, MAX_DIFFERENCE_UNITS);
  }

  ratio(what: string): number {
    return this.svWithin(what, MAX_RATIO_UNITS) / UNITS_PER_ONE;
  }

  /** A signed number of at most 64 bits, modulo 2^`bits`: from −2^(`bits` − 1) on. */
  svModulo(what: string, bits: number): number {
    const zigzag = this.uv64(what);
    return Number(BigInt.asIntN(bits, (zigzag >> 1n) ^ -(zigzag & 1n)));
  }

  /** A number of 32 bits that is not 0, such as a node id. */
  id(what: string): number {
    const start = this.at;
    const id = this.uv32(what);
    if (id === 0) throw this.expected(what, start);
    return id;
  }

  /**
   * A count of things that take a byte each, or a length in bytes. It is at
   * most what is left, so that nothing is allocated in vain.
   */
  count(what: string, limit = Number.POSITIVE_INFINITY): number {
    const start = this.at;
    const count = this.uv(what);
    if (count > limit) throw this.over(what, limit, start);
    if (count > this.left) throw this.expected(`${what} that are there`, start);
    return count;
  }

  /** `count` bytes of UTF-8. */
  utf8(count: number, what: string): string {
    const start = this.at;
    const bytes = this.take(count, what);
    try {
      return UTF8.decode(bytes);
    } catch {
      throw this.expected(`${what} in UTF-8`, start);
    }
  }
}
