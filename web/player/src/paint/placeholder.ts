import type { Rect, Shape } from "../model.ts";
import { fontOf } from "./fonts.ts";
import { pathOf, roundPath } from "./shape.ts";

/** Colours of everything that stands for something that was not recorded. */
interface Palette {
  readonly ground: string;
  readonly stripe: string;
  readonly ink: string;
}

const LIGHT: Palette = { ground: "#eceef1", stripe: "#dde0e5", ink: "#5b6470" };
const DARK: Palette = { ground: "#24272c", stripe: "#2f333a", ink: "#a3acb8" };

/** Smallest sides, in points, that a lock and a word below it fit in. */
const LOCK_ROOM = 22;
const WORD_ROOM = { width: 70, height: 54 };
const WORD_SIZE = 11;
/** Distance of the stripes, in points. */
const STRIPE = 8;

const tiles = new Map<string, HTMLCanvasElement>();

/** What stands in a placeholder, beside its hatching. */
export interface Sign {
  /** Drawn where it fits. */
  readonly word: string;
  /** Whether something is hidden there, or only was not captured. */
  readonly isLocked: boolean;
}

/** Draws a hatched placeholder. */
export function paintPlaceholder(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  shape: Shape,
  sign: Sign,
  isDark: boolean,
): void {
  const palette = isDark ? DARK : LIGHT;
  pathOf(ctx, rect, shape);
  ctx.fillStyle = palette.ground;
  ctx.fill();
  ctx.fillStyle = hatching(ctx, palette) ?? palette.ground;
  ctx.fill();
  paintSign(ctx, rect, sign, palette);
}

function hatching(ctx: CanvasRenderingContext2D, palette: Palette): CanvasPattern | null {
  const pattern = ctx.createPattern(tileOf(palette), "repeat");
  pattern?.setTransform(new DOMMatrix([1 / TILE_SCALE, 0, 0, 1 / TILE_SCALE, 0, 0]));
  return pattern;
}

/** Pixels per point of the hatching's tile. */
const TILE_SCALE = 2;

function tileOf(palette: Palette): HTMLCanvasElement {
  const known = tiles.get(palette.stripe);
  if (known) return known;
  const tile = document.createElement("canvas");
  const side = STRIPE * TILE_SCALE;
  tile.width = side;
  tile.height = side;
  const ctx = tile.getContext("2d");
  if (ctx) paintStripes(ctx, side, palette.stripe);
  tiles.set(palette.stripe, tile);
  return tile;
}

/** Three parallel strokes, so that the tile's edges meet. */
function paintStripes(ctx: CanvasRenderingContext2D, side: number, color: string): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = side / 4;
  ctx.beginPath();
  for (const shift of [-side, 0, side]) {
    ctx.moveTo(shift - side, 2 * side);
    ctx.lineTo(shift + 2 * side, -side);
  }
  ctx.stroke();
}

function paintSign(ctx: CanvasRenderingContext2D, rect: Rect, sign: Sign, palette: Palette): void {
  const hasWord = rect.width >= WORD_ROOM.width && rect.height >= WORD_ROOM.height;
  const hasLock = sign.isLocked && Math.min(rect.width, rect.height) >= LOCK_ROOM;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  ctx.fillStyle = palette.ink;
  ctx.strokeStyle = palette.ink;
  if (hasLock) paintLock(ctx, x, hasWord ? y - 9 : y);
  if (hasWord) paintWord(ctx, sign.word, x, hasLock ? y + 12 : y, rect.width - 12);
}

/** A closed lock, 10 × 13 points, around its middle. */
export function paintLock(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  roundPath(ctx, { x: x - 5, y: y - 1.5, width: 10, height: 8 }, 1.8);
  ctx.fill();
  ctx.beginPath();
  ctx.lineWidth = 1.6;
  ctx.moveTo(x - 3, y - 1);
  ctx.lineTo(x - 3, y - 3.5);
  ctx.arc(x, y - 3.5, 3, Math.PI, 0);
  ctx.lineTo(x + 3, y - 1);
  ctx.stroke();
}

function paintWord(
  ctx: CanvasRenderingContext2D,
  word: string,
  x: number,
  y: number,
  room: number,
): void {
  ctx.font = fontOf(WORD_SIZE, 500);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(word, x, y, room);
}
