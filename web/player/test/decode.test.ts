import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forest } from "../../tests/support/arbitrary.ts";
import { encodeChunk, encodeRecords, encodeSegment, seal } from "../../tests/support/encoder.ts";
import {
  diffOf,
  keyframeOf,
  PLAIN_HEADER,
  PLAIN_STATE,
  PLAIN_VIEWPORT,
} from "../../tests/support/scene.ts";
import { Interner, Writer } from "../../tests/support/writer.ts";
import { FormatError } from "../src/decode/error.ts";
import { Reader } from "../src/decode/reader.ts";
import { decodeSegment } from "../src/decode/segment.ts";
import type { Body, Record } from "../src/model.ts";

const START = PLAIN_HEADER.startMs;

function records(...bodies: Body[]): Record[] {
  const keyframe = keyframeOf([{ id: 1, fields: {}, children: [] }]);
  const head: Body[] = [
    { kind: "state", state: PLAIN_STATE },
    { kind: "keyframe", keyframe },
  ];
  return [...head, ...bodies].map((body, i) => ({ timeMs: START + Math.max(0, i - 1) * 10, body }));
}

async function troubleOf(bytes: Uint8Array): Promise<string> {
  const error = await decodeSegment(bytes).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return "none";
  if (!(error instanceof FormatError)) throw error;
  return error.trouble;
}

const EVERY_KIND: Body[] = [
  { kind: "touch", touch: { pointer: 2, phase: "move", x: 12.5, y: -3, isMasked: true } },
  { kind: "viewport", viewport: { ...PLAIN_VIEWPORT, isDark: true } },
  { kind: "lifecycle", lifecycle: "background" },
  { kind: "screen", name: "Cart" },
  {
    kind: "keyboard",
    keyboard: { isVisible: true, frame: { x: 0, y: 500, width: 393, height: 352 } },
  },
  { kind: "event", name: "Order Completed" },
  { kind: "log", level: "warn", message: "žluťoučký kůň" },
  { kind: "gap", reason: "blocked", durationMs: 5_000_000_000 },
];

describe("a segment", () => {
  test("gives back every kind of record", async () => {
    const written = records(...EVERY_KIND);
    const { records: read } = await decodeSegment(encodeSegment(PLAIN_HEADER, written, 3));
    expect(read).toEqual(written);
  });

  test("gives back its header and footer", async () => {
    const bytes = encodeSegment(PLAIN_HEADER, records());
    const { header, footer } = await decodeSegment(bytes);
    const { run, ...rest } = PLAIN_HEADER;
    expect(header).toEqual({ ...rest, run: "0000000000000007" });
    expect(run).toBe(7n);
    expect(footer).toEqual({ endMs: START, chunks: 1, records: 2, bytes: bytes.length });
  });

  test("gives back any trees and diffs between them", async () => {
    await fc.assert(
      fc.asyncProperty(forest, forest, async (a, b) => {
        const written: Record[] = [
          { timeMs: START, body: { kind: "state", state: PLAIN_STATE } },
          { timeMs: START, body: { kind: "keyframe", keyframe: keyframeOf(a) } },
          { timeMs: START + 1, body: { kind: "diff", diff: diffOf(a, b, 0) } },
        ];
        const { records: read } = await decodeSegment(encodeSegment(PLAIN_HEADER, written, 2));
        expect(read).toEqual(written);
      }),
      { numRuns: 60 },
    );
  });

  test("is rejected with a typed error wherever it is cut", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records(...EVERY_KIND), 3);
    for (let length = 0; length < whole.length; length++) {
      expect(await troubleOf(whole.slice(0, length)), `cut at ${length}`).not.toBe("none");
    }
  });

  test("is rejected with a typed error whichever bit flips", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records(...EVERY_KIND), 3);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await troubleOf(flipped), `bit ${bit}`).not.toBe("none");
    }
  });

  test("is rejected when more bytes follow it", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records());
    expect(await troubleOf(Uint8Array.from([...whole, 0]))).toBe("expected");
  });

  test("of another version says so", async () => {
    const chunk = encodeChunk(encodeRecords(records(), START));
    expect(await troubleOf(seal(PLAIN_HEADER, [chunk], START, 2, 1))).toBe("version");
  });

  test("must begin with a state and a keyframe", async () => {
    const chunk = encodeChunk(encodeRecords(records().slice(1), START));
    expect(await troubleOf(seal(PLAIN_HEADER, [chunk], START, 1))).toBe("expected");
  });

  test("may hold records of a kind from the future, and more fields than are known", async () => {
    const strings = new Interner();
    const known = encodeRecords(records(), START, strings);
    const future = [99, 5, 3, 1, 2, 3];
    const longer = [10, 0, 5, 0, 1, 0x61, 7, 7];
    const chunk = encodeChunk(Uint8Array.from([...known, ...future, ...longer]));
    const { records: read } = await decodeSegment(seal(PLAIN_HEADER, [chunk], START + 5, 4));
    expect(read.slice(2)).toEqual([
      { timeMs: START + 5, body: { kind: "log", level: "log", message: "a" } },
    ]);
  });

  test("that claims another inflated size is rejected, and never inflates beyond the claim", async () => {
    const inflated = encodeRecords(records(), START);
    for (const claim of [inflated.length - 1, inflated.length + 1]) {
      const chunk = encodeChunk(inflated);
      new DataView(chunk.buffer).setUint32(1, claim, true);
      expect(await troubleOf(seal(PLAIN_HEADER, [chunk], START, 2))).toBe("expected");
    }
  });

  test("that claims to inflate to more than the limit is rejected before inflating", async () => {
    const chunk = encodeChunk(encodeRecords(records(), START));
    new DataView(chunk.buffer).setUint32(1, (4 << 20) + 1, true);
    expect(await troubleOf(seal(PLAIN_HEADER, [chunk], START, 2))).toBe("limit");
  });

  test("that has more chunks than the limit is rejected before inflating", async () => {
    const empty = encodeChunk(new Uint8Array());
    const chunks = [encodeChunk(encodeRecords(records(), START)), ...Array(4_095).fill(empty)];
    expect(await troubleOf(seal(PLAIN_HEADER, chunks, START, 2))).toBe("none");
    expect(await troubleOf(seal(PLAIN_HEADER, [...chunks, empty], START, 2))).toBe("limit");
  });

  test("that uses its strings for more than 64 MiB is rejected", async () => {
    const uses = (count: number) => {
      const [out, strings] = [new Writer(), new Interner()];
      out.raw(encodeRecords(records(), START, strings));
      for (let i = 0; i < count; i++) {
        const body = new Writer();
        strings.write(body, "a".repeat(4_096));
        for (const value of [9, 0, body.bytes.length]) out.uv(value);
        out.raw(body.bytes);
      }
      return seal(PLAIN_HEADER, [encodeChunk(Uint8Array.from(out.bytes))], START, 2 + count);
    };
    expect(await troubleOf(uses(16_000))).toBe("none");
    expect(await troubleOf(uses(16_385))).toBe("limit");
  });
});

