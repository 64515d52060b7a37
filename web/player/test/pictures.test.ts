import { describe, expect, test } from "vitest";
import { placed } from "../src/paint/bitmap.ts";
import { PictureError } from "../src/pictures/decode.ts";
import { readPictureHead } from "../src/pictures/head.ts";
import { MAX_PICTURE_LOADS, MAX_SHELF_BYTES, Pictures } from "../src/pictures/shelf.ts";
import { FetchError } from "../src/timeline/source.ts";
import { leftOutWord } from "../src/words.ts";

/** Bytes, a character each. */
const raw = (...parts: (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((one) => one.charCodeAt(0)) : part,
    ),
  );
const u16 = (value: number) => [value >> 8, value & 0xff];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

const png = (width: number, height: number) =>
  raw("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", u32(width), u32(height), [8, 6, 0, 0, 0]);
const jpeg = (before: readonly number[], marker: number, width: number, height: number) =>
  raw([0xff, 0xd8], before, [0xff, marker, 0, 17, 8], u16(height), u16(width));
const webp = (chunk: string) => raw("RIFF\0\0\0\0WEBP", chunk);

/** `type width×height` of a picture, or "none". */
function headOf(bytes: Uint8Array): string {
  const head = readPictureHead(bytes);
  return head ? `${head.mediaType.slice(6)} ${head.widthPx}×${head.heightPx}` : "none";
}

