import { CONTROL, type Fields, type LeftOut, type Rect } from "../model.ts";
import { KIND, kindWord, leftOutWord, reasonWord } from "../words.ts";
import { paintBitmap } from "./bitmap.ts";
import { paintControl } from "./controls.ts";
import { paintKeyboard } from "./keyboard.ts";
import { paintPicture, paintSymbol } from "./picture.ts";
import { paintPlaceholder } from "./placeholder.ts";
import { paintBars, paintBox, paintLines } from "./text.ts";

/** What is known of the picture of a node: its pixels, or why nobody has them. */
export type ShownPicture =
  | { readonly kind: "there"; readonly bitmap: ImageBitmap }
  | { readonly kind: "left-out"; readonly why: LeftOut };

/** What the content of a node depends on beside the node. */
export interface Setting {
  /** `null` where nothing is known of its picture, or not yet. */
  readonly picture: ShownPicture | null;
  /** Pixels of the phone in a point. */
  readonly scale: number;
  readonly rect: Rect;
  readonly isDark: boolean;
  readonly isRightToLeft: boolean;
  readonly hasChildren: boolean;
}

/** From this width on a placeholder has room for more than one word, in points. */
const LONG_WORD_PT = 112;

/** Kinds whose content does not come from the view tree. */
const OPAQUE_KINDS = new Set<number>([
  KIND.webView,
  KIND.map,
  KIND.video,
  KIND.camera,
  KIND.canvas,
  KIND.pdf,
  KIND.remoteView,
]);

/** Draws what a node shows: a placeholder, its picture, its look as a control, its text. */
export function paintContent(
  ctx: CanvasRenderingContext2D,
  fields: Readonly<Fields>,
  at: Setting,
): void {
  if (isReplaced(fields, at.hasChildren)) paintReplaced(ctx, fields, at);
  else paintOwn(ctx, fields, at);
}

function paintOwn(ctx: CanvasRenderingContext2D, fields: Readonly<Fields>, at: Setting): void {
  if (fields.kind === KIND.keyboard) paintKeyboard(ctx, at.rect, at.isDark);
  if (isPicture(fields)) paintImage(ctx, fields, at);
  const { control, kind } = fields;
  paintControl(ctx, kind, { ...at, control, isMasked: fields.mask.action !== "keep" });
  paintText(ctx, fields, at);
}

/** Whether a placeholder stands for the node. */
export function isReplaced({ kind, mask, text }: Readonly<Fields>, hasChildren: boolean): boolean {
  if (mask.action === "replace" || kind === KIND.placeholder) return true;
  if (mask.action === "mask" && isImageKind(kind) && text.role === "none") return true;
  return OPAQUE_KINDS.has(kind) && !hasChildren;
}

function isImageKind(kind: number): boolean {
  return kind === KIND.image || kind === KIND.symbol;
}

function isPicture({ kind, image }: Readonly<Fields>): boolean {
  return image.handle !== 0 || isImageKind(kind);
}

function paintReplaced(ctx: CanvasRenderingContext2D, fields: Readonly<Fields>, at: Setting): void {
  const { kind, mask, shape } = fields;
  const isLocked = mask.action !== "keep";
  const word = OPAQUE_KINDS.has(kind) ? kindWord(kind) : reasonWord(mask.reason);
  const sign = { word: word.charAt(0).toUpperCase() + word.slice(1), isLocked };
  paintPlaceholder(ctx, at.rect, shape, sign, at.isDark);
}

/** A node that only has a picture in front of other content gets it only where it shows any. */
function paintImage(ctx: CanvasRenderingContext2D, fields: Readonly<Fields>, at: Setting): void {
  const { kind, image, shape } = fields;
  const { picture, rect } = at;
  const isSymbol = kind === KIND.symbol || (image.tint & 0xff) !== 0;
  if (picture?.kind === "there") paintBitmap(ctx, rect, shape, image, picture.bitmap, at.scale);
  else if (isSymbol) paintSymbol(ctx, rect, image.tint, at.isDark);
  else if (picture) paintLeftOut(ctx, fields, at, picture.why);
  else if (!at.hasChildren || image.handle !== 0) paintPicture(ctx, rect, shape, image, at.isDark);
}

function paintLeftOut(
  ctx: CanvasRenderingContext2D,
  { shape }: Readonly<Fields>,
  { rect, isDark }: Setting,
  why: LeftOut,
): void {
  const word = leftOutWord(why, rect.width >= LONG_WORD_PT);
  paintPlaceholder(ctx, rect, shape, { word, isLocked: false }, isDark);
}

function paintText(ctx: CanvasRenderingContext2D, fields: Readonly<Fields>, at: Setting): void {
  const { text, mask, lines, kind } = fields;
  if (mask.action === "mask" && kind === KIND.textInput) paintBox(ctx, at.rect, at.isDark);
  if (text.role === "none") return;
  if (mask.action === "mask") paintBars(ctx, textFrame(at.rect, kind), text, at.isRightToLeft);
  else paintLines(ctx, text, lines);
  if (kind === KIND.textInput && fields.control.flags & CONTROL.focused && mask.action === "keep") {
    paintCaret(ctx, fields, at.rect);
  }
}

/** Text fields keep some room on all sides of their text: a low one has a single line. */
function textFrame(rect: Rect, kind: number): Rect {
  if (kind !== KIND.textInput && kind !== KIND.searchBar) return rect;
  const [x, y] = [Math.min(12, rect.width * 0.05), Math.min(12, rect.height * 0.25)];
  return {
    x: rect.x + x,
    y: rect.y + y,
    width: rect.width - 2 * x,
    height: rect.height - 2 * y,
  };
}

/** The caret of a field that has the keyboard's attention, behind its last line. */
function paintCaret(
  ctx: CanvasRenderingContext2D,
  { text, lines }: Readonly<Fields>,
  rect: Rect,
): void {
  const last = lines.at(-1);
  if (!last || text.role !== "input") return;
  ctx.fillStyle = "#0a7aff";
  const x = Math.min(last.x + last.width + 1, rect.x + rect.width - 2);
  ctx.fillRect(x, last.y - text.size, 2, text.size * 1.22);
}