describe("a body that asks for too much", () => {
  const keyframeBody = (write: (out: Writer) => void) => {
    const out = new Writer();
    write(out);
    return out.bytes;
  };

  async function troubleOfKeyframe(body: readonly number[]): Promise<string> {
    const out = new Writer();
    out.raw(encodeRecords(records().slice(0, 1), START));
    out.u8(2);
    out.uv(0);
    out.uv(body.length);
    out.raw(body);
    return troubleOf(seal(PLAIN_HEADER, [encodeChunk(Uint8Array.from(out.bytes))], START, 2));
  }

  const node = (out: Writer, id: number, back: number) => {
    for (const value of [id, back, 0]) out.uv(value);
  };

  test("is rejected at the limit of nodes, of depth, of windows", async () => {
    const counts = (windows: number, nodes: number) =>
      keyframeBody((out) => {
        out.uv(0);
        out.uv(windows);
        if (windows === 0) out.uv(nodes);
        for (let i = 0; i < nodes; i++) node(out, i + 1, i === 0 ? 0 : 1);
      });
    expect(await troubleOfKeyframe(counts(65, 0))).toBe("limit");
    expect(await troubleOfKeyframe(counts(0, 10_001))).toBe("limit");
    expect(await troubleOfKeyframe(counts(0, 258))).toBe("limit");
    expect(await troubleOfKeyframe(counts(0, 257))).toBe("none");
  });

  test("is rejected where the bytes for its count are not there", async () => {
    expect(await troubleOfKeyframe([0, 0, 0xff, 0x4d])).toBe("expected");
  });

  test("is rejected where nodes do not stand in pre-order or stand twice", async () => {
    const nodes = (...list: [number, number][]) =>
      keyframeBody((out) => {
        for (const value of [0, 0, list.length]) out.uv(value);
        for (const [id, back] of list) node(out, id, back);
      });
    expect(await troubleOfKeyframe(nodes([1, 0], [2, 1], [3, 2], [4, 1]))).toBe("none");
    expect(await troubleOfKeyframe(nodes([1, 0], [2, 1], [3, 2], [4, 2]))).toBe("expected");
    expect(await troubleOfKeyframe(nodes([1, 0], [1, 1]))).toBe("expected");
    expect(await troubleOfKeyframe(nodes([0, 0]))).toBe("expected");
  });
});

describe("the reader", () => {
  const uv = (...bytes: number[]) => new Reader(Uint8Array.from(bytes)).uv("a number");

  test("takes numbers that are not in their shortest form", () => {
    expect(uv(0x85, 0x80, 0x80, 0x00)).toBe(5);
  });

  test("rejects numbers that it cannot count exactly", () => {
    expect(() => uv(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)).toThrow(FormatError);
    expect(() => uv(...Array<number>(11).fill(0x80))).toThrow(FormatError);
  });

  test("names the place and what was expected there", () => {
    const read = () => new Reader(Uint8Array.of(1, 2), 3).u32("a background");
    expect(read).toThrow("expected a background at byte 0 of chunk 3");
  });

  test("gives back every length of the grid and rejects longer ones", () => {
    const length = (points: number) => {
      const out = new Writer();
      out.len(points);
      return new Reader(Uint8Array.from(out.bytes)).len("a length");
    };
    for (const points of [0, 1 / 32, -1 / 32, 393, -262_144, 262_144])
      expect(length(points)).toBe(points);
    expect(() => length(262_144 + 1 / 32)).toThrow(FormatError);
  });

  test("rejects floats that are not finite and text that is not UTF-8", () => {
    expect(() => new Reader(Uint8Array.of(0, 0, 0xc0, 0x7f)).f32("a scale")).toThrow(FormatError);
    expect(() => new Reader(Uint8Array.of(1, 0xff)).text("a name", 10)).toThrow(FormatError);
  });
});
