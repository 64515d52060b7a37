import type { Keyboard, Meta, State, Touch, Viewport } from "../model.ts";
import { readPoint } from "./fields.ts";
import { MAX_OPEN_TOUCHES, MAX_VIEWPORTS } from "./limits.ts";
import type { Reader } from "./reader.ts";
import type { StringTable } from "./strings.ts";

const LEVELS = ["light", "medium", "conservative"] as const;
const LIFECYCLES = ["active", "inactive", "background", "terminating"] as const;
const PHASES = ["down", "move", "up", "cancel"] as const;
const ORIENTATIONS = ["portrait", "upside-down", "landscape-left", "landscape-right"] as const;

/** A byte that names one of `names`. */
export function readName<T extends string>(from: Reader, what: string, names: readonly T[]): T {
  const start = from.offset;
  const name = names[from.code(what, names.length)];
  if (name === undefined) throw from.expected(what, start);
  return name;
}

/** `count` things, each read by `read`. */
export function readList<T>(count: number, read: () => T): T[] {
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read());
  return list;
}

/** Reads the body of a state record. */
export function readState(from: Reader, strings: StringTable): State {
  const maskLevel = readName(from, "a mask level", LEVELS);
  const viewports = readList(from.count("viewports", MAX_VIEWPORTS), () =>
    readViewport(from, strings),
  );
  const screen = strings.read(from, "a screen name");
  const lifecycle = readLifecycle(from);
  const keyboard = readKeyboard(from);
  const openTouches = readList(from.count("open touches", MAX_OPEN_TOUCHES), () => readTouch(from));
  const meta = readMeta(from, strings);
  return { maskLevel, viewports, screen, lifecycle, keyboard, openTouches, meta };
}

function readMeta(from: Reader, strings: StringTable): Meta {
  const text = () => strings.read(from, "replay metadata");
  return {
    userId: text(),
    appName: text(),
    appVersion: text(),
    osName: text(),
    osVersion: text(),
    deviceModel: text(),
    locale: text(),
    sdk: text(),
  };
}

export function readLifecycle(from: Reader): State["lifecycle"] {
  return readName(from, "a life-cycle state", LIFECYCLES);
}

export function readViewport(from: Reader, strings: StringTable): Viewport {
  const inset = () => from.len("a safe area");
  return {
    scene: from.uv32("a scene"),
    width: from.len("a screen size"),
    height: from.len("a screen size"),
    scale: from.f32("a screen scale"),
    safeArea: [inset(), inset(), inset(), inset()],
    orientation: readName(from, "an orientation", ORIENTATIONS),
    isDark: from.flag("an interface style"),
    textSize: strings.read(from, "a text size"),
    isRightToLeft: from.flag("a layout direction"),
  };
}

export function readKeyboard(from: Reader): Keyboard {
  const isVisible = from.flag("a keyboard flag");
  const length = () => from.len("a keyboard frame");
  return { isVisible, frame: { x: length(), y: length(), width: length(), height: length() } };
}

export function readTouch(from: Reader): Touch {
  const pointer = from.uv32("a pointer");
  const phase = readName(from, "a touch phase", PHASES);
  return {
    pointer,
    phase,
    ...readPoint(from, "a touch point"),
    isMasked: from.flag("a masked flag"),
  };
}
