import type { Rect } from "../model.ts";
import { roundPath } from "./shape.ts";

/** Keys per row; the widths of the last row are shares of it. */
const ROWS = [10, 9, 7] as const;
const LAST_ROW = [0.24, 0.52, 0.24] as const;
const GAP = 6;

/** The software keyboard as a neutral grid of keys: no letter, so that nobody reads along. */
export function paintKeyboard(ctx: CanvasRenderingContext2D, frame: Rect, isDark: boolean): void {
  ctx.fillStyle = isDark ? "#2b2d31" : "#d3d6dc";
  ctx.fillRect(frame.x, frame.y, frame.width, frame.height);
  ctx.fillStyle = isDark ? "#55585f" : "#ffffff";
  for (const key of keysOf(frame)) {
    roundPath(ctx, key, 5);
    ctx.fill();
  }
}

function keysOf(frame: Rect): Rect[] {
  const height = frame.height / 5;
  const key = (frame.width - GAP) / ROWS[0];
  const rows = ROWS.flatMap((count, row) => {
    const left = frame.x + (frame.width - count * key + GAP) / 2;
    const y = frame.y + GAP + row * height;
    return Array.from({ length: count }, (_, i) => ({
      x: left + i * key,
      y,
      width: Math.max(0, key - GAP),
      height: Math.max(0, height - 2 * GAP),
    }));
  });
  return [...rows, ...lastRow(frame, height)];
}

function lastRow(frame: Rect, height: number): Rect[] {
  const room = Math.max(0, frame.width - 3 * GAP);
  let x = frame.x + GAP / 2;
  return LAST_ROW.map((share) => {
    const width = share * room;
    const key = { x, y: frame.y + GAP + 3 * height, width, height: Math.max(0, height - 2 * GAP) };
    x += width + GAP;
    return key;
  });
}
