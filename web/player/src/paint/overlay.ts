import type { Rect } from "../model.ts";
import { type Finger, TRAIL_MS } from "../timeline/fingers.ts";

/** Radius of a finger, in points of the replayed screen. */
const RADIUS = 17;
const TRAIL_WIDTH = 9;

/** What is drawn over the screen. */
export interface OverlayContent {
  readonly fingers: readonly Finger[];
  /** Box of the element that is pointed at, in points. */
  readonly highlight: Rect | null;
  /** Replay time, for the age of trails. */
  readonly timeMs: number;
  /** No trails, no fading. */
  readonly isStill: boolean;
}

/** Draws fingers and the highlight on a canvas of `scale` pixels per point. */
export function paintOverlay(
  canvas: HTMLCanvasElement,
  scale: number,
  content: OverlayContent,
): void {
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  if (content.highlight) paintHighlight(ctx, content.highlight);
  for (const finger of content.fingers) paintFinger(ctx, finger, content);
}

function paintHighlight(ctx: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
  ctx.fillStyle = "rgba(13,148,136,0.18)";
  ctx.fillRect(x, y, width, height);
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = "#0d9488";
  ctx.strokeRect(x, y, width, height);
}

function paintFinger(ctx: CanvasRenderingContext2D, finger: Finger, content: OverlayContent): void {
  if (content.isStill && !finger.isDown) return;
  if (!content.isStill) paintTrail(ctx, finger, content.timeMs);
  ctx.globalAlpha = content.isStill ? 1 : finger.strength;
  const spread = finger.isDown ? 0 : (1 - finger.strength) * 8;
  ctx.beginPath();
  ctx.arc(finger.x, finger.y, RADIUS + spread, 0, 2 * Math.PI);
  if (finger.isMasked) ctx.setLineDash([5, 4]);
  else fillFinger(ctx);
  strokeFinger(ctx);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function fillFinger(ctx: CanvasRenderingContext2D): void {
  ctx.fillStyle = "rgba(13,148,136,0.28)";
  ctx.fill();
}

/** A dark and a light ring: one of them is seen on any ground. */
function strokeFinger(ctx: CanvasRenderingContext2D): void {
  ctx.lineWidth = 4.5;
  ctx.strokeStyle = "rgba(255,255,255,0.85)";
  ctx.stroke();
  ctx.lineWidth = 2.2;
  ctx.strokeStyle = "#0f766e";
  ctx.stroke();
}

function paintTrail(
  ctx: CanvasRenderingContext2D,
  { trail, isMasked }: Finger,
  timeMs: number,
): void {
  if (isMasked) return;
  ctx.lineCap = "round";
  ctx.lineWidth = TRAIL_WIDTH;
  for (const [i, sample] of trail.entries()) {
    const before = trail[i - 1];
    if (!before) continue;
    ctx.globalAlpha = 0.5 * Math.max(0, 1 - (timeMs - sample.timeMs) / TRAIL_MS);
    ctx.strokeStyle = "#0f766e";
    ctx.beginPath();
    ctx.moveTo(before.x, before.y);
    ctx.lineTo(sample.x, sample.y);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}
