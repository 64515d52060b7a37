import type { Image, Rect, Shape } from "../model.ts";
import { css, isClear, lightness } from "./color.ts";
import { pathOf } from "./shape.ts";

/** Smallest side, in points, that a picture's sign fits in. */
const SIGN_ROOM = 20;

/** A picture whose bytes are not there: its average colour and a sign. */
export function paintPicture(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  shape: Shape,
  image: Image,
  isDark: boolean,
): void {
  const ground = isClear(image.average) ? (isDark ? 0x3a3d42ff : 0xd9dce1ff) : image.average;
  pathOf(ctx, rect, shape);
  ctx.fillStyle = css(ground);
  ctx.fill();
  const side = Math.min(rect.width, rect.height);
  if (side >= SIGN_ROOM) paintLandscape(ctx, rect, Math.min(side * 0.5, 64), ground);
}

/** A mountain and a sun, `side` points wide, in the middle. */
function paintLandscape(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  side: number,
  ground: number,
): void {
  const left = rect.x + (rect.width - side) / 2;
  const top = rect.y + (rect.height - side * 0.75) / 2;
  const at = (x: number, y: number) => [left + x * side, top + y * side] as const;
  ctx.fillStyle = lightness(ground) > 0.6 ? "rgba(0,0,0,0.22)" : "rgba(255,255,255,0.45)";
  ctx.beginPath();
  ctx.moveTo(...at(0, 0.75));
  ctx.lineTo(...at(0.36, 0.22));
  ctx.lineTo(...at(0.58, 0.54));
  ctx.lineTo(...at(0.7, 0.4));
  ctx.lineTo(...at(1, 0.75));
  ctx.closePath();
  ctx.fill();
  ctx.beginPath();
  ctx.arc(...at(0.78, 0.12), side * 0.1, 0, 2 * Math.PI);
  ctx.fill();
}

/** A template symbol, known only by its tint: a ring with a dot. */
export function paintSymbol(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  tint: number,
  isDark: boolean,
): void {
  const color = isClear(tint) ? (isDark ? 0xa3acb8ff : 0x7a838fff) : tint;
  const radius = Math.min(rect.width, rect.height) * 0.34;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  ctx.strokeStyle = css(color, 0.75);
  ctx.fillStyle = css(color, 0.75);
  ctx.lineWidth = Math.max(1, radius * 0.22);
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, radius * 0.3, 0, 2 * Math.PI);
  ctx.fill();
}
