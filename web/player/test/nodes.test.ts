import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forest } from "../../tests/support/arbitrary.ts";
import { TrackEncoder } from "../../tests/support/encode/track.ts";
import { type Writer, written } from "../../tests/support/encode/writer.ts";
import { encodeHeader, encodeSegment, SegmentEncoder } from "../../tests/support/encoder.ts";
import { outcomeOf } from "../../tests/support/outcome.ts";
import { OPENING, readRaw, record, wrongBody, wrongIn } from "../../tests/support/raw.ts";
import {
  diffOf,
  keyframeOf,
  NO_CHANGE,
  PLAIN_HEADER,
  PLAIN_STATE,
} from "../../tests/support/scene.ts";
import { decodeSegment } from "../src/decode/segment.ts";
import type { Diff, Record } from "../src/model.ts";

const { startMs } = PLAIN_HEADER;
const FLAG = { keeps: 1, back: 2, removals: 4, shifts: 8, placed: 16, updated: 32, windows: 64 };
const bytes = (write: (out: Writer) => void) => written(write);

const wrongDiff = (...body: number[]) => wrongBody(0, 3, body);
const wrongKeyframe = (...body: number[]) => wrongBody(0, 2, [1, ...body]);

/** The diff that these bytes are. */
async function diffIn(...body: number[]): Promise<Diff> {
  const { records, error } = await readRaw(0, [
    ...new TrackEncoder(startMs).encode(OPENING),
    ...record(3, body),
  ]);
  if (error) throw error;
  const read = records.at(-1)?.body;
  if (read?.kind !== "diff") throw new Error("no diff");
  return read.diff;
}

/** An update of node 1 with a new look of these fields, and the bytes of their values. */
const update = (fields: number[], ...columns: number[]) => [
  ...[FLAG.updated, 1, 2, 1],
  ...bytes((out) => out.uv(fields.reduce((set, field) => set + 2 ** field, 0))),
  ...columns,
];

/** What is wrong in the columns of such an update; offsets count in the columns. */
async function wrongColumns(fields: number[], ...columns: number[]): Promise<string> {
  const wrong = await wrongDiff(...update(fields, ...columns));
  const [what, offset] = wrong.split(" ");
  return offset === undefined ? wrong : `${what} ${Number(offset) - update(fields).length}`;
}

const fieldsOf = async (fields: number[], ...columns: number[]) =>
  (await diffIn(...update(fields, ...columns))).updates[0]?.fields;

/** The longest string, new, and its reference behind the opening. */
const LONG = [1, ...bytes((out) => out.text("a".repeat(4_096)))];
const LONG_AGAIN = 11;

/** A keyframe, after its state, of nodes that all have the look of the first. */
const alike = (count: number, set: number[], values: number[], ...columns: number[]) => [
  ...bytes((out) => out.uv(count)),
  ...Array(2 * count - 1).fill(2),
  ...[1, ...set, ...values, ...Array(count - 1).fill(2)],
  ...[...columns, 0],
];

