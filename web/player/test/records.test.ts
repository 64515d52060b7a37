import { describe, expect, test } from "vitest";
import { TrackEncoder } from "../../tests/support/encode/track.ts";
import { type Writer, written } from "../../tests/support/encode/writer.ts";
import { OPENING, readRaw, record, wrongBody, wrongIn } from "../../tests/support/raw.ts";
import { PLAIN_HEADER } from "../../tests/support/scene.ts";
import { utf8Bytes } from "../src/tree/weight.ts";

const { startMs } = PLAIN_HEADER;
const opening = () => new TrackEncoder(startMs).encode(OPENING);
const bytes = (write: (out: Writer) => void) => written(write);

describe("the visual track", () => {
  test("may begin with anything but a diff", async () => {
    const [first = [], second = []] = OPENING.map((one) => new TrackEncoder(startMs).encode([one]));
    const diff = record(3, [0]);
    expect(await wrongIn(0)).toBe("none");
    expect(await wrongIn(0, [...second, ...first, ...diff])).toBe("none");
    const flagsAt = first.length + 3;
    expect(await wrongIn(0, [...first, ...diff, ...second])).toBe(`expected ${flagsAt}`);
    expect(await wrongIn(0, [...record(99, []), ...first, ...record(98, [1]), ...second])).toBe(
      "none",
    );
  });

  test("counts its states on in later keyframes", async () => {
    const keyframe = (state: number) => [...written((out) => out.uv(state)), 0, 0];
    expect(await wrongBody(0, 2, keyframe(1))).toBe("none");
    expect(await wrongBody(0, 2, keyframe(0))).toBe("expected 0");
    const after = [...opening(), ...record(3, [0]), ...record(3, [0])];
    expect(await wrongIn(0, [...after, ...record(2, keyframe(3))])).toBe("none");
    expect(await wrongIn(0, [...after, ...record(2, keyframe(2))])).toBe(
      `expected ${after.length + 3}`,
    );
  });
});

describe("an image record", () => {
  const known = (...sizes: number[]) => [
    ...[7, 0, 0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01],
    ...sizes.flatMap((size) => bytes((out) => out.uv(size))),
  ];

  test("binds a handle to a picture, or says why nobody has it", async () => {
    const bodies = [known(640, 65_535), [7, 1], [7, 2], [7, 3, 9]];
    const { records } = await readRaw(0, [...bodies.flatMap((body) => record(6, body))]);
    const leftOut = (why: string) => ({ kind: "left-out", why });
    expect(records.map(({ body }) => body.kind === "image" && body.binding)).toEqual([
      {
        handle: 7,
        picture: { kind: "known", id: "0123456789abcdef", widthPx: 640, heightPx: 65_535 },
      },
      { handle: 7, picture: leftOut("too-large") },
      { handle: 7, picture: leftOut("over-limit") },
      { handle: 7, picture: leftOut("unreadable") },
    ]);
  });

  test("has a handle, a number that is known, and sizes of 16 bits", async () => {
    expect(await wrongBody(0, 6, [0, 1])).toBe("expected 0");
    expect(await wrongBody(0, 6, [1])).toBe("expected 1");
    expect(await wrongBody(0, 6, [1, 4])).toBe("expected 1");
    expect(await wrongBody(0, 6, known(1).slice(0, 9))).toBe("expected 2");
    expect(await wrongBody(0, 6, known(65_536, 1))).toBe("expected 10");
    expect(await wrongBody(0, 6, known(1, 65_536))).toBe("expected 11");
  });

  test("is one of at most 4,096 of a segment", async () => {
    const many = (count: number) =>
      Array(count)
        .fill(record(6, [1, 1]))
        .flat();
    expect(await wrongIn(0, many(4_096))).toBe("none");
    expect(await wrongIn(0, many(4_096), many(1))).toBe(`limit ${4_096 * 5 + 3}`);
  });
});

describe("a record", () => {
  test("of a kind from the future is skipped, and its time runs on", async () => {
    const future = [9, 5, 2, 1, 1];
    const { records, error } = await readRaw(2, [...future, 1, 1, 1, 2]);
    expect(error).toBeNull();
    expect(records).toEqual([
      { timeMs: startMs + 6, body: { kind: "lifecycle", lifecycle: "background" } },
    ]);
  });

  test("may be longer than what is known of it, and not shorter", async () => {
    expect(await wrongBody(2, 1, [0, 9, 9])).toBe("none");
    expect(await wrongBody(2, 1, [])).toBe("expected 0");
    expect(await wrongBody(2, 4, [0, 3, 0x61])).toBe("expected 1");
  });

  test("stands whole in one chunk", async () => {
    expect(await wrongIn(2, [1], [0, 1, 0])).toBe("expected 1");
    expect(await wrongIn(2, [1, 0x80], [0, 1, 0])).toBe("expected 1");
    expect(await wrongIn(2, [1, 0, 1], [0])).toBe("expected 2");
    expect(await wrongIn(2, [1, 0, 1, 0], [1, 0, 1, 0])).toBe("none");
  });

  test("has a time within 64 bits", async () => {
    const late = bytes((out) => out.uv(2n ** 64n - 1n - BigInt(startMs)));
    const { records } = await readRaw(2, [1, ...late, 1, 0]);
    expect(records[0]?.timeMs).toBe(2 ** 64);
    const whole = [1, ...late, 1, 0];
    expect(await wrongIn(2, [...whole, 1, 0, 1, 0])).toBe("none");
    expect(await wrongIn(2, [...whole, 1, 1, 1, 0])).toBe(`expected ${whole.length + 1}`);
    const tooMuch = [...Array<number>(9).fill(0xff), 2];
    expect(await wrongIn(2, [1, ...tooMuch, 1, 0])).toBe("expected 1");
    expect(await wrongIn(2, [1, ...Array<number>(10).fill(0x80), 0])).toBe("expected 1");
    expect(await wrongIn(2, [1, ...Array<number>(9).fill(0x80), 0, 1, 0])).toBe("none");
  });
});

