import { CONTROL, type Control, type Rect } from "../model.ts";
import { KIND } from "../words.ts";
import { roundPath } from "./shape.ts";

/** Everything that the look of a control depends on. */
export interface ControlLook {
  readonly rect: Rect;
  readonly control: Control;
  /** A masked control is neutral: it shows that it is there, never what was chosen. */
  readonly isMasked: boolean;
  readonly isDark: boolean;
  /** Whether nodes below it draw its inside. */
  readonly hasChildren: boolean;
}

type ControlPainter = (ctx: CanvasRenderingContext2D, look: ControlLook) => void;

const GREEN = "#34c759";
const BLUE = "#0a7aff";
const KNOB = "#ffffff";

const PAINTERS = new Map<number, ControlPainter>([
  [KIND.switch, paintSwitch],
  [KIND.slider, paintSlider],
  [KIND.stepper, paintStepper],
  [KIND.segmented, paintSegmented],
  [KIND.pageControl, paintPages],
  [KIND.progress, paintProgress],
  [KIND.activity, paintActivity],
  [KIND.searchBar, paintSearchBar],
  [KIND.picker, paintPicker],
  [KIND.datePicker, paintPicker],
]);

/** Draws a control of that kind; nothing for other kinds. */
export function paintControl(ctx: CanvasRenderingContext2D, kind: number, look: ControlLook): void {
  const paint = PAINTERS.get(kind);
  if (!paint) return;
  const alpha = ctx.globalAlpha;
  if (look.control.flags & CONTROL.disabled) ctx.globalAlpha = alpha * 0.45;
  paint(ctx, look);
  ctx.globalAlpha = alpha;
}

function trackColor({ isDark }: ControlLook): string {
  return isDark ? "rgba(120,124,132,0.45)" : "rgba(120,124,132,0.24)";
}

function maskedColor({ isDark }: ControlLook): string {
  return isDark ? "#5d626b" : "#b6bcc5";
}

/** A rectangle of these proportions in the middle of another one, no larger than `width` × `height`. */
function centered(rect: Rect, width: number, height: number): Rect {
  const scale = Math.min(1, rect.width / width, rect.height / height);
  const [w, h] = [width * scale, height * scale];
  return {
    x: rect.x + (rect.width - w) / 2,
    y: rect.y + (rect.height - h) / 2,
    width: w,
    height: h,
  };
}

function fillRound(ctx: CanvasRenderingContext2D, rect: Rect, radius: number, color: string): void {
  ctx.fillStyle = color;
  roundPath(ctx, rect, radius);
  ctx.fill();
}

function fillCircle(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  color: string,
): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.arc(x, y, Math.max(0, radius), 0, 2 * Math.PI);
  ctx.fill();
}

/** A knob with a thin rim, so that it is seen on white. */
function paintKnob(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  fillCircle(ctx, x, y, radius + 0.5, "rgba(0,0,0,0.14)");
  fillCircle(ctx, x, y, radius, KNOB);
}

function paintSwitch(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  const track = centered(look.rect, 51, 31);
  const isOn = (look.control.flags & CONTROL.on) !== 0;
  const color = look.isMasked ? maskedColor(look) : isOn ? GREEN : trackColor(look);
  fillRound(ctx, track, track.height / 2, color);
  const radius = track.height / 2 - 2;
  const travel = track.width - track.height;
  const share = look.isMasked ? 0.5 : isOn ? 1 : 0;
  paintKnob(ctx, track.x + track.height / 2 + travel * share, track.y + track.height / 2, radius);
}

