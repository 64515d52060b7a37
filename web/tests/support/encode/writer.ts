/** The zigzag map of a whole number. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Writes the primitive values of the format; the tests' counterpart of the player's reader. */
export class Writer {
  readonly bytes: number[] = [];

  get offset(): number {
    return this.bytes.length;
  }

  u8(value: number): void {
    this.bytes.push(value & 0xff);
  }

  private fixed(bytes: number, write: (view: DataView) => void): void {
    const view = new DataView(new ArrayBuffer(bytes));
    write(view);
    this.raw(new Uint8Array(view.buffer));
  }

  u16(value: number): void {
    this.fixed(2, (view) => view.setUint16(0, value, true));
  }

  u32(value: number): void {
    this.fixed(4, (view) => view.setUint32(0, value, true));
  }

  u64(value: bigint): void {
    this.fixed(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, value), true));
  }

  f32(value: number): void {
    this.fixed(4, (view) => view.setFloat32(0, value, true));
  }

  flag(value: boolean): void {
    this.u8(value ? 1 : 0);
  }

  uv(value: number | bigint): void {
    let rest = BigInt(value);
    for (; rest >= 0x80n; rest >>= 7n) this.u8(Number(rest & 0x7fn) | 0x80);
    this.u8(Number(rest));
  }

  sv(value: number): void {
    this.uv(zigzag(value));
  }

  /** A length, or a difference of two. */
  len(points: number): void {
    this.sv(Math.round(points * 32));
  }

  ratio(value: number): void {
    this.sv(Math.round(value * 4096));
  }

  text(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.uv(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Iterable<number>): void {
    for (const byte of bytes) this.bytes.push(byte);
  }
}

/** The bytes that `write` writes. */
export function written(write: (out: Writer) => void): number[] {
  const out = new Writer();
  write(out);
  return out.bytes;
}
