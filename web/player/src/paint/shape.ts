import type { Rect, Shape } from "../model.ts";

/**
 * A continuous corner begins this many radii away from the corner, and its
 * control points lie this many radii away: then it passes through the same
 * middle as the circular corner, (1 − 1/√2) radii from either side.
 */
const CONTINUOUS_REACH = 1.28;
const CONTINUOUS_HANDLE = (8 * (1 - Math.SQRT1_2) - CONTINUOUS_REACH) / 3;

/** A shape without corners or clipping. */
export const PLAIN: Shape = { clips: false, isContinuous: false, radii: [0, 0, 0, 0] };

/** Adds the outline of a rectangle with the corners of `shape` to the current path. */
export function outline(ctx: CanvasRenderingContext2D, rect: Rect, shape: Shape): void {
  const { x, y, width, height } = rect;
  const radii = shape.radii.map((radius) => fitting(radius, width, height));
  if (radii.every((radius) => radius === 0)) ctx.rect(x, y, width, height);
  else if (shape.isContinuous) continuous(ctx, rect, radii);
  else ctx.roundRect(x, y, width, height, radii);
}

/** A new path with that outline. */
export function pathOf(ctx: CanvasRenderingContext2D, rect: Rect, shape: Shape): void {
  ctx.beginPath();
  outline(ctx, rect, shape);
}

/** The outline of a rectangle with four equal circular corners, as a new path. */
export function roundPath(ctx: CanvasRenderingContext2D, rect: Rect, radius: number): void {
  ctx.beginPath();
  const fitted = fitting(radius, rect.width, rect.height);
  ctx.roundRect(rect.x, rect.y, rect.width, rect.height, fitted);
}

function fitting(radius: number, width: number, height: number): number {
  return Math.max(0, Math.min(radius, width / 2, height / 2));
}

interface Corner {
  /** The corner, and the directions along the side before and after it, clockwise. */
  readonly x: number;
  readonly y: number;
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

function continuous(ctx: CanvasRenderingContext2D, rect: Rect, radii: readonly number[]): void {
  const { x, y, width, height } = rect;
  const corners: Corner[] = [
    { x, y, before: [0, 1], after: [1, 0] },
    { x: x + width, y, before: [-1, 0], after: [0, 1] },
    { x: x + width, y: y + height, before: [0, -1], after: [-1, 0] },
    { x, y: y + height, before: [1, 0], after: [0, -1] },
  ];
  for (const [i, corner] of corners.entries()) {
    addCorner(ctx, corner, radii[i] ?? 0, Math.min(width, height) / 2, i === 0);
  }
  ctx.closePath();
}

function addCorner(
  ctx: CanvasRenderingContext2D,
  { x, y, before, after }: Corner,
  radius: number,
  room: number,
  isFirst: boolean,
): void {
  const reach = Math.min(CONTINUOUS_REACH * radius, room);
  const handle = CONTINUOUS_HANDLE * radius;
  const at = ([dx, dy]: readonly [number, number], by: number) =>
    [x + dx * by, y + dy * by] as const;
  const start = at(before, reach);
  if (isFirst) ctx.moveTo(...start);
  else ctx.lineTo(...start);
  ctx.bezierCurveTo(...at(before, handle), ...at(after, handle), ...at(after, reach));
}
