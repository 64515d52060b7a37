import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forest } from "../../tests/support/arbitrary.ts";
import { diffOf, keyframeOf, readBack, type SceneNode, wanted } from "../../tests/support/scene.ts";
import type { Diff } from "../src/model.ts";
import { TreeError } from "../src/tree/error.ts";
import { Tree } from "../src/tree/tree.ts";
import { utf8Bytes } from "../src/tree/weight.ts";

const node = (id: number, ...children: SceneNode[]): SceneNode => ({ id, fields: {}, children });
const NO_CHANGE: Diff = { base: 0, windows: null, placements: [], updates: [], removals: [] };

function treeOf(...roots: SceneNode[]): Tree {
  const tree = new Tree();
  tree.reset(keyframeOf(roots));
  return tree;
}

function troubleOf(tree: Tree, diff: Partial<Diff>): string {
  try {
    tree.apply({ ...NO_CHANGE, ...diff });
    return "none";
  } catch (error) {
    if (error instanceof TreeError) return error.trouble;
    throw error;
  }
}

describe("a tree", () => {
  test("that applied a diff is the tree that the diff leads to", () => {
    fc.assert(
      fc.property(forest, forest, (a, b) => {
        const tree = treeOf(...a);
        tree.apply(diffOf(a, b, 0));
        expect(readBack(tree)).toEqual(wanted(b));
        expect(tree.size).toBe(wanted(b).length);
        expect(tree.state).toBe(1);
      }),
    );
  });

  test("counts states modulo 2³²", () => {
    const tree = new Tree();
    tree.reset({ ...keyframeOf([node(1)]), state: 0xffffffff });
    tree.apply({ ...NO_CHANGE, base: 0xffffffff });
    expect(tree.state).toBe(0);
  });

  test("rejects a diff from another state", () => {
    expect(troubleOf(treeOf(node(1)), { base: 5 })).toBe("base");
  });

  test("rejects nodes, parents and siblings that do not exist", () => {
    const tree = () => treeOf(node(1, node(2), node(3)));
    const placed = (id: number, parent: number, after: number) => ({
      placements: [{ node: id, parent, after }],
    });
    expect(troubleOf(tree(), { updates: [{ node: 9, fields: {} }] })).toBe("unknown-node");
    expect(troubleOf(tree(), { removals: [9] })).toBe("unknown-node");
    expect(troubleOf(tree(), placed(4, 9, 0))).toBe("unknown-node");
    expect(troubleOf(tree(), placed(4, 1, 9))).toBe("unknown-node");
    expect(troubleOf(tree(), placed(4, 2, 3))).toBe("misplaced");
    expect(troubleOf(tree(), placed(2, 1, 2))).toBe("misplaced");
    expect(troubleOf(tree(), placed(1, 3, 0))).toBe("misplaced");
    expect(troubleOf(tree(), placed(3, 2, 0))).toBe("none");
  });

  test("removes what is left of a subtree, and not what was moved out of it", () => {
    const tree = treeOf(node(1, node(2, node(3), node(4)), node(5)));
    tree.apply({ ...NO_CHANGE, placements: [{ node: 4, parent: 1, after: 5 }], removals: [2] });
    expect([...tree.all()].map(({ id }) => id)).toEqual([1, 5, 4]);
  });

  test("rejects windows whose root is gone or has a parent", () => {
    const tree = () => treeOf(node(1, node(2)));
    expect(troubleOf(tree(), { removals: [1] })).toBe("misplaced");
    expect(troubleOf(tree(), { windows: [{ root: 2, scene: 1, level: 0 }] })).toBe("misplaced");
    expect(troubleOf(tree(), { removals: [1], windows: [] })).toBe("none");
  });

  test("rejects a diff that makes it too deep, too large or too wordy", () => {
    const chain = (from: number, length: number) =>
      Array.from({ length }, (_, i) => ({
        node: from + i,
        parent: i === 0 ? 1 : from + i - 1,
        after: 0,
      }));
    expect(troubleOf(treeOf(node(1)), { placements: chain(2, 256) })).toBe("none");
    expect(troubleOf(treeOf(node(1)), { placements: chain(2, 257) })).toBe("limit");
    const flat = (length: number) =>
      Array.from({ length }, (_, i) => ({ node: i + 2, parent: 1, after: 0 }));
    expect(troubleOf(treeOf(node(1)), { placements: flat(9_999) })).toBe("none");
    expect(troubleOf(treeOf(node(1)), { placements: flat(10_000) })).toBe("limit");
    const lines = Array.from({ length: 257 }, () => ({
      text: "é".repeat(2_048),
      x: 0,
      y: 0,
      width: 1,
    }));
    expect(troubleOf(treeOf(node(1)), { updates: [{ node: 1, fields: { lines } }] })).toBe("limit");
  });

  test("counts the bytes of text as UTF-8 does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});
