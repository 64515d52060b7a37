import type { Changes } from "../model.ts";
import type { Columns } from "./columns.ts";
import { drafts, point } from "./drafts.ts";
import { MAX_LENGTH_UNITS, MAX_RATIO_UNITS, UNITS_PER_ONE, UNITS_PER_PT } from "./limits.ts";
import { LANE, STILL } from "./motion.ts";

/** Greatest alpha. */
const OPAQUE = 255;

/** Reads the columns of one field for the rows that have it; `nodes` say which node each moves with. */
export type FieldReader = (
  from: Columns,
  rows: readonly Changes[],
  nodes: readonly number[],
) => void;

/** Reads what sizes change by. */
export const readSizes: FieldReader = (from, rows, nodes) => {
  const sizes = drafts(rows, "size", point);
  fill(sizes, nodes, (size, node) => {
    size.x = from.difference("a width", LANE.width, node);
  });
  fill(sizes, nodes, (size, node) => {
    size.y = from.difference("a height", LANE.height, node);
  });
};

/** Reads what positions change by: they are written without what half of the growth adds to them. */
export const readPositions: FieldReader = (from, rows, nodes) => {
  const positions = drafts(rows, "position", ({ size }) => ({
    x: halfPt(size?.x ?? 0),
    y: halfPt(size?.y ?? 0),
  }));
  fill(positions, nodes, (position, node) => {
    position.x = from.difference("a position", LANE.x, node, position.x);
  });
  fill(positions, nodes, (position, node) => {
    position.y = from.difference("a position", LANE.y, node, position.y);
  });
};

/** Half of a length, rounded down to the unit. */
function halfPt(pt: number): number {
  return Math.floor((pt * UNITS_PER_PT) / 2) / UNITS_PER_PT;
}

/** Reads what scroll offsets change by. */
export const readScrolls: FieldReader = (from, rows, nodes) => {
  const scrolls = drafts(rows, "scroll", point);
  fill(scrolls, nodes, (scroll, node) => {
    scroll.x = from.difference("a bounds origin", LANE.scrollX, node);
  });
  fill(scrolls, nodes, (scroll, node) => {
    scroll.y = from.difference("a bounds origin", LANE.scrollY, node);
  });
};

/** Reads transforms. */
export const readTransforms: FieldReader = (from, rows, nodes) => {
  const transform = () => ({ rotation: 0, scale: point(), skew: 0, offset: point() });
  const transforms = drafts(rows, "transform", transform);
  fill(transforms, nodes, (transform, node) => {
    transform.rotation = from.turn("a rotation", LANE.rotation, node);
  });
  fill(transforms, nodes, ({ scale }, node) => {
    scale.x = 1 + ratio(from, "a scale", LANE.scaleX, node);
  });
  fill(transforms, nodes, ({ scale }, node) => {
    scale.y = 1 + ratio(from, "a scale", LANE.scaleY, node);
  });
  fill(transforms, nodes, (transform, node) => {
    transform.skew = ratio(from, "a skew", LANE.skew, node);
  });
  fill(transforms, nodes, ({ offset }, node) => {
    offset.x = lengthPt(from, LANE.offsetX, node);
  });
  fill(transforms, nodes, ({ offset }, node) => {
    offset.y = lengthPt(from, LANE.offsetY, node);
  });
};

type RatioLane = typeof LANE.scaleX | typeof LANE.scaleY | typeof LANE.skew;
type LengthLane = typeof LANE.offsetX | typeof LANE.offsetY;

function ratio(from: Columns, what: string, lane: RatioLane, node: number): number {
  return from.moving(what, lane, node, MAX_RATIO_UNITS) / UNITS_PER_ONE;
}

function lengthPt(from: Columns, lane: LengthLane, node: number): number {
  return from.moving("an offset", lane, node, MAX_LENGTH_UNITS) / UNITS_PER_PT;
}

/** Reads alphas. */
export const readAlphas: FieldReader = (from, rows, nodes) => {
  fill(rows, nodes, (row, node) => {
    row.alpha = from.moving("an alpha", LANE.alpha, node, OPAQUE, 0);
  });
};

/** Reads what controls show. */
export const readControls: FieldReader = (columns, rows, nodes) => {
  const { from } = columns;
  const controls = drafts(rows, "control", () => ({ flags: 0, value: 0, index: 0, count: 0 }));
  for (const control of controls) control.flags = from.u8("control flags");
  fill(controls, nodes, (control, node) => {
    const units = columns.moving("a control value", LANE.value, node, UNITS_PER_ONE, 0);
    control.value = units / UNITS_PER_ONE;
  });
  for (const control of controls) control.index = from.uv16("a selected index");
  for (const control of controls) control.count = from.uv16("a count of choices");
};

/** Fills one column of what moves. */
function fill<T>(
  drafts: readonly T[],
  nodes: readonly number[],
  entry: (draft: T, node: number) => void,
): void {
  for (const [i, draft] of drafts.entries()) entry(draft, nodes[i] ?? STILL);
}
