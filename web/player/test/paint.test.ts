import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fields } from "../../tests/support/arbitrary.ts";
import { keyframeOf, PLAIN_STATE, type SceneNode } from "../../tests/support/scene.ts";
import { describe as inWords } from "../src/describe.ts";
import { DEFAULT_FIELDS, type Fields, type TextStyle } from "../src/model.ts";
import { after, boundsOf, boxOf, intersect, map, toParent } from "../src/paint/affine.ts";
import { isReplaced } from "../src/paint/content.ts";
import { barsOf, fitLine } from "../src/paint/text.ts";
import { drawingOrder, isHidden, screenBox, visibleWindows } from "../src/paint/walk.ts";
import type { Moment } from "../src/timeline/replay.ts";
import type { TreeNode } from "../src/tree/node.ts";
import { Tree } from "../src/tree/tree.ts";
import { KIND } from "../src/words.ts";

const of = (changed: Partial<Fields>): Fields => ({ ...DEFAULT_FIELDS, ...changed });

describe("a point of a node", () => {
  test("lies in its parent where the format says", () => {
    fc.assert(
      fc.property(fields, fc.record({ x: fc.integer(), y: fc.integer() }), (some, p) => {
        const { position, transform, scroll, anchor, size } = of(some);
        const { rotation, scale: by, skew, offset } = transform;
        const v = { x: p.x - scroll.x - anchor.x * size.x, y: p.y - scroll.y - anchor.y * size.y };
        const slanted = { x: by.x * v.x + skew * by.y * v.y, y: by.y * v.y };
        const [cos, sin] = [Math.cos, Math.sin].map((of) => of(2 * Math.PI * rotation));
        const wanted = {
          x: position.x + offset.x + slanted.x * (cos ?? 0) - slanted.y * (sin ?? 0),
          y: position.y + offset.y + slanted.x * (sin ?? 0) + slanted.y * (cos ?? 0),
        };
        const found = map(toParent(of(some)), p);
        const scale = (1 + Math.abs(by.x) + Math.abs(by.y)) * (1 + Math.abs(skew));
        const tolerance =
          1e-9 * scale * (1 + Math.abs(p.x) + Math.abs(p.y) + Math.abs(v.x) + Math.abs(v.y)) + 1e-6;
        fc.pre(Number.isFinite(tolerance));
        expect(Math.abs(found.x - wanted.x)).toBeLessThanOrEqual(tolerance);
        expect(Math.abs(found.y - wanted.y)).toBeLessThanOrEqual(tolerance);
      }),
    );
  });

  test("moves with the scroll offset of its parent", () => {
    const cell = toParent(of({ position: { x: 50, y: 120 }, size: { x: 100, y: 40 } }));
    const list = toParent(
      of({ position: { x: 50, y: 50 }, size: { x: 100, y: 100 }, scroll: { x: 0, y: 30 } }),
    );
    expect(map(after(list, cell), { x: 0, y: 0 })).toEqual({ x: 0, y: 70 });
  });

  test("keeps within the box of its turned node", () => {
    const { transform } = DEFAULT_FIELDS;
    const turned = of({ size: { x: 10, y: 20 }, transform: { ...transform, rotation: 0.25 } });
    expect(boxOf(toParent(turned), boundsOf(turned))).toEqual({
      x: -10,
      y: -5,
      width: 20,
      height: 10,
    });
  });

  test("is turned clockwise, and exactly by quarters of a turn", () => {
    const { transform } = DEFAULT_FIELDS;
    const turned = (rotation: number) =>
      map(toParent(of({ transform: { ...transform, rotation } })), { x: 3, y: 1 });
    const all = [-0.25, 0, 0.25, 0.5].map(turned);
    expect(all.map(({ x, y }) => [x, y])).toEqual([
      [1, -3],
      [3, 1],
      [-1, 3],
      [-3, -1],
    ]);
  });

  test("is scaled, then skewed, then turned, then moved", () => {
    const transform = { rotation: 0.25, scale: { x: 2, y: 3 }, skew: 0.5, offset: { x: 7, y: 0 } };
    const found = map(toParent(of({ transform })), { x: 1, y: 10 });
    expect(found).toEqual({ x: 7 - 30, y: 2 + 15 });
  });
});

test("rectangles that do not meet have nothing in common", () => {
  const common = intersect(
    { x: 0, y: 0, width: 5, height: 5 },
    { x: 9, y: 0, width: 5, height: 5 },
  );
  expect(common.width).toBe(0);
});

