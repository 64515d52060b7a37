import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TrackEncoder } from "../../tests/support/encode/track.ts";
import { type Writer, written } from "../../tests/support/encode/writer.ts";
import { encodeSegment } from "../../tests/support/encoder.ts";
import { OPENING, readRaw, record } from "../../tests/support/raw.ts";
import { keyframeOf, NO_CHANGE, PLAIN_HEADER } from "../../tests/support/scene.ts";
import { decodeSegment } from "../src/decode/segment.ts";
import type { Changes, Diff, Record } from "../src/model.ts";

const { startMs } = PLAIN_HEADER;

/** Numbers of fields that move. */
const FIELD = { size: 5, scroll: 7, transform: 9, alpha: 15 } as const;

/** A node and the entries of the columns of its one field. */
type Row = readonly [id: number, ...entries: number[]];

const UPDATED = 32;
const PLACED = 16;

/** A diff that says one field of nodes. */
function diff(flag: number, field: number, ...rows: readonly Row[]): number[] {
  const body = written((out) => {
    out.u8(flag);
    out.uv(rows.length);
    for (const [i, [id]] of rows.entries()) out.sv(id - (rows[i - 1]?.[0] ?? 0));
    // No link, no parent, no sibling.
    if (flag === PLACED) out.raw(Array(3 * rows.length).fill(0));
    for (const _ of rows) out.raw([1, ...written((set) => set.uv(2 ** field))]);
    writeColumns(out, rows);
  });
  return record(3, body);
}

function writeColumns(out: Writer, rows: readonly Row[]): void {
  const [first = []] = rows;
  for (let column = 1; column < first.length; column++) {
    for (const row of rows) out.sv(row[column] ?? 0);
  }
}

const EMPTY = record(3, [0]);
const keyframe = (state: number) => record(2, [state, 1, 2, 0, 0]);

/** What the diffs among these records say of their last node; "expected" where one is wrong. */
async function said(...records: readonly number[][]): Promise<(Changes | string)[]> {
  const opening = new TrackEncoder(startMs).encode(OPENING);
  const read = await readRaw(0, [...opening, ...records.flat()]);
  const found = read.records.flatMap(({ body }) =>
    body.kind === "diff" ? [body.diff.updates.at(-1)?.fields ?? {}] : [],
  );
  return read.error ? [...found, read.error.class] : found;
}

const alpha = (entry: number, node = 1) => diff(UPDATED, FIELD.alpha, [node, entry]);
const alphas = (all: (Changes | string)[]) =>
  all.map((one) => (typeof one === "string" ? one : one.alpha));

describe("what moves", () => {
  test("as a difference is expected to take the same step again", async () => {
    const width = (entry: number) => diff(UPDATED, FIELD.size, [1, entry, 0]);
    const found = await said(width(64), width(0), width(-32), width(0));
    const widths = found.map((one) => (typeof one === "string" ? one : (one.size?.x ?? 0)));
    expect(widths).toEqual([2, 2, 1, 1]);
  });

  test("as a value is expected to go on as it went", async () => {
    const found = await said(alpha(100), alpha(10), alpha(0), alpha(0), alpha(-10));
    expect(alphas(found)).toEqual([100, 110, 120, 130, 130]);
    expect(alphas(await said(alpha(100), alpha(50), alpha(0), alpha(6)))).toEqual([
      ...[100, 150, 200, "expected"],
    ]);
  });

  test("is only expected to where it was in the diff before", async () => {
    const found = await said(alpha(100), alpha(10), EMPTY, alpha(40), alpha(2), alpha(0));
    expect(alphas(found)).toEqual([100, 110, undefined, 40, 42, 44]);
    expect(alphas(await said(alpha(100), alpha(7, 2), alpha(40)))).toEqual([100, 7, 40]);
    const field = diff(UPDATED, FIELD.scroll, [1, 0, 0]);
    expect(alphas(await said(alpha(100), field, alpha(40)))).toEqual([100, undefined, 40]);
  });

  test("is not expected of a node that is placed, nor after that", async () => {
    const placed = diff(PLACED, FIELD.alpha, [1, 50]);
    expect(alphas(await said(alpha(100), placed, alpha(40), alpha(2), alpha(0)))).toEqual([
      ...[100, 50, 40, 42, 44],
    ]);
  });

  test("starts anew after a keyframe", async () => {
    const found = await said(alpha(100), alpha(10), keyframe(3), alpha(40), alpha(1));
    expect(alphas(found)).toEqual([100, 110, 40, 41]);
  });

  test("turns on over half a turn", async () => {
    const turn = (entry: number) => diff(UPDATED, FIELD.transform, [1, entry, 0, 0, 0, 0, 0]);
    const found = await said(turn(6_000), turn(2_000), turn(0), turn(0), turn(-1_808));
    const turns = found.map((one) => (typeof one === "string" ? one : one.transform?.rotation));
    expect(turns.map((turn) => Number(turn) * 16_384)).toEqual([
      ...[6_000, 8_000, -6_384, -4_384, -4_192],
    ]);
  });

  test("comes back as it was written", async () => {
    const step = fc.integer({ min: -500, max: 500 }).map((units) => units / 32);
    const fraction = fc.integer({ min: 0, max: 4_096 }).map((units) => units / 4_096);
    const point = fc.record({ x: step, y: step });
    const scale = fc.record({ x: fraction, y: fraction });
    const rotation = fc.integer({ min: -8_191, max: 8_192 }).map((units) => units / 16_384);
    const flags = fc.record({
      flags: fc.constant(1),
      value: fraction,
      index: fc.constant(0),
      count: fc.constant(0),
    });
    const fields: fc.Arbitrary<Changes> = fc.record(
      {
        size: point,
        position: point,
        scroll: point,
        transform: fc.record({ rotation, scale, skew: fraction, offset: point }),
        alpha: fc.integer({ min: 0, max: 255 }),
        control: flags,
      },
      { requiredKeys: [] },
    );
    const update = fc.record({ node: fc.integer({ min: 1, max: 4 }), fields });
    const updates = fc.uniqueArray(update, { selector: ({ node }) => node, minLength: 1 });
    const placement = fc.record({
      node: fc.integer({ min: 1, max: 4 }),
      parent: fc.constant(0),
      after: fc.constant(0),
    });
    const placements = fc.uniqueArray(placement, { selector: ({ node }) => node, maxLength: 1 });
    const steps = fc.oneof(
      { weight: 9, arbitrary: fc.record({ placements, updates }) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 20 }), async (list) => {
        const written: Record[] = [...OPENING, ...list.map(entryOf)];
        const { records } = await decodeSegment(encodeSegment(PLAIN_HEADER, written, 4));
        expect(records).toEqual(written);
      }),
      { numRuns: 100 },
    );
  });
});

/** The placed nodes' updates come first, as in the table. */
function entryOf(step: Pick<Diff, "placements" | "updates"> | null, index: number): Record {
  const anew = keyframeOf([{ id: 1, fields: {}, children: [] }], index + 1);
  if (!step) return { timeMs: startMs, body: { kind: "keyframe", keyframe: anew } };
  const placed = step.placements.map(({ node }) => node);
  const isPlaced = ({ node }: Diff["updates"][number]) => placed.includes(node);
  const updates = [
    ...step.updates.filter((update) => isPlaced(update) && Object.keys(update.fields).length > 0),
    ...step.updates.filter((update) => !isPlaced(update)),
  ];
  const next = { ...NO_CHANGE, base: index, placements: step.placements, updates };
  return { timeMs: startMs, body: { kind: "diff", diff: next } };
}
