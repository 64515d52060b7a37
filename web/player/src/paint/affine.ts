import type { Affine, Fields, Point, Rect, Transform } from "../model.ts";

/** The map that changes nothing. */
export const IDENTITY: Affine = { a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0 };

/** First `inner`, then `outer`. */
export function after(outer: Affine, inner: Affine): Affine {
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    tx: outer.a * inner.tx + outer.c * inner.ty + outer.tx,
    ty: outer.b * inner.tx + outer.d * inner.ty + outer.ty,
  };
}

/** The image of a point. */
export function map(t: Affine, { x, y }: Point): Point {
  return { x: t.a * x + t.c * y + t.tx, y: t.b * x + t.d * y + t.ty };
}

/** Scaling by the same factor in both directions. */
export function scaling(factor: number): Affine {
  return { a: factor, b: 0, c: 0, d: factor, tx: 0, ty: 0 };
}

/** The map from a node's bounds space to its parent's, as the format defines it. */
export function toParent({ position, transform, scroll, anchor, size }: Readonly<Fields>): Affine {
  const x = -scroll.x - anchor.x * size.x;
  const y = -scroll.y - anchor.y * size.y;
  const moved = after(matrixOf(transform), { ...IDENTITY, tx: x, ty: y });
  return { ...moved, tx: moved.tx + position.x, ty: moved.ty + position.y };
}

/** Scales, then skews, then turns, then moves. */
function matrixOf({ rotation, scale, skew, offset }: Transform): Affine {
  const { cos, sin } = directionOf(rotation);
  const slant = skew * scale.y;
  return {
    a: scale.x * cos,
    b: scale.x * sin,
    c: slant * cos - scale.y * sin,
    d: slant * sin + scale.y * cos,
    tx: offset.x,
    ty: offset.y,
  };
}

interface Direction {
  readonly cos: number;
  readonly sin: number;
}

/** Quarter turns, clockwise from none; exact, so that upright edges stay sharp. */
const QUARTERS: readonly Direction[] = [
  { cos: 1, sin: 0 },
  { cos: 0, sin: 1 },
  { cos: -1, sin: 0 },
  { cos: 0, sin: -1 },
];

function directionOf(turns: number): Direction {
  const exact = QUARTERS[(((turns * 4) % 4) + 4) % 4];
  const angle = 2 * Math.PI * turns;
  return exact ?? { cos: Math.cos(angle), sin: Math.sin(angle) };
}

/** The part of a node's bounds space that it occupies. */
export function boundsOf({ scroll, size }: Readonly<Fields>): Rect {
  return { x: scroll.x, y: scroll.y, width: size.x, height: size.y };
}

/** The smallest upright rectangle around the image of a rectangle. */
export function boxOf(t: Affine, { x, y, width, height }: Rect): Rect {
  const corners = [
    map(t, { x, y }),
    map(t, { x: x + width, y }),
    map(t, { x, y: y + height }),
    map(t, { x: x + width, y: y + height }),
  ];
  const [xs, ys] = [corners.map((p) => p.x), corners.map((p) => p.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** What two upright rectangles have in common; its width or height is 0 where that is nothing. */
export function intersect(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x);
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y);
  return { x, y, width, height };
}

/** Whether nothing of it can be seen. */
export function isEmpty({ width, height }: Rect): boolean {
  return !(width > 0 && height > 0);
}
