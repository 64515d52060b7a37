import type { Rect, Shape } from "../model.ts";
import { intersect, isEmpty } from "./affine.ts";
import { pathOf } from "./shape.ts";

/** What is behind a material is shrunk by this factor and drawn large again: a cheap blur. */
const SHRINK = 10;

/** The one blur style that is dark in the light appearance as well. */
const DARK_STYLE = 3;

let scratch: HTMLCanvasElement | null = null;

/**
 * Draws a blur material: what was drawn so far within `box` (pixels of the
 * canvas), blurred, under a tint. The current transform belongs to `rect`.
 */
export function paintMaterial(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  shape: Shape,
  box: Rect,
  style: number,
  isDark: boolean,
): void {
  const visible = intersect(box, {
    x: 0,
    y: 0,
    width: ctx.canvas.width,
    height: ctx.canvas.height,
  });
  if (isEmpty(visible)) return;
  ctx.save();
  pathOf(ctx, rect, shape);
  ctx.clip();
  drawBlurred(ctx, visible);
  ctx.restore();
  pathOf(ctx, rect, shape);
  ctx.fillStyle = isDark || style === DARK_STYLE ? "rgba(28,29,32,0.72)" : "rgba(250,250,252,0.72)";
  ctx.fill();
}

function drawBlurred(ctx: CanvasRenderingContext2D, box: Rect): void {
  const width = Math.max(1, Math.ceil(box.width / SHRINK));
  const height = Math.max(1, Math.ceil(box.height / SHRINK));
  scratch ??= document.createElement("canvas");
  scratch.width = width;
  scratch.height = height;
  const small = scratch.getContext("2d");
  if (!small) return;
  small.drawImage(ctx.canvas, box.x, box.y, box.width, box.height, 0, 0, width, height);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.imageSmoothingQuality = "high";
  ctx.drawImage(scratch, 0, 0, width, height, box.x, box.y, box.width, box.height);
}
