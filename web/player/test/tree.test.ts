import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forest } from "../../tests/support/arbitrary.ts";
import {
  diffOf,
  keyframeOf,
  NO_CHANGE,
  readBack,
  type SceneNode,
  wanted,
} from "../../tests/support/scene.ts";
import type { Diff, Placement } from "../src/model.ts";
import { TreeError } from "../src/tree/error.ts";
import { States } from "../src/tree/states.ts";
import { Tree } from "../src/tree/tree.ts";
import { utf8Bytes } from "../src/tree/weight.ts";
import { COPY_STEPS, SHIFT_STEPS, Work } from "../src/tree/work.ts";

const node = (id: number, ...children: SceneNode[]): SceneNode => ({ id, fields: {}, children });
const named = (identifier: string): SceneNode => ({ id: 1, fields: { identifier }, children: [] });

function errorOf(act: () => void): string {
  try {
    act();
    return "none";
  } catch (error) {
    if (error instanceof TreeError) return error.kind;
    throw error;
  }
}

/** What is wrong with diffs that follow a keyframe of `roots`. */
function wrongOn(roots: readonly SceneNode[], ...diffs: Partial<Diff>[]): string {
  const tree = Tree.of(keyframeOf(roots));
  return errorOf(() => {
    for (const diff of diffs) tree.apply({ ...NO_CHANGE, ...diff });
  });
}

const placed = (...list: [number, number, number][]): { placements: Placement[] } => ({
  placements: list.map(([id, parent, after]) => ({ node: id, parent, after })),
});

/** `length` nodes within each other, from number `from` on, in node `top`. */
const chain = (from: number, length: number, top = 1) =>
  placed(
    ...Array.from({ length }, (_, i): [number, number, number] => [
      from + i,
      i === 0 ? top : from + i - 1,
      0,
    ]),
  );

const flat = (length: number, from = 2) =>
  placed(...Array.from({ length }, (_, i): [number, number, number] => [from + i, 1, 0]));

