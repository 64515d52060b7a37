import type {
  Body,
  ImageBinding,
  Keyboard,
  State,
  Touch,
  Viewport,
} from "../../../player/src/model.ts";
import type { StringTable, Tables } from "./tables.ts";
import type { Writer } from "./writer.ts";

const ORIENTATIONS = ["portrait", "upside-down", "landscape-left", "landscape-right"];
const PHASES = ["down", "move", "up", "cancel"];
const LIFECYCLES = ["active", "inactive", "background", "terminating"];
const LEVELS = ["light", "medium", "conservative"];
const LOG_LEVELS = ["log", "warn", "error"];
const LEFT_OUT = ["too-large", "over-limit", "unreadable"];
const GAP_REASONS = ["disabled", "background", "discarded", "capture-failed", "blocked"];

function writeViewport(out: Writer, strings: StringTable, viewport: Viewport): void {
  out.uv(viewport.scene);
  out.len(viewport.width);
  out.len(viewport.height);
  out.f32(viewport.scale);
  for (const inset of viewport.safeArea) out.len(inset);
  out.u8(ORIENTATIONS.indexOf(viewport.orientation));
  out.flag(viewport.isDark);
  strings.write(out, viewport.textSize);
  out.flag(viewport.isRightToLeft);
}

function writeKeyboard(out: Writer, { isVisible, frame }: Keyboard): void {
  out.flag(isVisible);
  for (const length of [frame.x, frame.y, frame.width, frame.height]) out.len(length);
}

function codeOf({ phase, isMasked }: Touch): number {
  return PHASES.indexOf(phase) + (isMasked ? 4 : 0);
}

function writeState(out: Writer, strings: StringTable, state: State): void {
  out.u8(LEVELS.indexOf(state.maskLevel));
  out.uv(state.viewports.length);
  for (const viewport of state.viewports) writeViewport(out, strings, viewport);
  strings.write(out, state.screen);
  out.u8(LIFECYCLES.indexOf(state.lifecycle));
  writeKeyboard(out, state.keyboard);
  out.uv(state.openTouches.length);
  for (const touch of state.openTouches) {
    out.uv(touch.pointer);
    out.u8(codeOf(touch));
    out.len(touch.x);
    out.len(touch.y);
  }
  const { userId, appName, appVersion, osName, osVersion, deviceModel, locale, sdk } = state.meta;
  const meta = [userId, appName, appVersion, osName, osVersion, deviceModel, locale, sdk];
  for (const text of meta) strings.write(out, text);
}

function writeBinding(out: Writer, { handle, picture }: ImageBinding): void {
  out.uv(handle);
  out.u8(picture.kind === "known" ? 0 : 1 + LEFT_OUT.indexOf(picture.why));
  if (picture.kind === "left-out") return;
  out.u64(BigInt(`0x${picture.id}`));
  out.uv(picture.widthPx);
  out.uv(picture.heightPx);
}

/** A touch and the record time of it. */
export interface TimedTouch {
  readonly timeMs: number;
  readonly touch: Touch;
}

/** The body of a touches record. */
export function writeTouches(out: Writer, touches: readonly TimedTouch[]): void {
  const before = [{ timeMs: touches[0]?.timeMs ?? 0, touch: { x: 0, y: 0 } }, ...touches];
  out.uv(touches.length);
  for (const [i, { timeMs }] of touches.entries()) {
    if (i > 0) out.uv(timeMs - (before[i]?.timeMs ?? 0));
  }
  for (const { touch } of touches) out.u8(codeOf(touch));
  for (const { touch } of touches) out.uv(touch.pointer);
  for (const [i, { touch }] of touches.entries()) out.len(touch.x - (before[i]?.touch.x ?? 0));
  for (const [i, { touch }] of touches.entries()) out.len(touch.y - (before[i]?.touch.y ?? 0));
}

/** Records that need nothing but the tables. */
export type PlainBody = Exclude<Body, { kind: "keyframe" | "diff" | "touch" }>;

/** Writes a body and returns the number of its kind. */
export function writePlain(out: Writer, { strings }: Tables, body: PlainBody): number {
  switch (body.kind) {
    case "state":
      writeState(out, strings, body.state);
      return 1;
    case "viewport":
      writeViewport(out, strings, body.viewport);
      return 4;
    case "keyboard":
      writeKeyboard(out, body.keyboard);
      return 5;
    case "image":
      writeBinding(out, body.binding);
      return 6;
    case "lifecycle":
      out.u8(LIFECYCLES.indexOf(body.lifecycle));
      return 1;
    case "screen":
    case "event":
      strings.write(out, body.name);
      return body.kind === "screen" ? 2 : 3;
    case "log":
      out.u8(LOG_LEVELS.indexOf(body.level));
      out.text(body.message);
      return 4;
    case "gap":
      out.u8(GAP_REASONS.indexOf(body.reason));
      out.uv(body.durationMs);
      return 5;
    case "health": {
      const { captured, cut, masked, busyMs } = body.health;
      for (const count of [captured, cut, masked, busyMs]) out.uv(count);
      return 6;
    }
  }
}