describe("trees", () => {
  test("come back as they were written, with links or without", async () => {
    await fc.assert(
      fc.asyncProperty(forest, forest, fc.boolean(), async (a, b, isExplicit) => {
        const shifts = [{ first: 9, count: 3, x: 1.5, y: -2 }];
        const written: Record[] = [
          { timeMs: startMs, body: { kind: "state", state: PLAIN_STATE } },
          { timeMs: startMs, body: { kind: "keyframe", keyframe: keyframeOf(a, 7) } },
          { timeMs: startMs + 1, body: { kind: "diff", diff: diffOf(a, b, 7) } },
          {
            timeMs: startMs + 2,
            body: { kind: "diff", diff: { ...NO_CHANGE, keeps: true, base: 3, shifts } },
          },
        ];
        const segment = encodeSegment(PLAIN_HEADER, written, 2, { isExplicit });
        expect((await decodeSegment(segment)).records).toEqual(written);
      }),
      { numRuns: 100 },
    );
  });

  test("of any bytes make a reader throw nothing but its own errors", async () => {
    const mutation = fc.record({ at: fc.nat(1_000_000), value: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        forest,
        forest,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        async (a, b, mutations) => {
          const bytes = new TrackEncoder(startMs).encode([
            ...OPENING.slice(0, 1),
            { timeMs: startMs, body: { kind: "keyframe", keyframe: keyframeOf(a, 7) } },
            { timeMs: startMs + 1, body: { kind: "diff", diff: diffOf(a, b, 7) } },
          ]);
          for (const { at, value } of mutations) bytes[at % bytes.length] = value;
          const segment = new SegmentEncoder(encodeHeader(PLAIN_HEADER)).chunk(0, bytes).seal();
          expect(await outcomeOf(segment)).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);

  test("may have fields of later versions", async () => {
    const written: Record[] = [
      ...OPENING,
      {
        timeMs: startMs,
        body: { kind: "diff", diff: { ...NO_CHANGE, updates: [{ node: 1, fields: { z: 2 } }] } },
      },
    ];
    const segment = encodeSegment(PLAIN_HEADER, written, 9, { unknownFields: [24, 31] });
    expect((await decodeSegment(segment)).records).toEqual(written);
  });
});

describe("a keyframe", () => {
  test("has ids that are unique and not 0", async () => {
    expect(await wrongKeyframe(2, 2, 2, 1, 0, 0, 0)).toBe("none");
    expect(await wrongKeyframe(1, 0, 0, 0)).toBe("expected 2");
    expect(await wrongKeyframe(2, 2, 1, 1, 0, 0, 0)).toBe("expected 3");
    expect(await wrongKeyframe(2, 2, 0, 1, 0, 0, 0)).toBe("expected 3");
    const most = bytes((out) => out.sv(0xffffffff));
    expect(await wrongKeyframe(1, ...most, 0, 0)).toBe("none");
    expect(await wrongKeyframe(1, ...bytes((out) => out.sv(2 ** 32)), 0, 0)).toBe("expected 2");
  });

  test("has links that stay within it", async () => {
    const links = (...list: number[]) => {
      const count = list.length + 1;
      const counted = bytes((out) => out.uv(count));
      return wrongKeyframe(
        ...counted,
        ...Array(count).fill(2),
        ...list,
        ...Array(count).fill(0),
        0,
      );
    };
    const at = (count: number, link: number) => `expected ${2 + count + link}`;
    expect(await links(1, 1, 4)).toBe("none");
    expect(await links(2, 1, 3)).toBe("none");
    expect(await links(1, 1, 5)).toBe(at(4, 2));
    expect(await links(3)).toBe(at(2, 0));
    expect(await links(1, 0)).toBe(at(3, 1));
    expect(await links(...Array(256).fill(1))).toBe("none");
    const deep = Array<number>(257).fill(1);
    const count = bytes((out) => out.uv(258)).length;
    expect(await links(...deep)).toBe(`limit ${1 + count + 258 + 256}`);
  });

  test("places nodes where its links say", async () => {
    // 1 ( 2 ( 3 4 ) 5 ) 6
    const body = [1, 6, ...Array(6).fill(2), 1, 1, 2, 3, 3, ...Array(6).fill(0), 0];
    const { records } = await readRaw(0, [
      ...new TrackEncoder(startMs).encode(OPENING),
      ...record(2, body),
    ]);
    const read = records.at(-1)?.body;
    const nodes = read?.kind === "keyframe" ? read.keyframe.nodes : [];
    expect(nodes.map(({ id, parent }) => [id, parent])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 2],
      [5, 1],
      [6, 0],
    ]);
  });

  test("has at most 10,000 nodes and 64 windows, with the bytes for them there", async () => {
    const nodes = (count: number) => [
      ...bytes((out) => out.uv(count)),
      ...Array(count).fill(2),
      ...Array(count - 1).fill(2),
      ...Array(count + 1).fill(0),
    ];
    expect(await wrongKeyframe(...nodes(10_000))).toBe("none");
    expect(await wrongKeyframe(...nodes(10_001))).toBe("limit 1");
    expect(await wrongKeyframe(9, 0, 0)).toBe("expected 1");
    const windows = (count: number) => [
      ...[1, 2, 0, count],
      ...Array(count).fill([1, 0, 0, 0, 0, 0]).flat(),
    ];
    expect(await wrongKeyframe(...windows(64))).toBe("none");
    expect(await wrongKeyframe(...windows(65))).toBe("limit 4");
    expect(await wrongKeyframe(1, 2, 0, 2, 1)).toBe("expected 4");
  });

  test("has windows of its roots", async () => {
    const window = (root: number, level = 0) =>
      wrongKeyframe(2, 2, 2, 1, 0, 0, 1, root, 0, ...bytes((out) => out.f32(level)));
    expect(await window(1)).toBe("none");
    expect(await window(2)).toBe("expected 8");
    expect(await window(3)).toBe("expected 8");
    expect(await window(0)).toBe("expected 8");
    expect(await window(1, Number.NaN)).toBe("expected 10");
  });

  test("has sizes, positions and scroll offsets that are lengths", async () => {
    const most = (units: number) => bytes((out) => out.sv(units));
    const node = (fields: number, ...columns: number[]) =>
      wrongKeyframe(1, 2, 1, ...bytes((out) => out.uv(fields)), ...columns, 0);
    for (const field of [5, 6, 7]) {
      const set = 2 ** field;
      const start = 4 + bytes((out) => out.uv(set)).length;
      expect(await node(set, ...most(1 << 23), ...most(-(1 << 23)))).toBe("none");
      expect(await node(set, ...most((1 << 23) + 1), 0)).toBe(`expected ${start}`);
      expect(await node(set, 0, ...most((1 << 23) + 1))).toBe(`expected ${start + 1}`);
    }
    const grown = (x: number) => node(96, 6, 0, ...most(x), 0);
    expect(await grown((1 << 23) - 1)).toBe("none");
    expect(await grown(1 << 23)).toBe("expected 7");
  });

  test("has at most 1 MiB of strings and 20,000 lines", async () => {
    const named = (count: number) =>
      alike(count, [4], [], ...[...LONG, ...Array(count - 1).fill(LONG_AGAIN)]);
    expect(await wrongKeyframe(...named(256))).toBe("none");
    expect(await wrongKeyframe(...named(257))).toBe(`limit ${1 + named(257).length - 2}`);
    const lined = (count: number, more = 0) => [
      ...[2, 2, 2, 1, 1, ...bytes((out) => out.uv(2 ** 20)), 2],
      ...[0, ...bytes((out) => out.uv(count)), ...Array(4 * count).fill(0), more],
    ];
    expect(await wrongKeyframe(...lined(20_000))).toBe("none");
    expect(await wrongKeyframe(...lined(20_001))).toBe("limit 11");
    expect(await wrongKeyframe(2, 2, 2, 1, 1, 128, 128, 64, 2, 0, 99, 0)).toBe("expected 11");
  });

  test("counts class chain and font with every node that has the look", async () => {
    const classes = (count: number) => alike(count, [2], LONG);
    expect(await wrongKeyframe(...classes(256))).toBe("none");
    expect(await wrongKeyframe(...classes(257))).toBe(`limit ${1 + classes(257).length - 2}`);
    const set = bytes((out) => out.uv(2 ** 1 + 2 ** 19));
    const style = [1, LONG_AGAIN, 0, 0, 0, 0, 0];
    const texts = (count: number) => alike(count, set, [...LONG, ...style]);
    expect(await wrongKeyframe(...texts(128))).toBe("none");
    expect(await wrongKeyframe(...texts(129))).toBe(`limit ${1 + texts(129).length - 2}`);
  });
});

describe("a diff", () => {
  test("has flags of seven bits", async () => {
    expect(await diffIn(0)).toEqual(NO_CHANGE);
    expect(await diffIn(FLAG.keeps)).toEqual({ ...NO_CHANGE, keeps: true });
    expect(await wrongDiff(128)).toBe("expected 0");
    expect(await wrongDiff()).toBe("expected 0");
  });

  test("goes back by at least one state, modulo 2³²", async () => {
    expect((await diffIn(FLAG.back, 1)).base).toBe(0xffffffff);
    expect(await wrongDiff(FLAG.back, 0)).toBe("expected 1");
  });

  test("has removals, shifts, placed and updated nodes, windows in this order", async () => {
    const all = FLAG.removals + FLAG.shifts + FLAG.placed + FLAG.updated + FLAG.windows;
    const diff = await diffIn(
      ...[all, 2, 10, 1, 1, 6, 2, 64, 65],
      ...[2, 1, 8, 2, 6],
      ...[0, 1, 0, 6, 0, 1, 1, 2, 0],
      ...[1, 4, 7, 0, 0, 0x80, 0x3f],
    );
    expect(diff).toEqual({
      keeps: false,
      base: 0,
      removals: [5, 4],
      shifts: [{ first: 3, count: 2, x: 1, y: -33 / 32 }],
      placements: [
        { node: 4, parent: 0, after: 1 },
        { node: 5, parent: 4, after: 0 },
      ],
      updates: [
        { node: 5, fields: { kind: 2 } },
        { node: 8, fields: {} },
      ],
      windows: [{ root: 4, scene: 7, level: 1 }],
    });
  });

  test("places nodes by links within its table", async () => {
    const links = (...list: number[]) => {
      const explicit = list.filter((link) => link === 0).length;
      const columns = [...list, ...Array(explicit).fill(1), ...Array(explicit).fill(0)];
      return [
        ...[FLAG.placed, list.length, ...Array(list.length).fill(2), ...columns],
        ...Array(list.length).fill(0),
      ];
    };
    const at = (list: number[], i: number) => `expected ${2 + list.length + i}`;
    const check = (...list: number[]) => wrongDiff(...links(...list));
    expect(await check(1)).toBe(at([1], 0));
    expect(await check(2)).toBe(at([1], 0));
    expect(await check(0, 3)).toBe(at([0, 3], 1));
    expect(await check(0, 2, 3)).toBe(at([0, 2, 3], 2));
    expect(await check(0, 1, 0, 3)).toBe(at([0, 1, 0, 3], 3));
    expect(await check(0, 1, 3, 1, 1, 4)).toBe("none");
    const { placements } = await diffIn(...links(0, 1, 1, 4, 1, 2));
    expect(placements.map(({ node, parent, after }) => [node, parent, after])).toEqual([
      [1, 1, 0],
      [2, 1, 0],
      [3, 2, 0],
      [4, 1, 1],
      [5, 4, 0],
      [6, 4, 5],
    ]);
  });

  test("names explicit parents and siblings that are nodes", async () => {
    const placed = (parent: number[], after: number[]) =>
      wrongDiff(FLAG.placed, 1, 8, 0, ...parent, ...after, 0);
    const far = (id: number) =>
      bytes((out) => out.uv(1 + (id < 4 ? 2 * (4 - id) - 1 : 2 * (id - 4))));
    expect(await placed(far(1), far(0xffffffff))).toBe("none");
    expect(await placed(far(0), [0])).toBe("expected 4");
    expect(await placed([0], far(0))).toBe("expected 5");
    expect(await placed([0], far(2 ** 32))).toBe("expected 5");
  });

  test("counts at most 10,000 of each, with the bytes for them there", async () => {
    const removals = (count: number) => [
      ...[FLAG.removals, ...bytes((out) => out.uv(count))],
      ...Array(count).fill(2),
    ];
    expect(await wrongDiff(...removals(10_000))).toBe("none");
    for (const flag of [FLAG.removals, FLAG.shifts, FLAG.placed, FLAG.updated]) {
      expect(await wrongDiff(flag, ...removals(10_001).slice(1))).toBe("limit 1");
      expect(await wrongDiff(flag, 3, 2, 2)).toBe("expected 1");
    }
    expect(await wrongDiff(FLAG.windows, 65, ...Array(400).fill(1))).toBe("limit 1");
    expect(await wrongDiff(FLAG.windows, 1, 0, 0, 0, 0, 0, 0)).toBe("expected 2");
  });

  test("has shifts that are differences of lengths", async () => {
    const shift = (...x: number[]) => wrongDiff(FLAG.shifts, 1, 2, 0, ...x, 0);
    expect(await shift(...bytes((out) => out.sv(1 << 24)))).toBe("none");
    expect(await shift(...bytes((out) => out.sv(-(1 << 24) - 1)))).toBe("expected 4");
  });

  test("has tables that run on, and are no longer numbered when full", async () => {
    const colors = Array.from({ length: 4_097 }, (_, i) =>
      record(3, update([11], 1, ...bytes((out) => out.u32(i)))),
    );
    const before = [...new TrackEncoder(startMs).encode(OPENING), ...colors.flat()];
    const last = bytes((out) => out.uv(4_097));
    const beyond = bytes((out) => out.uv(4_098));
    const look = (reference: number[]) => record(3, [FLAG.updated, 1, 2, ...reference]);
    const color = (reference: number[]) => record(3, update([11], ...reference));
    const { records } = await readRaw(0, before, look(last), color(last));
    const read = records.slice(-2).map(({ body }) => body.kind === "diff" && body.diff.updates);
    const update4095 = { node: 1, fields: { background: 4_095 } };
    expect(read).toEqual([[update4095], [update4095]]);
    expect(await wrongIn(0, before, look(beyond))).toBe(`expected ${before.length + 6}`);
    expect(await wrongIn(0, before, color(beyond))).toBe(`expected ${before.length + 9}`);
  });
});

describe("a look", () => {
  const three = [FLAG.updated, 3, 2, 2, 2];
  const set = (...fields: number[]) =>
    bytes((out) => out.uv(fields.reduce((set, field) => set + 2 ** field, 0)));

  test("that is named again is its field set and the same values", async () => {
    const look = [1, ...set(0, 10, 15, 19), 2, ...[1, 2, 2, 2, 2], ...[1, 0, 64, 8, 1, 0, 2]];
    const alphas = [10, 20, 30].flatMap((alpha) => bytes((out) => out.sv(alpha)));
    const { updates } = await diffIn(...three, ...look, 2, 2, ...alphas);
    const [first, ...others] = updates.map(({ fields }) => fields);
    expect(first).toMatchObject({ kind: 2, alpha: 10, text: { size: 1, weight: 8, color: 0 } });
    expect(others).toEqual([
      { ...first, alpha: 20 },
      { ...first, alpha: 30 },
    ]);
  });

  test("has the values of its fields in their order, whatever other nodes have", async () => {
    const looks = [...[1, ...set(1, 23), 0, 2], ...[1, ...set(0, 3, 11), 7, 0], 3];
    const { updates } = await diffIn(...three, ...looks, 0, 0);
    const button = { kind: 7, identifier: "", background: 0 };
    expect(updates.map(({ fields }) => fields)).toEqual([
      { classChain: "", mask: { action: "replace", reason: 0 } },
      button,
      button,
    ]);
  });

  test("that the table does not have is an error at the reference", async () => {
    expect(await wrongDiff(...three, 0, 2, 0)).toBe("expected 6");
    expect(await wrongDiff(...three, 1, 1, 7, 3, 2)).toBe("expected 8");
    expect(await wrongDiff(...three, 1, 1, 7, 2, 2)).toBe("none");
  });

  test("may have fields of later versions, each time that it is named", async () => {
    const look = [1, ...set(0, 24), 7];
    const { updates } = await diffIn(...three, ...look, 2, 2, ...[1, 9, 0, 2, 9, 9]);
    expect(updates.map(({ fields }) => fields)).toEqual(Array(3).fill({ kind: 7 }));
    expect(await wrongDiff(...three, ...look, 2, 2, ...[1, 9, 0, 2, 9])).toBe("expected 16");
  });
});

describe("a field", () => {
  const sv = (units: number) => bytes((out) => out.sv(units));

  test("of a kind that is not known is read as unknown", async () => {
    expect(await fieldsOf([0], 36)).toEqual({ kind: 36 });
    expect(await fieldsOf([0], 37)).toEqual({ kind: 0 });
  });

  test("position is written without what half of the growth adds", async () => {
    expect(await fieldsOf([5, 6], ...sv(-3), ...sv(8), ...sv(1), ...sv(0))).toEqual({
      size: { x: -3 / 32, y: 8 / 32 },
      position: { x: -1 / 32, y: 4 / 32 },
    });
    const most = 1 << 24;
    expect(await wrongColumns([6], ...sv(most), 0)).toBe("none");
    expect(await wrongColumns([5, 6], 4, 0, ...sv(most - 1), 0)).toBe("none");
    expect(await wrongColumns([5, 6], 4, 0, ...sv(most), 0)).toBe("expected 2");
    expect(await wrongColumns([5], ...sv(most + 1), 0)).toBe("expected 0");
  });

  test("ratio has steps of 1/4096 within 2,048", async () => {
    expect(await fieldsOf([8], ...sv(1), ...sv(-4_096))).toEqual({
      anchor: { x: 1 / 4_096, y: -1 },
    });
    expect(await fieldsOf([9], 0, 0, ...sv(-2_048), ...sv(1_024), 0, ...sv(32))).toEqual({
      transform: { rotation: 0, scale: { x: 1, y: 0.5 }, skew: 0.25, offset: { x: 0, y: 1 } },
    });
    expect(await wrongColumns([8], ...sv(1 << 23), ...sv(-(1 << 23) - 1))).toBe("expected 4");
  });

  test("rotation counts modulo a turn, however far it turns", async () => {
    const rotations = async (...entries: (number | bigint)[]) => {
      const read = entries.map((entry) =>
        fieldsOf([9], ...bytes((out) => out.uv(entry)), 0, 0, 0, 0, 0),
      );
      return (await Promise.all(read)).map((fields) => (fields?.transform?.rotation ?? 0) * 16_384);
    };
    expect(await rotations(2 * 8_192, 2 * 8_192 - 1, 2 * 8_193, 2 * 16_384)).toEqual([
      ...[8_192, 8_192, -8_191, 0],
    ]);
    expect(await rotations(2n ** 64n - 1n, 2n ** 64n - 2n, 2n ** 60n + 2n)).toEqual([0, -1, 1]);
  });

  test("alpha is a byte", async () => {
    expect(await fieldsOf([15], ...sv(200))).toEqual({ alpha: 200 });
    expect(await wrongColumns([15], ...sv(256))).toBe("expected 0");
    expect(await wrongColumns([15], ...sv(-1))).toBe("expected 0");
  });

  test("shape and text style have only bits and codes that are known", async () => {
    expect(await fieldsOf([10], 3, 2, 4, 6, 8)).toEqual({
      shape: { clips: true, isContinuous: true, radii: [1, 2, 3, 4].map((units) => units / 32) },
    });
    expect(await wrongColumns([10], 4, 0, 0, 0, 0)).toBe("expected 0");
    const style = (role: number, flags: number, alignment: number) =>
      wrongColumns([19], role, 0, 0, 0, flags, 1, 1, 2, 3, 4, alignment);
    expect(await style(3, 7, 4)).toBe("none");
    expect(await style(4, 7, 4)).toBe("expected 0");
    expect(await style(3, 8, 4)).toBe("expected 4");
    expect(await style(3, 7, 5)).toBe("expected 10");
    expect(await wrongColumns([19], 0, 0, 0, 0x80, 0x80, 4)).toBe("expected 3");
  });

  test("lines are columns over the lines of all nodes, as wide as the node but for a little", async () => {
    const two = [FLAG.updated, 2, 2, 2, 1, ...bytes((out) => out.uv(2 ** 20 + 32)), 2];
    const diff = await diffIn(
      ...two,
      ...[...sv(100), ...sv(50), 0, 0, 2, 1],
      ...[1, 1, 0x61, 1, 1, 0x62, 12],
      ...[2, 4, 6, 8, 10, 12, 0, 2, ...sv(-5)],
    );
    const line = (text: string, x: number, y: number, width: number) => ({
      text,
      ...{ x: x / 32, y: y / 32, width },
    });
    expect(diff.updates.map(({ fields }) => fields.lines)).toEqual([
      [line("a", 1, 4, 3), line("b", 2, 5, 2)],
      [line("b", 3, 6, 6)],
    ]);
    expect(await wrongColumns([20], 1, 0, 0, 0, ...sv(-(1 << 18)))).toBe("none");
    expect(await wrongColumns([20], 1, 0, 0, 0, ...sv(-(1 << 18) - 1))).toBe("expected 4");
    expect(await wrongColumns([20], 1, 0, 0, 0, ...sv(1))).toBe("expected 4");
    expect(await wrongColumns([20], 9, 0, 0, 0, 0)).toBe("expected 0");
  });

  test("image, control and mask have only values that are known", async () => {
    expect(await wrongColumns([21], 1, 3, 0, 0, 0)).toBe("none");
    expect(await wrongColumns([21], 1, 4, 0, 0, 0)).toBe("expected 1");
    expect(await wrongColumns([21], 1, 3, 0)).toBe("expected 2");
    expect(await fieldsOf([22], 0xff, ...sv(4_096), 1, 2)).toEqual({
      control: { flags: 255, value: 1, index: 1, count: 2 },
    });
    expect(await wrongColumns([22], 0, ...sv(4_097), 0, 0)).toBe("expected 1");
    expect(await wrongColumns([22], 0, ...sv(-1), 0, 0)).toBe("expected 1");
    expect(await wrongColumns([22], 0, 0, 0x80, 0x80, 4, 0)).toBe("expected 2");
    expect(await fieldsOf([23], 2 + 4 * 11)).toEqual({ mask: { action: "replace", reason: 11 } });
    expect(await wrongColumns([23], 3)).toBe("expected 0");
    expect(await wrongColumns([23], 4 * 12)).toBe("expected 0");
  });

  test("average of an image has four bits for each part, red highest", async () => {
    const average = async (...bits: number[]) =>
      (await fieldsOf([21], 1, 0, ...bits, 0))?.image?.average;
    expect(await average(0x2f, 0x84)).toBe(0x884422ff);
    expect(await average(0xff, 0xff)).toBe(0xffffffff);
    expect(await average(0x01, 0x00)).toBe(0x00000011);
  });

  test("that is missing at the end of the body is an error there", async () => {
    expect(await wrongColumns([15])).toBe("expected 0");
    expect(await wrongColumns([16], 0, 0)).toBe("expected 0");
    expect(await wrongColumns([24], 3, 0)).toBe("expected 0");
    expect(await wrongColumns([24, 25], 1, 0, 2, 0, 0)).toBe("none");
    expect(await wrongColumns([18], 2)).toBe("expected 0");
  });
});
