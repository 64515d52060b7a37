import type { Image, Rect, Shape } from "../model.ts";
import { css, isClear } from "./color.ts";
import { pathOf } from "./shape.ts";

/** How a picture lies in its frame, by the format's content modes. */
const FILL = 0;
const FIT = 1;
const CENTER = 3;

/** Longest side of a picture that is tinted, in pixels: they are symbols. */
const MAX_TINTED_PX = 1_024;

/** Where templates are tinted; kept from picture to picture. */
let scratch: HTMLCanvasElement | null = null;

/** Something with a size in pixels. */
interface Sized {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies; `scale` is the pixels of the phone in a point. */
export function placed(rect: Rect, size: Sized, mode: number, scale: number): Rect {
  if (mode === FILL) return rect;
  const ratios = [rect.width / size.width, rect.height / size.height] as const;
  const by = mode === CENTER ? 1 / scale : mode === FIT ? Math.min(...ratios) : Math.max(...ratios);
  const [width, height] = [size.width * by, size.height * by];
  const x = rect.x + (rect.width - width) / 2;
  return { x, y: rect.y + (rect.height - height) / 2, width, height };
}

/** Draws a picture within the outline of its node; a template in its tint. */
export function paintBitmap(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  shape: Shape,
  image: Image,
  picture: ImageBitmap,
  scale: number,
): void {
  const { x, y, width, height } = placed(rect, picture, image.contentMode, scale);
  ctx.save();
  pathOf(ctx, rect, shape);
  ctx.clip();
  ctx.imageSmoothingQuality = "medium";
  ctx.drawImage(isClear(image.tint) ? picture : tinted(picture, image.tint), x, y, width, height);
  ctx.restore();
}

/** The tint, where the picture is opaque. Good until the next one. */
function tinted(picture: ImageBitmap, tint: number): CanvasImageSource {
  scratch ??= document.createElement("canvas");
  const ctx = scratch.getContext("2d");
  if (!ctx) return picture;
  const by = Math.min(1, MAX_TINTED_PX / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.ceil(side * by));
  scratch.width = width ?? 1; // Also clears it.
  scratch.height = height ?? 1;
  ctx.drawImage(picture, 0, 0, scratch.width, scratch.height);
  ctx.globalCompositeOperation = "source-in";
  ctx.fillStyle = css(tint);
  ctx.fillRect(0, 0, scratch.width, scratch.height);
  return scratch;
}