function paintSlider(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  const { rect, control, isMasked } = look;
  const y = rect.y + rect.height / 2;
  const radius = Math.min(13.5, rect.height / 2);
  const travel = Math.max(0, rect.width - 2 * radius);
  const x = rect.x + radius + travel * (isMasked ? 0.5 : clamped(control.value));
  fillRound(ctx, { x: rect.x, y: y - 2, width: rect.width, height: 4 }, 2, trackColor(look));
  if (!isMasked) fillRound(ctx, { x: rect.x, y: y - 2, width: x - rect.x, height: 4 }, 2, BLUE);
  paintKnob(ctx, x, y, radius);
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function paintStepper(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  const track = centered(look.rect, 94, 32);
  fillRound(ctx, track, 8, trackColor(look));
  if (look.hasChildren) return;
  const [y, arm] = [track.y + track.height / 2, track.height * 0.22];
  ctx.fillStyle = look.isDark ? "#f2f3f5" : "#1c1e21";
  ctx.fillRect(track.x + track.width * 0.25 - arm, y - 0.75, 2 * arm, 1.5);
  ctx.fillRect(track.x + track.width * 0.75 - arm, y - 0.75, 2 * arm, 1.5);
  ctx.fillRect(track.x + track.width * 0.75 - 0.75, y - arm, 1.5, 2 * arm);
  ctx.fillRect(track.x + track.width / 2 - 0.5, y - arm, 1, 2 * arm);
}

function paintSegmented(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  const { rect, control, isMasked } = look;
  fillRound(ctx, rect, 8, trackColor(look));
  if (isMasked || control.count === 0 || control.index >= control.count) return;
  const width = rect.width / control.count;
  const thumb = {
    x: rect.x + control.index * width + 2,
    y: rect.y + 2,
    width: width - 4,
    height: rect.height - 4,
  };
  fillRound(ctx, { ...thumb, y: thumb.y + 0.5 }, 6.5, "rgba(0,0,0,0.12)");
  fillRound(ctx, thumb, 6.5, look.isDark ? "#686c74" : KNOB);
}

/** Most dots of a page control that are drawn. */
const MAX_DOTS = 40;

function paintPages(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  const { rect, control, isMasked, isDark } = look;
  const count = Math.min(control.count, MAX_DOTS);
  const ink = isDark ? "255,255,255" : "0,0,0";
  const [y, left] = [rect.y + rect.height / 2, rect.x + rect.width / 2 - ((count - 1) * 16) / 2];
  for (let i = 0; i < count; i++) {
    const isCurrent = !isMasked && i === control.index;
    fillCircle(ctx, left + i * 16, y, 3.5, `rgba(${ink},${isCurrent ? 0.8 : 0.25})`);
  }
}

function paintProgress(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  const { rect, control, isMasked } = look;
  const bar = { ...rect, y: rect.y + rect.height / 2 - 2, height: 4 };
  fillRound(ctx, bar, 2, trackColor(look));
  if (!isMasked) fillRound(ctx, { ...bar, width: bar.width * clamped(control.value) }, 2, BLUE);
}

const SPOKES = 8;

function paintActivity(ctx: CanvasRenderingContext2D, { rect, isDark }: ControlLook): void {
  const radius = Math.min(rect.width, rect.height, 37) / 2;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  const ink = isDark ? "255,255,255" : "60,60,67";
  ctx.lineWidth = radius * 0.24;
  ctx.lineCap = "round";
  for (let spoke = 0; spoke < SPOKES; spoke++) {
    const angle = (spoke / SPOKES) * 2 * Math.PI;
    ctx.strokeStyle = `rgba(${ink},${0.2 + (0.55 * spoke) / SPOKES})`;
    ctx.beginPath();
    ctx.moveTo(x + Math.sin(angle) * radius * 0.5, y - Math.cos(angle) * radius * 0.5);
    ctx.lineTo(x + Math.sin(angle) * radius * 0.88, y - Math.cos(angle) * radius * 0.88);
    ctx.stroke();
  }
  ctx.lineCap = "butt";
}

function paintSearchBar(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  if (look.hasChildren) return;
  const { rect } = look;
  const field = centered(rect, Math.max(0, rect.width - 16), Math.min(36, rect.height));
  fillRound(ctx, field, 10, trackColor(look));
  const [x, y, radius] = [field.x + 17, field.y + field.height / 2 - 1, 5];
  ctx.strokeStyle = maskedColor(look);
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.moveTo(x + radius * 0.7, y + radius * 0.7);
  ctx.lineTo(x + radius * 1.7, y + radius * 1.7);
  ctx.stroke();
}

/** Wheels are drawn without their values: three bars, the middle one chosen. */
function paintPicker(ctx: CanvasRenderingContext2D, look: ControlLook): void {
  if (look.hasChildren) return;
  const { rect } = look;
  const row = Math.min(32, rect.height / 3);
  const middle = rect.y + rect.height / 2;
  fillRound(ctx, { ...rect, y: middle - row / 2, height: row }, 8, trackColor(look));
  for (const step of [-1, 0, 1]) {
    const width = rect.width * (step === 0 ? 0.5 : 0.38);
    const bar = {
      x: rect.x + (rect.width - width) / 2,
      y: middle + step * row - row * 0.14,
      width,
      height: row * 0.28,
    };
    fillRound(ctx, bar, row * 0.14, maskedColor(look));
  }
}
