import type { Line, Rect, TextStyle } from "../model.ts";
import { css, isClear } from "./color.ts";
import { fontOf } from "./fonts.ts";
import { roundPath } from "./shape.ts";

/** Up to here a line is stretched or squeezed as a whole; beyond, its letters are spread first. */
const MAX_STRETCH = 0.06;
/** Widest and narrowest letter spacing, in font sizes. */
const MAX_SPREAD = 0.25;
const MIN_SPREAD = -0.08;
/** Line height, bar height and ink of masked text, in font sizes and as an alpha. */
const LINE_HEIGHT = 1.2;
const BAR_HEIGHT = 0.55;
const BAR_ALPHA = 0.3;
/** By how much the frame of a masked text is higher than the text, in the mean, in points. */
const WIDENED = 8;
/** Most bars of one masked text. */
const MAX_BARS = 60;
/** Corner radius of a masked field, in points. */
const BOX_RADIUS = 8;
/** Font size where a node has none. */
const DEFAULT_SIZE = 15;
const MAX_MEASURED = 4_000;

const measured = new Map<string, number>();

/** How a line that is `natural` points wide is drawn to be `wanted` points wide. */
export interface Fit {
  readonly stretch: number;
  /** Extra space behind every letter, in points. */
  readonly spread: number;
}

/** Fits a line of `letters` letters of font size `size`; what comes out is exactly `wanted` wide. */
export function fitLine(natural: number, wanted: number, letters: number, size: number): Fit {
  if (!(natural > 0) || !(wanted > 0) || letters === 0) return { stretch: 1, spread: 0 };
  const stretch = wanted / natural;
  if (Math.abs(stretch - 1) <= MAX_STRETCH) return { stretch, spread: 0 };
  const ideal = (wanted - natural) / letters;
  const spread = Math.min(Math.max(ideal, MIN_SPREAD * size), MAX_SPREAD * size);
  return { stretch: wanted / (natural + spread * letters), spread };
}

/** Draws the lines of a text at their baselines, each fitted into its recorded width. */
export function paintLines(
  ctx: CanvasRenderingContext2D,
  style: TextStyle,
  lines: readonly Line[],
): void {
  ctx.font = fontOf(style.size || DEFAULT_SIZE, style.weight, style.isItalic);
  ctx.fillStyle = css(style.color);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fontKerning = "none";
  ctx.textRendering = "geometricPrecision";
  for (const line of lines) paintLine(ctx, style, line);
}

function paintLine(ctx: CanvasRenderingContext2D, style: TextStyle, line: Line): void {
  const size = style.size || DEFAULT_SIZE;
  const { stretch, spread } = fitLine(
    measure(ctx, line.text),
    line.width,
    [...line.text].length,
    size,
  );
  ctx.save();
  ctx.translate(line.x, line.y);
  ctx.scale(stretch, 1);
  ctx.letterSpacing = `${spread}px`;
  ctx.fillText(line.text, 0, 0);
  ctx.restore();
  if (style.isUnderlined) stroke(ctx, line, size * 0.12, size);
  if (style.isStruck) stroke(ctx, line, size * -0.3, size);
}

function stroke(ctx: CanvasRenderingContext2D, line: Line, below: number, size: number): void {
  ctx.fillRect(line.x, line.y + below, line.width, Math.max(0.5, size * 0.06));
}

/** Width of a text in the current font, in points. */
function measure(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font}\n${text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  if (measured.size >= MAX_MEASURED) measured.clear();
  const { width } = ctx.measureText(text);
  measured.set(key, width);
  return width;
}

/** Where the bars of a masked text stand. Known are only its frame, font size and alignment. */
export function barsOf(frame: Rect, style: TextStyle, isRightToLeft: boolean): Rect[] {
  const size = style.size || DEFAULT_SIZE;
  const lineHeight = size * LINE_HEIGHT;
  const lines = Math.floor((frame.height + 1 - WIDENED) / lineHeight);
  const count = Math.min(MAX_BARS, Math.max(1, lines));
  const height = Math.min(size * BAR_HEIGHT, frame.height);
  const top = frame.y + (frame.height - count * lineHeight) / 2 + (lineHeight - height) / 2;
  return Array.from({ length: count }, (_, i) => {
    const width = barWidth(frame.width, size, i, count);
    const x = frame.x + startOf(style, isRightToLeft) * (frame.width - width);
    return { x, y: top + i * lineHeight, width, height };
  });
}

function barWidth(width: number, size: number, index: number, count: number): number {
  if (count === 1) return Math.min(width * 0.86, size * 14);
  return width * (index === count - 1 ? 0.55 : 0.94 - 0.04 * (index % 3));
}

/** Where in the free width a line begins: 0 left, 1 right. */
function startOf({ alignment }: TextStyle, isRightToLeft: boolean): number {
  if (alignment === "center") return 0.5;
  if (alignment === "right") return 1;
  return alignment === "natural" && isRightToLeft ? 1 : 0;
}

/** Draws a masked field: a box of its size, the same whatever is in it. */
export function paintBox(ctx: CanvasRenderingContext2D, frame: Rect, isDark: boolean): void {
  ctx.fillStyle = isDark ? "rgba(128,132,140,0.32)" : "rgba(128,132,140,0.18)";
  roundPath(ctx, frame, Math.min(BOX_RADIUS, frame.height / 2));
  ctx.fill();
}

/** Draws a masked text. */
export function paintBars(
  ctx: CanvasRenderingContext2D,
  frame: Rect,
  style: TextStyle,
  isRightToLeft: boolean,
): void {
  ctx.fillStyle = isClear(style.color) ? "rgba(128,132,140,0.4)" : css(style.color, BAR_ALPHA);
  for (const bar of barsOf(frame, style, isRightToLeft)) {
    roundPath(ctx, bar, bar.height / 2);
    ctx.fill();
  }
}
