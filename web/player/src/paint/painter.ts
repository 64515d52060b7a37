import type { Affine, Fields, Rect } from "../model.ts";
import type { PictureShelf } from "../pictures/shelf.ts";
import type { Moment } from "../timeline/replay.ts";
import type { TreeNode } from "../tree/node.ts";
import { KIND } from "../words.ts";
import { after, boundsOf, boxOf, intersect, isEmpty, scaling, toParent } from "./affine.ts";
import { css, isClear } from "./color.ts";
import { isReplaced, paintContent, type ShownPicture } from "./content.ts";
import { paintKeyboard } from "./keyboard.ts";
import { paintMaterial } from "./material.ts";
import { outline, pathOf } from "./shape.ts";
import { drawingOrder, MAX_DRAWN_LEVELS, mainViewport, visibleWindows } from "./walk.ts";

/** Most see-through groups drawn on a layer of their own per frame; others are drawn node by node. */
const MAX_LAYERS = 24;
/** Most layers within each other. */
const MAX_LAYER_DEPTH = 3;
/** Most shadows and materials per frame: they cost the most pixels. */
const MAX_SHADOWS = 200;
const MAX_MATERIALS = 8;
/** Widest blur of a shadow, in points. */
const MAX_SHADOW_RADIUS = 60;

/** Layers are kept from frame to frame, one per depth. */
const layers: HTMLCanvasElement[] = [];

/** Draws the screen of a moment, with the pictures that are there, so that it fills the canvas. */
export function paintMoment(
  canvas: HTMLCanvasElement,
  moment: Moment,
  pictures: PictureShelf,
): void {
  const ctx = canvas.getContext("2d");
  const viewport = mainViewport(moment);
  if (!ctx || !viewport || viewport.width <= 0) return;
  new FramePainter(ctx, moment, pictures, canvas.width / viewport.width).paint();
}

class FramePainter {
  private ctx: CanvasRenderingContext2D;
  private readonly moment: Moment;
  private readonly pictures: PictureShelf;
  private readonly scale: number;
  private readonly phoneScale: number;
  private readonly isDark: boolean;
  private readonly isRightToLeft: boolean;
  private readonly left = { layers: MAX_LAYERS, shadows: MAX_SHADOWS, materials: MAX_MATERIALS };
  private layerDepth = 0;
  private level = 0;
  private hasKeyboard = false;

  constructor(
    ctx: CanvasRenderingContext2D,
    moment: Moment,
    pictures: PictureShelf,
    scale: number,
  ) {
    const viewport = mainViewport(moment);
    this.ctx = ctx;
    this.moment = moment;
    this.pictures = pictures;
    this.scale = scale;
    this.phoneScale = viewport && viewport.scale > 0 ? viewport.scale : 1;
    this.isDark = viewport?.isDark ?? false;
    this.isRightToLeft = viewport?.isRightToLeft ?? false;
  }

  paint(): void {
    const { width, height } = this.ctx.canvas;
    this.ctx.save();
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.ctx.globalAlpha = 1;
    this.ctx.fillStyle = this.isDark ? "#000000" : "#ffffff";
    this.ctx.fillRect(0, 0, width, height);
    const screen = { x: 0, y: 0, width, height };
    for (const { root } of visibleWindows(this.moment)) {
      const node = this.moment.tree.get(root);
      if (node) this.node(node, scaling(this.scale), 1, screen);
    }
    this.keyboard();
    this.ctx.restore();
  }

  /** The keyboard stands in a process of its own: often only its frame is known. */
  private keyboard(): void {
    const { isVisible, frame } = this.moment.around.keyboard;
    if (!isVisible || this.hasKeyboard) return;
    this.ctx.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this.ctx.globalAlpha = 1;
    paintKeyboard(this.ctx, frame, this.isDark);
  }

  /** Draws a node with its subtree; `clip` is what can be seen there, in pixels. */
  private node(node: TreeNode, parent: Affine, alpha: number, clip: Rect): void {
    const { fields } = node;
    if (fields.hidden || fields.alpha === 0 || this.level >= MAX_DRAWN_LEVELS) return;
    const transform = after(parent, toParent(fields));
    const box = boxOf(transform, boundsOf(fields));
    const seen = intersect(box, clip);
    if (fields.shape.clips && isEmpty(seen)) return;
    const own = fields.alpha / 255;
    if (own < 1 && node.first && this.canLayer()) this.layered(node, transform, alpha * own, clip);
    else this.inside(node, transform, alpha * own, clip);
  }

  private canLayer(): boolean {
    return this.left.layers > 0 && this.layerDepth < MAX_LAYER_DEPTH;
  }

  /** Draws a see-through group as a whole, so that what overlaps in it does not shine through. */
  private layered(node: TreeNode, transform: Affine, alpha: number, clip: Rect): void {
    const target = this.ctx;
    const layer = this.borrowLayer();
    if (!layer) {
      this.inside(node, transform, alpha, clip);
      return;
    }
    this.left.layers--;
    this.layerDepth++;
    this.ctx = layer;
    this.inside(node, transform, 1, clip);
    this.ctx = target;
    this.layerDepth--;
    target.setTransform(1, 0, 0, 1, 0, 0);
    target.globalAlpha = alpha;
    target.drawImage(layer.canvas, 0, 0);
  }

  private borrowLayer(): CanvasRenderingContext2D | null {
    const { width, height } = this.ctx.canvas;
    const canvas = layers[this.layerDepth] ?? document.createElement("canvas");
    layers[this.layerDepth] = canvas;
    canvas.width = width; // Also clears it.
    canvas.height = height;
    return canvas.getContext("2d");
  }

