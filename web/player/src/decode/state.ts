import type { Keyboard, Lifecycle, Meta, State, Viewport } from "../model.ts";
import { MAX_OPEN_TOUCHES, MAX_VIEWPORTS } from "./limits.ts";
import { readList } from "./list.ts";
import type { Reader } from "./reader.ts";
import type { StringTable } from "./strings.ts";
import { readTouch } from "./touches.ts";

const LEVELS = ["light", "medium", "conservative"] as const;
const LIFECYCLES = ["active", "inactive", "background", "terminating"] as const;
const ORIENTATIONS = ["portrait", "upside-down", "landscape-left", "landscape-right"] as const;

/** Reads the body of a state record. */
export function readState(from: Reader, strings: StringTable): State {
  const maskLevel = from.name("a mask level", LEVELS);
  const screens = from.count("viewports", MAX_VIEWPORTS);
  const viewports = readList(screens, () => readViewport(from, strings));
  const screen = strings.read(from, "a screen name");
  const lifecycle = readLifecycle(from);
  const keyboard = readKeyboard(from);
  const fingers = from.count("open touches", MAX_OPEN_TOUCHES);
  const openTouches = readList(fingers, () => readTouch(from));
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

/** Reads a life-cycle state. */
export function readLifecycle(from: Reader): Lifecycle {
  return from.name("a life-cycle state", LIFECYCLES);
}

/** Reads a screen. */
export function readViewport(from: Reader, strings: StringTable): Viewport {
  const inset = () => from.len("a safe area");
  return {
    scene: from.uv32("a scene"),
    width: from.len("a screen size"),
    height: from.len("a screen size"),
    scale: from.f32("a screen scale"),
    safeArea: [inset(), inset(), inset(), inset()],
    orientation: from.name("an orientation", ORIENTATIONS),
    isDark: from.flag("an interface style"),
    textSize: strings.read(from, "a text size"),
    isRightToLeft: from.flag("a layout direction"),
  };
}

/** Reads whether a keyboard is shown and where. */
export function readKeyboard(from: Reader): Keyboard {
  const isVisible = from.flag("a keyboard flag");
  const length = () => from.len("a keyboard frame");
  return { isVisible, frame: { x: length(), y: length(), width: length(), height: length() } };
}