describe("a tree", () => {
  test("that applied a diff is the tree that the diff leads to", () => {
    fc.assert(
      fc.property(forest, forest, (a, b) => {
        const tree = Tree.of(keyframeOf(a));
        tree.apply(diffOf(a, b, 0));
        expect(readBack(tree)).toEqual(wanted(b));
        expect(tree.size).toBe(wanted(b).length);
      }),
    );
  });

  test("adds differences to size, position and scroll offset", () => {
    const at = (x: number, y: number) => ({ x, y });
    const tree = Tree.of(
      keyframeOf([{ id: 1, fields: { size: at(10, 20), scroll: at(0, 5) }, children: [] }]),
    );
    const fields = { size: at(1, -20), position: at(3, 4), scroll: at(-0.5, 0) };
    tree.apply({ ...NO_CHANGE, updates: [{ node: 1, fields }] });
    expect(tree.get(1)?.fields).toMatchObject({
      size: at(11, 0),
      position: at(3, 4),
      scroll: at(-0.5, 5),
    });
  });

  test("moves a run of siblings", () => {
    const tree = Tree.of(keyframeOf([node(1, node(2), node(3), node(4), node(5))]));
    tree.apply({ ...NO_CHANGE, shifts: [{ first: 3, count: 2, x: 1, y: -8 }] });
    const seen = [2, 3, 4, 5].map((id) => tree.get(id)?.fields.position.y);
    expect(seen).toEqual([0, -8, -8, 0]);
  });

  test("removes what is left of a subtree, and not what was moved out of it", () => {
    const tree = Tree.of(keyframeOf([node(1, node(2, node(3), node(4)), node(5))]));
    tree.apply({ ...NO_CHANGE, ...placed([4, 1, 5]), removals: [2] });
    expect([...tree.all()].map(({ id }) => id)).toEqual([1, 5, 4]);
  });

  test("places in the order of the table, and takes a subtree along", () => {
    const tree = Tree.of(keyframeOf([node(1, node(2, node(3)), node(4))]));
    tree.apply({ ...NO_CHANGE, ...placed([5, 4, 0], [2, 5, 0], [6, 0, 1]) });
    expect([...tree.all()].map(({ id, parent }) => [id, parent?.id])).toEqual([
      [1, 0],
      [4, 1],
      [5, 4],
      [2, 5],
      [3, 2],
      [6, 0],
    ]);
  });

  test("rejects what is not in it", () => {
    const roots = [node(1, node(2), node(3))];
    const unknown: Partial<Diff>[] = [
      placed([4, 9, 0]),
      placed([4, 1, 9]),
      placed([4, 4, 0]),
      placed([4, 1, 4]),
      { shifts: [{ first: 9, count: 1, x: 0, y: 0 }] },
      { updates: [{ node: 9, fields: {} }] },
      { removals: [9] },
      { removals: [2, 2] },
      { removals: [1] },
      { windows: [{ root: 9, scene: 1, level: 0 }] },
    ];
    for (const diff of unknown) expect(wrongOn(roots, diff)).toBe("unknown node");
    expect(wrongOn(roots, { removals: [1], windows: [] })).toBe("none");
  });

  test("rejects a place in the node itself, and beside what is no sibling", () => {
    const roots = [node(1, node(2), node(3))];
    expect(wrongOn(roots, placed([1, 1, 0]))).toBe("parent inside node");
    expect(wrongOn(roots, placed([1, 3, 0]))).toBe("parent inside node");
    expect(wrongOn(roots, placed([4, 2, 3]))).toBe("not a sibling");
    expect(wrongOn(roots, placed([2, 1, 2]))).toBe("not a sibling");
    expect(wrongOn(roots, placed([2, 0, 3]))).toBe("not a sibling");
    expect(wrongOn(roots, placed([3, 2, 0]))).toBe("none");
  });

  test("rejects a node with more than 256 ancestors, unless a circle is met before", () => {
    expect(wrongOn([node(1)], chain(2, 256))).toBe("none");
    expect(wrongOn([node(1)], chain(2, 257))).toBe("too deep");
    expect(wrongOn([node(1)], chain(2, 256), placed([1, 257, 0]))).toBe("parent inside node");
    const deep = wrongOn(
      [node(1, node(300))],
      chain(2, 256),
      placed([300, 256, 0]),
      chain(400, 256, 300),
    );
    expect(deep).toBe("too deep");
  });

  test("lets a subtree be moved to where its nodes are deeper than any is placed", () => {
    const two = [node(1, node(1_000))];
    const grown = [chain(2, 255), chain(1_001, 255, 1_000), placed([1_000, 256, 0])];
    expect(wrongOn(two, ...grown)).toBe("none");
    expect(wrongOn(two, ...grown, placed([1_000, 1_200, 0]))).toBe("parent inside node");
    expect(wrongOn(two, ...grown, placed([1, 1_200, 0]))).toBe("too deep");
  });

  test("rejects more than 20,000 nodes during a diff and 10,000 after it", () => {
    expect(wrongOn([node(1)], flat(9_999))).toBe("none");
    expect(wrongOn([node(1)], flat(10_000))).toBe("too many nodes");
    const gone = Array.from({ length: 10_000 }, (_, i) => i + 2);
    expect(wrongOn([node(1)], { ...flat(19_999), removals: gone })).toBe("none");
    expect(wrongOn([node(1)], { ...flat(20_000), removals: gone })).toBe("too many nodes");
  });

  test("rejects a run of no siblings and of more than there are", () => {
    const shift = (first: number, count: number) =>
      wrongOn([node(1, node(2), node(3))], { shifts: [{ first, count, x: 0, y: 0 }] });
    expect([shift(2, 2), shift(3, 1), shift(1, 1)]).toEqual(["none", "none", "none"]);
    expect([shift(2, 0), shift(2, 3), shift(3, 2)]).toEqual(Array(3).fill("short run"));
  });

  test("rejects shifts of more than 10,000 siblings together, before anything is placed", () => {
    const shifts = (...counts: number[]) => ({
      shifts: counts.map((count) => ({ first: 10_000, count, x: 0, y: 0 })),
    });
    const crowd = flat(9_999);
    expect(wrongOn([node(1)], crowd, shifts(9_999, 1))).toBe("none");
    expect(wrongOn([node(1)], crowd, shifts(9_999, 2))).toBe("too long");
    expect(wrongOn([node(1)], { ...placed([4, 9, 0]), ...shifts(10_001) })).toBe("too long");
    expect(wrongOn([node(1)], { ...placed([4, 9, 0]), ...shifts(10_000) })).toBe("unknown node");
  });

  test("rejects lengths that the format does not have", () => {
    const most = { x: 262_144, y: 0 };
    const more = { x: 1 / 32, y: 0 };
    for (const name of ["size", "position", "scroll"] as const) {
      const change = (by: typeof most) => ({ updates: [{ node: 1, fields: { [name]: by } }] });
      expect(wrongOn([node(1)], change(most))).toBe("none");
      expect(wrongOn([node(1)], change(most), change(more))).toBe("out of range");
      expect(wrongOn([node(1)], change(most), change({ x: -524_288, y: 0 }))).toBe("none");
    }
    const shifts = [{ first: 1, count: 1, ...most }];
    expect(wrongOn([node(1)], { shifts }, { shifts })).toBe("out of range");
    const tooMany = [{ first: 1, count: 2, ...most }];
    expect(wrongOn([node(1)], { shifts: tooMany })).toBe("short run");
    expect(wrongOn([node(1)], { shifts }, { shifts: tooMany })).toBe("out of range");
  });

  test("rejects windows whose root has a parent, whether they follow or stay", () => {
    const roots = [node(1, node(2)), node(3)];
    const windows = [{ root: 2, scene: 1, level: 0 }];
    expect(wrongOn(roots, { windows })).toBe("window not a root");
    expect(wrongOn(roots, placed([3, 1, 0]))).toBe("window not a root");
    expect(wrongOn(roots, { ...placed([3, 1, 0]), windows: [] })).toBe("none");
  });

  test("rejects more text than a tree may have, and forgets what is gone", () => {
    const line = { text: "é".repeat(2_048), x: 0, y: 0, width: 1 };
    const lines = (count: number, text = line.text) => ({
      updates: [{ node: 1, fields: { lines: Array(count).fill({ ...line, text }) } }],
    });
    expect(wrongOn([node(1)], lines(256))).toBe("none");
    expect(wrongOn([node(1)], lines(257))).toBe("too much text");
    expect(wrongOn([node(1)], lines(20_000, ""))).toBe("none");
    expect(wrongOn([node(1)], lines(20_001, ""))).toBe("too much text");
    const again = { ...placed([2, 0, 0]), removals: [1], windows: [] };
    const other = { updates: [{ node: 2, fields: { identifier: "é" } }] };
    expect(wrongOn([node(1)], lines(256), again, other)).toBe("none");
  });

  test("looks for errors in the order of the steps", () => {
    const roots = [node(1, node(2))];
    const shifts = [{ first: 2, count: 9, x: 0, y: 0 }];
    expect(wrongOn(roots, { ...placed([1, 2, 0]), shifts, removals: [9] })).toBe(
      "parent inside node",
    );
    expect(wrongOn(roots, { shifts, removals: [9] })).toBe("short run");
    expect(wrongOn(roots, { ...flat(10_000), windows: [{ root: 2, scene: 1, level: 0 }] })).toBe(
      "window not a root",
    );
  });

  test("counts the bytes of text as UTF-8 does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe("the states of a segment", () => {
  const rename = (identifier: string): Partial<Diff> => ({
    updates: [{ node: 1, fields: { identifier } }],
  });

  function played(...diffs: Partial<Diff>[]): States {
    const states = new States();
    states.play({ kind: "keyframe", keyframe: keyframeOf([named("0")]) });
    for (const [base, diff] of diffs.entries()) {
      states.play({ kind: "diff", diff: { ...NO_CHANGE, base, ...diff } });
    }
    return states;
  }

  const seen = ({ tree }: States) => [tree.state, tree.get(1)?.fields.identifier];

  test("are counted modulo 2³²", () => {
    const states = new States();
    states.play({ kind: "keyframe", keyframe: keyframeOf([node(1)], 0xffffffff) });
    states.play({ kind: "diff", diff: { ...NO_CHANGE, base: 0xffffffff } });
    expect(states.tree.state).toBe(0);
  });

  test("can be gone back to where they were kept, more than once", () => {
    const keep = { ...rename("1"), keeps: true };
    expect(seen(played(keep, rename("2"), { base: 0 }))).toEqual([3, "0"]);
    const again = played(keep, { base: 0, ...rename("other") }, { base: 0 });
    expect(seen(again)).toEqual([3, "0"]);
    expect(errorOf(() => played(rename("1"), { base: 0 }))).toBe("wrong base");
    expect(errorOf(() => played({ base: 7 }))).toBe("wrong base");
  });

  test("can be kept and left for another one at once", () => {
    const keep = { keeps: true };
    const there = played({ ...keep, ...rename("1") }, { ...keep, base: 0 }, { base: 1 });
    expect(seen(there)).toEqual([3, "1"]);
  });

  test("are forgotten when five are kept, the first first", () => {
    const keeps = Array.from({ length: 4 }, (_, i) => ({ ...rename(`${i + 1}`), keeps: true }));
    expect(seen(played(...keeps, { base: 0 }))).toEqual([5, "0"]);
    const five = [...keeps, { ...rename("5"), keeps: true }];
    expect(errorOf(() => played(...five, { base: 0 }))).toBe("wrong base");
    expect(seen(played(...five, { base: 1 }))).toEqual([6, "1"]);
    expect(errorOf(() => played(...keeps, { keeps: true, base: 0 }))).toBe("wrong base");
  });

  test("are kept by a later keyframe, and not by the first", () => {
    const states = played(rename("1"));
    states.play({ kind: "keyframe", keyframe: keyframeOf([named("new")], 2) });
    expect(seen(states)).toEqual([2, "new"]);
    states.play({ kind: "diff", diff: { ...NO_CHANGE, base: 1 } });
    expect(seen(states)).toEqual([3, "1"]);
    expect(errorOf(() => played({ base: 0xffffffff }))).toBe("wrong base");
  });

  test("of a kept tree are not changed by what comes after", () => {
    const shifts = [{ first: 1, count: 1, x: 5, y: 5 }];
    const states = played({ keeps: true, shifts }, { shifts }, { base: 0 });
    expect(states.tree.get(1)?.fields.position).toEqual({ x: 0, y: 0 });
  });

  test("cannot be copied, climbed or shifted without end", () => {
    const crowd = node(1, ...Array.from({ length: 99 }, (_, i) => node(i + 2)));
    const costOf = (diff: Partial<Diff>, most: number) => {
      const states = new States(new Work(most));
      states.play({ kind: "keyframe", keyframe: keyframeOf([crowd]) });
      return errorOf(() => states.play({ kind: "diff", diff: { ...NO_CHANGE, ...diff } }));
    };
    const costly: [Partial<Diff>, number][] = [
      [{ keeps: true }, 100 * COPY_STEPS + 1],
      [{ shifts: [{ first: 2, count: 50, x: 0, y: 0 }] }, 50 * SHIFT_STEPS + 1],
      [chain(200, 4, 2), 2 + 3 + 4 + 5 + 1],
    ];
    for (const [diff, steps] of costly) {
      expect(costOf(diff, steps)).toBe("none");
      expect(costOf(diff, steps - 1)).toBe("too much work");
    }
  });
});
