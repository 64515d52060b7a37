import fc from "fast-check";
import type { Fields, Line, Point, TextStyle } from "../../player/src/model.ts";
import type { SceneNode } from "./scene.ts";

/** A length that the grid of the format holds exactly. */
const length = fc.integer({ min: -64_000, max: 64_000 }).map((units) => units / 32);
const point: fc.Arbitrary<Point> = fc.record({ x: length, y: length });
const color = fc.integer({ min: 0, max: 0xffffffff });
/** A colour of four bits for each part. */
const part = fc.integer({ min: 0, max: 15 });
const coarseColor = fc
  .tuple(part, part, part, part)
  .map((parts) => parts.reduce((color, bits) => color * 256 + bits * 17, 0));
const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
/** A ratio that the grid of the format holds exactly. */
const ratio = fc.integer({ min: -(1 << 20), max: 1 << 20 }).map((units) => units / 4096);
/** A rotation that the grid of the format holds exactly. */
const turn = fc.integer({ min: -8_191, max: 8_192 }).map((units) => units / 16_384);
const fraction: fc.Arbitrary<Point> = fc.record({ x: ratio, y: ratio });
const byte = fc.integer({ min: 0, max: 255 });
const name = fc.oneof(
  fc.constantFrom("", "UIView", "UILabel:UIView", "pay"),
  fc.string({ unit: "grapheme" }),
);

const text: fc.Arbitrary<TextStyle> = fc.record({
  role: fc.constantFrom("none", "static", "input", "hint"),
  font: name,
  size: length,
  weight: fc.integer({ min: 0, max: 1000 }),
  isItalic: fc.boolean(),
  isUnderlined: fc.boolean(),
  isStruck: fc.boolean(),
  color,
  alignment: fc.constantFrom("natural", "left", "center", "right", "justified"),
});

/** A width in whole points. */
const width = fc.integer({ min: 0, max: 2_000 });
const line: fc.Arbitrary<Line> = fc.record({ text: name, x: length, y: length, width });

/** Any fields of a node, each there or not. */
export const fields: fc.Arbitrary<Partial<Fields>> = fc.record(
  {
    kind: fc.integer({ min: 0, max: 36 }),
    classChain: name,
    controller: name,
    identifier: name,
    generation: fc.integer({ min: 0, max: 0xffffffff }),
    position: point,
    size: point,
    scroll: point,
    anchor: fraction,
    transform: fc.record({ rotation: turn, scale: fraction, skew: ratio, offset: point }),
    shape: fc.record({
      clips: fc.boolean(),
      isContinuous: fc.boolean(),
      radii: fc.tuple(length, length, length, length),
    }),
    background: color,
    gradient: fc.record({ end: color, from: fraction, to: fraction }),
    border: fc.record({ width: length, color }),
    shadow: fc.record({ color, radius: length, offset: point }),
    alpha: byte,
    z: float,
    blur: byte,
    hidden: fc.boolean(),
    text,
    lines: fc.array(line, { maxLength: 3 }),
    image: fc.record({
      handle: byte,
      contentMode: fc.integer({ min: 0, max: 3 }),
      average: coarseColor,
      tint: color,
    }),
    control: fc.record({
      flags: byte,
      value: fc.integer({ min: 0, max: 4096 }).map((units) => units / 4096),
      index: byte,
      count: byte,
    }),
    mask: fc.record({
      action: fc.constantFrom("keep", "mask", "replace"),
      reason: fc.integer({ min: 0, max: 11 }),
    }),
  },
  { requiredKeys: [] },
);

interface Seedling {
  readonly id: number;
  readonly fields: Partial<Fields>;
  /** Which of the nodes before it becomes the parent; negative for a root. */
  readonly parentRank: number;
}

const seedlings = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    fields,
    parentRank: fc.integer({ min: -1, max: 20 }),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 14 },
);

interface Growing extends SceneNode {
  readonly children: Growing[];
}

function grow(list: readonly Seedling[]): SceneNode[] {
  const roots: Growing[] = [];
  const grown: Growing[] = [];
  for (const { id, fields, parentRank } of list) {
    const node: Growing = { id, fields, children: [] };
    const parent = parentRank < 0 ? undefined : grown[parentRank % Math.max(1, grown.length)];
    (parent?.children ?? roots).push(node);
    grown.push(node);
  }
  return roots;
}

/** A forest of up to 14 nodes with ids from a small range, so that two of them share many. */
export const forest: fc.Arbitrary<SceneNode[]> = seedlings.map(grow);