describe("a line of text", () => {
  test("comes out exactly as wide as it was recorded", () => {
    const positive = fc.double({ min: 1, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(
        positive,
        positive,
        fc.integer({ min: 1, max: 200 }),
        (natural, wanted, letters) => {
          const { stretch, spread } = fitLine(natural, wanted, letters, 17);
          expect((natural + spread * letters) * stretch).toBeCloseTo(wanted, 6);
        },
      ),
    );
  });

  test("is only stretched where the widths are close, and left alone where one is unknown", () => {
    expect(fitLine(100, 104, 10, 17)).toEqual({ stretch: 1.04, spread: 0 });
    expect(fitLine(100, 120, 10, 17).spread).toBeGreaterThan(0);
    expect(fitLine(100, 0, 10, 17)).toEqual({ stretch: 1, spread: 0 });
  });
});

describe("a masked text", () => {
  const style = (changed: Partial<TextStyle>): TextStyle => ({
    ...DEFAULT_FIELDS.text,
    size: 10,
    ...changed,
  });
  const frame = { x: 10, y: 0, width: 100, height: 44 };

  test("has as many bars as lines fit, the last one shorter, all within its frame", () => {
    const bars = barsOf(frame, style({}), false);
    expect(bars).toHaveLength(3);
    expect(bars[2]?.width).toBeLessThan(bars[0]?.width ?? 0);
    for (const bar of bars) {
      expect(bar.x).toBeGreaterThanOrEqual(10);
      expect(bar.x + bar.width).toBeLessThanOrEqual(110);
      expect(bar.y).toBeGreaterThanOrEqual(0);
      expect(bar.y + bar.height).toBeLessThanOrEqual(44);
    }
  });

  test("follows its alignment and the direction of the layout", () => {
    const last = (alignment: TextStyle["alignment"], isRightToLeft: boolean) => {
      const bar = barsOf(frame, style({ alignment }), isRightToLeft).at(-1);
      return Math.round(bar ? bar.x - 10 : -1);
    };
    expect(last("left", true)).toBe(0);
    expect(last("natural", false)).toBe(0);
    expect(last("natural", true)).toBe(45);
    expect(last("right", false)).toBe(45);
    expect(last("center", false)).toBe(23);
  });

  test("never has bars without end", () => {
    expect(
      barsOf({ ...frame, height: 200_000 }, style({ size: 1 / 32 }), false).length,
    ).toBeLessThanOrEqual(60);
    expect(barsOf(frame, style({ size: 0 }), false)).not.toHaveLength(0);
  });
});

describe("a placeholder", () => {
  test("stands for what was replaced, for masked pictures and for what has no views of its own", () => {
    const mask = (action: "mask" | "replace") => ({ mask: { action, reason: 1 } });
    expect(isReplaced(of(mask("replace")), false)).toBe(true);
    expect(isReplaced(of({ kind: KIND.image, ...mask("mask") }), false)).toBe(true);
    expect(isReplaced(of({ kind: KIND.map }), false)).toBe(true);
    expect(isReplaced(of({ kind: KIND.webView }), true)).toBe(false);
    expect(isReplaced(of({ kind: KIND.view, ...mask("mask") }), false)).toBe(false);
  });
});

describe("a screen", () => {
  const said = (text: string): Partial<Fields> => ({
    kind: KIND.text,
    text: { ...DEFAULT_FIELDS.text, role: "static" },
    lines: [{ text, x: 0, y: 0, width: 10 }],
  });
  const node = (id: number, some: Partial<Fields>, ...children: SceneNode[]): SceneNode => ({
    id,
    fields: some,
    children,
  });

  function moment(...roots: SceneNode[]): Moment {
    const tree = Tree.of(keyframeOf(roots));
    const { openTouches, ...around } = { ...PLAIN_STATE, screen: "Cart" };
    return {
      timeMs: 0,
      key: "",
      tree,
      around,
      images: new Map(),
      fingers: openTouches.map(() => never()),
      notice: null,
    };
  }

  function never(): never {
    throw new Error("a plain state has no touches");
  }

  test("in words has what was kept and counts what was masked", () => {
    const secret = node(4, { ...said("secret"), mask: { action: "mask", reason: 2 } });
    const words = inWords(
      moment(
        node(
          1,
          {},
          node(2, said("Total")),
          node(3, { hidden: true }, node(5, said("gone"))),
          secret,
        ),
      ),
    );
    expect(words).toBe("Screen Cart. Total. 1 masked element.");
  });

  test("draws children by z and windows by level, ties in their order", () => {
    const shown = moment(
      node(1, {}, node(2, { z: 1 }), node(3, {}), node(4, { z: 1 }), node(5, { z: -1 })),
      node(6, {}),
    );
    const top = shown.tree.get(1) as TreeNode;
    expect(drawingOrder(top).map(({ id }) => id)).toEqual([5, 3, 2, 4]);
    shown.tree.windows = [
      { root: 6, scene: 1, level: 5 },
      { root: 1, scene: 1, level: 0 },
    ];
    expect(visibleWindows(shown).map(({ root }) => root)).toEqual([1, 6]);
  });

  test("knows where a node stands and whether it is hidden", () => {
    const size = { x: 10, y: 10 };
    const shown = moment(
      node(
        1,
        { position: { x: 50, y: 50 }, size: { x: 100, y: 100 }, alpha: 0 },
        node(2, { position: { x: 5, y: 5 }, size }),
      ),
    );
    const inner = shown.tree.get(2) as TreeNode;
    expect(screenBox(inner)).toEqual({ x: 0, y: 0, width: 10, height: 10 });
    expect(isHidden(inner)).toBe(true);
  });
});