  private inside(node: TreeNode, transform: Affine, alpha: number, clip: Rect): void {
    const { fields } = node;
    const rect = boundsOf(fields);
    const box = boxOf(transform, rect);
    const isSeen = !isEmpty(intersect(grown(box, fields, this.scale), clip));
    const hasChildren = node.first !== null;
    this.use(transform, alpha);
    if (isSeen) this.self(fields, rect, box, hasChildren);
    if (hasChildren && !isReplaced(fields, true)) this.children(node, transform, alpha, clip, box);
    if (!isSeen || fields.border.width <= 0) return;
    this.use(transform, alpha);
    this.border(fields, rect);
  }

  private use({ a, b, c, d, tx, ty }: Affine, alpha: number): void {
    this.ctx.setTransform(a, b, c, d, tx, ty);
    this.ctx.globalAlpha = alpha;
  }

  private self(fields: Readonly<Fields>, rect: Rect, box: Rect, hasChildren: boolean): void {
    if (fields.kind === KIND.keyboard) this.hasKeyboard = true;
    this.material(fields, rect, box);
    this.background(fields, rect);
    const { isDark, isRightToLeft, phoneScale: scale } = this;
    const picture = this.pictureOf(fields);
    paintContent(this.ctx, fields, { rect, isDark, isRightToLeft, hasChildren, picture, scale });
  }

  /** What is masked has no picture, whatever the replay says. */
  private pictureOf({ image, mask }: Readonly<Fields>): ShownPicture | null {
    const bound = mask.action === "keep" ? this.moment.images.get(image.handle) : undefined;
    if (bound?.kind !== "known") return bound ?? null;
    const bitmap = this.pictures.picture(bound.id);
    return bitmap && { kind: "there", bitmap };
  }

  private material({ blur, kind, shape }: Readonly<Fields>, rect: Rect, box: Rect): void {
    if ((blur === 0 && kind !== KIND.blur) || this.left.materials === 0) return;
    this.left.materials--;
    paintMaterial(this.ctx, rect, shape, box, blur, this.isDark);
  }

  private background(fields: Readonly<Fields>, rect: Rect): void {
    const { background, gradient, shape } = fields;
    const hasGradient = gradient.end !== 0;
    if (isClear(background) && !hasGradient) return;
    this.ctx.save();
    this.shadow(fields);
    this.ctx.fillStyle = hasGradient ? this.gradient(fields, rect) : css(background);
    pathOf(this.ctx, rect, shape);
    this.ctx.fill();
    this.ctx.restore();
  }

  /** A shadow belongs to what is filled next; a view that clips has none. */
  private shadow({ shadow, shape }: Readonly<Fields>): void {
    if (isClear(shadow.color) || shape.clips || this.left.shadows === 0) return;
    this.left.shadows--;
    // Shadows ignore the transform: their lengths are in pixels.
    this.ctx.shadowColor = css(shadow.color);
    this.ctx.shadowBlur = 2 * Math.min(shadow.radius, MAX_SHADOW_RADIUS) * this.scale;
    this.ctx.shadowOffsetX = shadow.offset.x * this.scale;
    this.ctx.shadowOffsetY = shadow.offset.y * this.scale;
  }

  private gradient({ background, gradient }: Readonly<Fields>, rect: Rect): CanvasGradient {
    const x = (fraction: number) => rect.x + fraction * rect.width;
    const y = (fraction: number) => rect.y + fraction * rect.height;
    const { from, to } = gradient;
    const fill = this.ctx.createLinearGradient(x(from.x), y(from.y), x(to.x), y(to.y));
    fill.addColorStop(0, css(background));
    fill.addColorStop(1, css(gradient.end));
    return fill;
  }

  private children(node: TreeNode, transform: Affine, alpha: number, clip: Rect, box: Rect): void {
    const { shape } = node.fields;
    if (shape.clips) {
      this.ctx.save();
      this.use(transform, alpha);
      pathOf(this.ctx, boundsOf(node.fields), shape);
      this.ctx.clip();
    }
    const seen = shape.clips ? intersect(clip, box) : clip;
    this.level++;
    for (const child of drawingOrder(node)) this.node(child, transform, alpha, seen);
    this.level--;
    if (shape.clips) this.ctx.restore();
  }

  /** Inside the edge, over the children, as on the phone. */
  private border({ border, shape }: Readonly<Fields>, rect: Rect): void {
    const { width } = border;
    const inner = {
      x: rect.x + width,
      y: rect.y + width,
      width: Math.max(0, rect.width - 2 * width),
      height: Math.max(0, rect.height - 2 * width),
    };
    const [a, b, c, d] = shape.radii.map((radius) => Math.max(0, radius - width));
    pathOf(this.ctx, rect, shape);
    outline(this.ctx, inner, { ...shape, radii: [a ?? 0, b ?? 0, c ?? 0, d ?? 0] });
    this.ctx.fillStyle = css(border.color);
    this.ctx.fill("evenodd");
  }
}

/** The box with its shadow, and with text that may stand out a little. */
function grown(box: Rect, { shadow }: Readonly<Fields>, scale: number): Rect {
  const reach =
    2 * Math.min(shadow.radius, MAX_SHADOW_RADIUS) +
    Math.max(Math.abs(shadow.offset.x), Math.abs(shadow.offset.y));
  const by = (reach + 8) * scale;
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}