describe("the story track", () => {
  test("has only the codes that are known", async () => {
    expect(await wrongBody(2, 1, [3])).toBe("none");
    expect(await wrongBody(2, 1, [4])).toBe("expected 0");
    expect(await wrongBody(2, 4, [2, 0])).toBe("none");
    expect(await wrongBody(2, 4, [3, 0])).toBe("expected 0");
    expect(await wrongBody(2, 5, [4, 0])).toBe("none");
    expect(await wrongBody(2, 5, [5, 0])).toBe("expected 0");
  });

  test("has messages of up to 8,192 bytes", async () => {
    const log = (count: number) => [0, ...bytes((out) => out.text("a".repeat(count)))];
    expect(await wrongBody(2, 4, log(8_192))).toBe("none");
    expect(await wrongBody(2, 4, log(8_193))).toBe("limit 1");
    expect(await wrongBody(2, 4, [0, 2, 0xc3, 0x28])).toBe("expected 2");
  });

  test("has gaps of any length", async () => {
    const { records } = await readRaw(2, [
      ...record(5, [1, ...bytes((out) => out.uv(2n ** 64n - 1n))]),
    ]);
    expect(records[0]?.body).toEqual({ kind: "gap", reason: "background", durationMs: 2 ** 64 });
  });
});

describe("touches", () => {
  test("are an entry each, and the time runs on from the last", async () => {
    const columns = [3, 10, 20, 0, 1, 6, 4, 4, 4, 64, 0, 63, 0, 2, 0];
    const { records, error } = await readRaw(1, [
      ...[1, 5, columns.length, ...columns],
      ...[1, 1, 5, 1, 3, 0, 0, 0],
    ]);
    expect(error).toBeNull();
    const touch = (timeMs: number, phase: string, x: number, y: number, isMasked = false) => ({
      timeMs: startMs + timeMs,
      body: { kind: "touch", touch: { pointer: 4, phase, x, y, isMasked } },
    });
    expect(records.slice(0, 3)).toEqual([
      touch(5, "down", 1, 0),
      touch(15, "move", 1, 1 / 32),
      touch(35, "up", 0, 1 / 32, true),
    ]);
    expect(records[3]?.timeMs).toBe(startMs + 36);
  });

  test("are 1 to 4,096, with the bytes for them there", async () => {
    const many = (count: number) => [
      ...bytes((out) => out.uv(count)),
      ...Array<number>(5 * count - 1).fill(0),
    ];
    expect(await wrongBody(1, 1, many(4_096))).toBe("none");
    expect(await wrongBody(1, 1, many(4_097))).toBe("limit 0");
    expect(await wrongBody(1, 1, [0])).toBe("expected 0");
    expect(await wrongBody(1, 1, [5, 0, 0, 0, 0])).toBe("expected 0");
    expect(await wrongBody(1, 1, [1, 0, 0, 0])).toBe("expected 4");
  });

  test("have a code of three bits, and sums that are lengths", async () => {
    expect(await wrongBody(1, 1, [1, 7, 0, 0, 0])).toBe("none");
    expect(await wrongBody(1, 1, [1, 8, 0, 0, 0])).toBe("expected 1");
    const far = bytes((out) => out.len(262_144));
    const [at, back] = [bytes((out) => out.len(1 / 32)), bytes((out) => out.len(-1 / 32))];
    const xs = (...columns: number[][]) => [2, 0, 0, 1, 0, 0, ...columns.flat(), 0, 0];
    expect(await wrongBody(1, 1, xs(far, back))).toBe("none");
    expect(await wrongBody(1, 1, xs(far, at))).toBe(`expected ${6 + far.length}`);
    const tooFar = bytes((out) => out.len(524_288 + 1 / 32));
    expect(await wrongBody(1, 1, xs(tooFar, at))).toBe("expected 6");
  });
});