// The same cases as crates/viewreel-format/tests/pictures.rs.
describe("the first bytes of a picture", () => {
  test("tell the size of a PNG in its first chunk", () => {
    expect(headOf(png(3, 65_535))).toBe("png 3×65535");
    const other = png(3, 4);
    other.set(raw("IDAT"), 12);
    expect(headOf(other)).toBe("none");
  });

  test("tell the size of a JPEG behind what comes before", () => {
    expect(headOf(jpeg([0xff, 0xe0, 0, 4, 7, 7], 0xc0, 640, 480))).toBe("jpeg 640×480");
    expect(headOf(jpeg([0xff, 0xc4, 0, 3, 7, 0xff], 0xc2, 640, 480))).toBe("jpeg 640×480");
    expect(headOf(jpeg([0xff, 0x01, 0xff, 0xd0], 0xcf, 1, 2))).toBe("jpeg 1×2");
    expect(headOf(jpeg([0xff, 0xda, 0, 2], 0xc0, 1, 2))).toBe("none");
    expect(headOf(jpeg([0xff, 0xe0, 0, 4, 7], 0xc0, 1, 2))).toBe("none");
    expect(headOf(jpeg([], 0xc0, 1, 0))).toBe("none");
  });

  test("tell the size of a WebP in each of its three forms", () => {
    expect(headOf(webp("VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x42\xe0\x81"))).toBe("webp 640×480");
    expect(headOf(webp("VP8L\0\0\0\0\x2f\x7f\xc2\x77\0"))).toBe("webp 640×480");
    expect(headOf(webp("VP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"))).toBe("webp 640×480");
    expect(headOf(webp("ALPH\0\0\0\0"))).toBe("none");
  });

  test("are those of nothing else, and of nothing huge", () => {
    for (const text of ["", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\x89PNG"]) {
      expect(headOf(raw(text))).toBe("none");
    }
    expect(headOf(png(4_096, 4_096))).toBe("png 4096×4096");
    expect(headOf(png(4_096, 4_097))).toBe("none");
    expect(headOf(png(65_536, 1))).toBe("none");
    expect(headOf(png(0, 1))).toBe("none");
  });

  test("may be cut or changed anywhere", () => {
    for (const whole of [png(3, 4), jpeg([0xff, 0xe0, 0, 4, 7, 7], 0xc0, 3, 4)]) {
      for (let at = 0; at < whole.length; at++) {
        expect(() => headOf(whole.subarray(0, at))).not.toThrow();
        for (const value of [0, 1, 0x7f, 0xff]) {
          expect(() => headOf(whole.with(at, value))).not.toThrow();
        }
      }
    }
  });
});

describe("a picture in its frame", () => {
  const frame = { x: 10, y: 20, width: 100, height: 100 };
  const size = { width: 60, height: 30 };

  test("lies as its content mode says", () => {
    const at = (mode: number) => Object.values(placed(frame, size, mode, 3));
    expect(at(0)).toEqual([10, 20, 100, 100]);
    expect(at(1)).toEqual([10, 45, 100, 50]);
    expect(at(2)).toEqual([-40, 20, 200, 100]);
    expect(at(3)).toEqual([50, 65, 20, 10]);
  });

  test("that was left out says so in as many words as there is room for", () => {
    expect(leftOutWord("too-large", true)).toBe("Picture too large");
    expect(leftOutWord("too-large", false)).toBe("Too large");
  });
});

/** Answers requests for pictures when it is told to; the bytes are the size in pixels. */
class Desk {
  readonly asked: string[] = [];
  readonly closed: number[] = [];
  drawn = 0;
  private readonly answers = new Map<string, (side: number | Error) => void>();
  readonly pictures = new Pictures(
    this,
    () => this.drawn++,
    (bytes) => this.decode(bytes),
  );

  fetchImage(id: string): Promise<Uint8Array<ArrayBuffer>> {
    this.asked.push(id);
    return new Promise((resolve, reject) => {
      this.answers.set(id, (side) =>
        side instanceof Error ? reject(side) : resolve(Uint8Array.from(u16(side))),
      );
    });
  }

  private async decode(bytes: Uint8Array): Promise<ImageBitmap> {
    const side = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
    if (side === 0) throw new PictureError("no picture");
    return { width: side, height: side, close: () => this.closed.push(side) };
  }

  /** Lets a picture of so many pixels a side arrive, or none. */
  async arrive(id: string, side: number | Error): Promise<void> {
    this.answers.get(id)?.(side);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Draws a frame of these pictures; gives those that were there. */
  draw(...ids: string[]): string[] {
    this.pictures.begin();
    const there = ids.filter((id) => this.pictures.picture(id) !== null);
    this.pictures.fetchWanted();
    return there;
  }
}

describe("the shelf of pictures", () => {
  test("fetches what a frame lacks, once, and tells when it is there", async () => {
    const desk = new Desk();
    expect(desk.draw("a", "b", "a")).toEqual([]);
    expect(desk.draw("a", "b")).toEqual([]);
    expect(desk.asked).toEqual(["a", "b"]);
    await desk.arrive("a", 10);
    expect(desk.drawn).toBe(1);
    expect(desk.pictures.revision).toBe(1);
    expect(desk.draw("a", "b")).toEqual(["a"]);
    expect(desk.asked).toEqual(["a", "b"]);
  });

  test("does not draw again for a picture that the frame shows no more", async () => {
    const desk = new Desk();
    desk.draw("a");
    desk.draw("b");
    await desk.arrive("a", 10);
    expect(desk.drawn).toBe(0);
    expect(desk.draw("a")).toEqual(["a"]);
  });

  test("fetches a few at once, those of the last frame first", async () => {
    const desk = new Desk();
    const many = Array.from({ length: 9 }, (_, i) => `old ${i}`);
    desk.draw(...many);
    expect(desk.asked).toEqual(many.slice(0, MAX_PICTURE_LOADS));
    desk.draw("new");
    await desk.arrive("old 0", 10);
    expect(desk.asked.at(-1)).toBe("new");
    await desk.arrive("old 1", 10);
    expect(desk.asked).toHaveLength(MAX_PICTURE_LOADS + 1);
  });

  test("asks no second time for what failed, until it is told to", async () => {
    const desk = new Desk();
    desk.draw("gone", "noise");
    await desk.arrive("gone", new FetchError("missing", "it is not there"));
    await desk.arrive("noise", 0);
    expect(desk.draw("gone", "noise")).toEqual([]);
    expect([desk.asked, desk.drawn]).toEqual([["gone", "noise"], 0]);
    desk.pictures.retry();
    desk.draw("gone");
    expect(desk.asked).toEqual(["gone", "noise", "gone"]);
  });

  test("makes room by what was not used for longest, and by nothing that is shown", async () => {
    const desk = new Desk();
    const side = Math.sqrt(MAX_SHELF_BYTES / 4 / 2);
    desk.draw("a", "b", "c");
    await desk.arrive("a", side);
    await desk.arrive("b", side);
    await desk.arrive("c", 1);
    expect(desk.draw("a", "b", "c"), "there is no room for c").toEqual(["a", "b"]);
    expect(desk.closed).toEqual([1]);
    desk.draw("b", "d");
    await desk.arrive("d", 2);
    expect(desk.closed).toEqual([1, side]);
    expect(desk.draw("a", "b", "d")).toEqual(["b", "d"]);
  });

  test("keeps nothing that comes after it was given up", async () => {
    const desk = new Desk();
    desk.draw("a", "b");
    await desk.arrive("a", 3);
    desk.pictures.stop();
    await desk.arrive("b", 4);
    expect(desk.closed).toEqual([3, 4]);
    expect([desk.drawn, desk.draw("a", "c")]).toEqual([1, []]);
    expect(desk.asked).toEqual(["a", "b"]);
  });
});
