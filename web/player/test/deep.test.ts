import { afterEach, describe, expect, test, vi } from "vitest";
import { elementsOf } from "../../app/src/element.ts";
import { NO_CHANGE, PLAIN_STATE, windowsOf } from "../../tests/support/scene.ts";
import { describe as inWords } from "../src/describe.ts";
import { DEFAULT_FIELDS, type Fields, type Placement } from "../src/model.ts";
import { paintMoment } from "../src/paint/painter.ts";
import { isHidden, MAX_DRAWN_LEVELS, screenBox } from "../src/paint/walk.ts";
import type { Moment } from "../src/timeline/replay.ts";
import type { TreeNode } from "../src/tree/node.ts";
import { States } from "../src/tree/states.ts";

const DEPTH = 10_000;
/** Nodes that are placed at once: only those are checked for their depth. */
const RUN = 250;

const fields: Partial<Fields> = {
  size: { x: 100, y: 100 },
  position: { x: 50, y: 50 },
  background: 0x0000_00ff,
  alpha: 254,
  shape: { ...DEFAULT_FIELDS.shape, clips: true },
  text: { ...DEFAULT_FIELDS.text, role: "static" },
  lines: [{ text: "word", x: 0, y: 0, width: 10 }],
};

/** The chain of nodes `top` … `DEPTH`, each in the one before, is put into another root at its end. */
function placementsOf(top: number): Placement[] {
  const run = Array.from({ length: RUN }, (_, i) => top + i);
  const chain = run.map((node) => ({ node, parent: node === top ? 0 : node - 1, after: 0 }));
  const below = top + RUN;
  return below > DEPTH ? chain : [...chain, { node: below, parent: below - 1, after: 0 }];
}

/** A tree of 10,000 nodes within each other, as diffs can make one. */
function deepStates(): States {
  const states = new States();
  const root = { id: DEPTH + 1, fields: {}, children: [] };
  const keyframe = { state: 0, windows: windowsOf([root]), nodes: [{ ...root, parent: 0 }] };
  states.play({ kind: "keyframe", keyframe });
  for (let top = DEPTH - RUN + 1; top >= 1; top -= RUN) {
    const placements = placementsOf(top);
    const updates = placements.slice(0, RUN).map(({ node }) => ({ node, fields }));
    const windows = [{ root: top, scene: 1, level: 0 }];
    const removals = top + RUN > DEPTH ? [DEPTH + 1] : [];
    const diff = { ...NO_CHANGE, base: states.tree.state, placements, updates, removals, windows };
    states.play({ kind: "diff", diff });
  }
  return states;
}

function momentOf({ tree }: States): Moment {
  return {
    timeMs: 0,
    key: "",
    tree,
    around: PLAIN_STATE,
    images: new Map(),
    fingers: [],
    notice: null,
  };
}

/** A canvas that counts what is filled on it. */
function countingCanvas(count: () => void): HTMLCanvasElement {
  const canvas = { width: 393, height: 852, getContext: () => context };
  const measure = () => ({ width: 10 });
  const get = (_: object, name: string) =>
    name === "canvas" ? canvas : name === "fill" ? count : measure;
  const context: unknown = new Proxy({}, { get, set: () => true });
  return canvas as unknown as HTMLCanvasElement;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a tree of 10,000 nodes within each other", () => {
  const states = deepStates();
  const moment = momentOf(states);
  const deepest = states.tree.get(DEPTH) as TreeNode;

  test("is one", () => {
    expect(states.tree.size).toBe(DEPTH);
    expect([...states.tree.all()].map(({ id }) => id)).toEqual(
      Array.from({ length: DEPTH }, (_, i) => i + 1),
    );
  });

  test("is painted as deep as anything is", () => {
    let fills = 0;
    const canvas = () => countingCanvas(() => fills++);
    vi.stubGlobal("document", { createElement: canvas });
    paintMoment(canvas(), moment, { picture: () => null });
    expect(fills).toBe(MAX_DRAWN_LEVELS);
  });

  test("is listed and put into words as deep as it is painted", () => {
    expect(elementsOf(moment)).toHaveLength(MAX_DRAWN_LEVELS);
    expect(inWords(moment).length).toBeLessThan(2_100);
    expect(isHidden(deepest)).toBe(true);
  });

  test("has a box for each of its nodes", () => {
    expect(screenBox(deepest)).toEqual({ x: 0, y: 0, width: 100, height: 100 });
  });

  test("can be kept, gone back to and removed", () => {
    const base = states.tree.state;
    const removal = { ...NO_CHANGE, base, keeps: true, removals: [1], windows: [] };
    states.play({ kind: "diff", diff: removal });
    expect(states.tree.size).toBe(0);
    states.play({ kind: "diff", diff: { ...NO_CHANGE, base } });
    expect(states.tree.size).toBe(DEPTH);
  });
});
