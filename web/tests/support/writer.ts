import type { Point } from "../../player/src/model.ts";

/** Writes the primitive values of the format; the tests' counterpart of the player's reader. */
export class Writer {
  readonly bytes: number[] = [];

  u8(value: number): void {
    this.bytes.push(value & 0xff);
  }

  fixed(bytes: number, write: (view: DataView) => void): void {
    const view = new DataView(new ArrayBuffer(bytes));
    write(view);
    this.bytes.push(...new Uint8Array(view.buffer));
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

  uv(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.u8(rest);
  }

  len(points: number): void {
    const units = Math.round(points * 32);
    this.uv(units < 0 ? -2 * units - 1 : 2 * units);
  }

  point({ x, y }: Point): void {
    this.len(x);
    this.len(y);
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

/** Numbers strings in order of first use. */
export class Interner {
  private readonly numbers = new Map<string, number>();

  write(out: Writer, text: string): void {
    const known = text === "" ? 0 : this.numbers.get(text);
    out.uv(known ?? this.numbers.size + 1);
    if (known !== undefined) return;
    this.numbers.set(text, this.numbers.size + 1);
    out.text(text);
  }
}