describe("a string", () => {
  /** Screen records with these names. */
  const screens = (...names: number[][]) => names.flatMap((name) => record(2, name));
  const namesOf = async (...names: number[][]) => {
    const { records } = await readRaw(2, screens(...names));
    return records.map(({ body }) => (body.kind === "screen" ? body.name : ""));
  };
  const text = (value: string) => [1, ...bytes((out) => out.text(value))];

  test("is none, new, static, or one of the table", async () => {
    expect(await namesOf([0], text("a"), [2, 0], text("c"), [3], [4], [5])).toEqual([
      ...["", "a", "UIView", "c"],
      ...["a", "UIView", "c"],
    ]);
  });

  test("is not one that the table does not have", async () => {
    expect(await wrongBody(2, 2, [3])).toBe("expected 0");
    expect(await wrongIn(2, screens(text("a"), [4]))).toBe("expected 9");
    expect(await wrongBody(2, 2, [2, 123])).toBe("none");
    expect(await wrongBody(2, 2, [2, 124])).toBe("expected 1");
  });

  test("is not empty, not longer than 4,096 bytes, and UTF-8", async () => {
    expect(await wrongBody(2, 2, [1, 0])).toBe("expected 1");
    expect(await wrongBody(2, 2, text("a".repeat(4_096)))).toBe("none");
    expect(await wrongBody(2, 2, text("a".repeat(4_097)))).toBe("limit 1");
    expect(await wrongBody(2, 2, [1, 2, 0x61])).toBe("expected 1");
    expect(await wrongBody(2, 2, [1, 1, 0xff])).toBe("expected 2");
    expect(await wrongBody(2, 2, [1, 0x80])).toBe("expected 1");
  });

  test("is no longer numbered when the table is full", async () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => text(i.toString(36)));
    const full = screens(...names(65_536), text("more"), [2, 0]);
    const last = bytes((out) => out.uv(65_538));
    const { records, error } = await readRaw(2, full, record(2, last));
    expect(error).toBeNull();
    expect(records.at(-1)?.body).toEqual({ kind: "screen", name: (65_535).toString(36) });
    const beyond = bytes((out) => out.uv(65_539));
    expect(await wrongIn(2, full, record(2, beyond))).toBe(`expected ${full.length + 3}`);
  });

  test("is used for at most 64 MiB in a track", async () => {
    const first = screens(text("a".repeat(4_096)));
    const uses = (count: number) => [
      ...first,
      ...Array(count)
        .fill(record(2, [3]))
        .flat(),
    ];
    expect(await wrongIn(2, uses(16_383))).toBe("none");
    expect(await wrongIn(2, uses(16_384))).toBe(`limit ${first.length + 4 * 16_383 + 3}`);
    expect(utf8Bytes("a".repeat(4_096)) * 16_384).toBe(64 << 20);
  });
});

describe("a state", () => {
  test("has at most 16 viewports and open touches", async () => {
    const viewport = [0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0];
    const rest = [0, 0, 0, 0, 0, 0, 0];
    const state = (viewports: number, touches: number) => [
      ...[0, viewports, ...Array(viewports).fill(viewport).flat(), ...rest],
      ...[touches, ...Array(touches).fill([0, 0, 0, 0]).flat(), ...Array(8).fill(0)],
    ];
    expect(await wrongBody(0, 1, state(16, 16))).toBe("none");
    expect(await wrongBody(0, 1, state(17, 0))).toBe("limit 1");
    expect(await wrongBody(0, 1, state(0, 17))).toBe("limit 9");
    expect(await wrongBody(0, 1, [0, 16, 0])).toBe("expected 1");
  });

  test("has only codes, flags and floats that are known", async () => {
    const viewport = (scale: number, orientation: number, dark: number) => [
      ...[0, 0, 0, ...bytes((out) => out.f32(scale)), 0, 0, 0, 0],
      ...[orientation, dark, 0, 0],
    ];
    expect(await wrongBody(0, 4, viewport(3, 3, 1))).toBe("none");
    expect(await wrongBody(0, 4, viewport(Number.NaN, 3, 1))).toBe("expected 3");
    expect(await wrongBody(0, 4, viewport(Number.POSITIVE_INFINITY, 3, 1))).toBe("expected 3");
    expect(await wrongBody(0, 4, viewport(3, 4, 1))).toBe("expected 11");
    expect(await wrongBody(0, 4, viewport(3, 3, 2))).toBe("expected 12");
    expect(await wrongBody(0, 5, [2, 0, 0, 0, 0])).toBe("expected 0");
    expect(await wrongBody(0, 1, [3, 0])).toBe("expected 0");
  });

  test("has lengths of up to 262,144 points", async () => {
    const keyboard = (width: number) => [1, 0, 0, ...bytes((out) => out.len(width)), 0];
    for (const width of [262_144, -262_144]) {
      expect(await wrongBody(0, 5, keyboard(width))).toBe("none");
      expect(await wrongBody(0, 5, keyboard(width + Math.sign(width) / 32))).toBe("expected 3");
    }
  });
});
