import { type Player, SPEEDS } from "../../player/src/index.ts";

/** What a key does. The help sheet and the tests are made from the same list. */
export interface Shortcut {
  /** Values of `KeyboardEvent.key`, in lower case where they are letters. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly run: (on: ShortcutTarget) => void;
}

/** What shortcuts act on. */
export interface ShortcutTarget {
  readonly player: Player;
  readonly toggleHelp: () => void;
}

const move = (seconds: number) => (on: ShortcutTarget) =>
  on.player.seek(on.player.state.timeMs + seconds * 1000);

/** Keys 1 to 6, in the order of {@link SPEEDS}. */
const speeds: Shortcut[] = SPEEDS.map((speed, i) => ({
  keys: [String(i + 1)],
  label: `Speed ${speed}×`,
  run: (on) => on.player.setSpeed(speed),
}));

/** All shortcuts, in the order of the help sheet. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [" ", "k"], label: "Play or pause", run: (on) => on.player.toggle() },
  { keys: ["ArrowLeft"], label: "Back 5 seconds", run: move(-5) },
  { keys: ["ArrowRight"], label: "Forward 5 seconds", run: move(5) },
  { keys: ["j"], label: "Back 10 seconds", run: move(-10) },
  { keys: ["l"], label: "Forward 10 seconds", run: move(10) },
  { keys: ["PageDown"], label: "Back 30 seconds", run: move(-30) },
  { keys: ["PageUp"], label: "Forward 30 seconds", run: move(30) },
  { keys: ["Home"], label: "To the start", run: (on) => on.player.seek(0) },
  { keys: ["End"], label: "To the end", run: (on) => on.player.seek(on.player.state.durationMs) },
  ...speeds,
  {
    keys: ["t"],
    label: "Show or hide touches",
    run: (on) => on.player.setTouches(!on.player.state.showsTouches),
  },
  { keys: ["?"], label: "This list", run: (on) => on.toggleHelp() },
];

const KEY_NAMES: { readonly [key: string]: string } = {
  " ": "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  PageUp: "Page up",
  PageDown: "Page down",
};

/** A key as it is printed on a keyboard. */
export function keyName(key: string): string {
  return KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** What is known of a pressed key and the element that has the focus. */
export interface Press {
  readonly key: string;
  readonly hasModifier: boolean;
  /** Upper-case tag name, and the type of an input. */
  readonly tag: string;
  readonly inputType: string;
  readonly isEditable: boolean;
}

/** The shortcut for a key press; none while somebody types or presses a button by key. */
export function shortcutFor(press: Press): Shortcut | undefined {
  const { key, tag, inputType } = press;
  if (press.hasModifier || press.isEditable || tag === "TEXTAREA" || tag === "SELECT")
    return undefined;
  if (tag === "INPUT" && inputType !== "range") return undefined;
  const isPressing = key === " " && (tag === "BUTTON" || tag === "A" || tag === "SUMMARY");
  if (isPressing) return undefined;
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return SHORTCUTS.find(({ keys }) => keys.includes(wanted));
}

/** What {@link shortcutFor} asks of an event. */
export function pressOf(event: KeyboardEvent): Press {
  const target = event.target instanceof HTMLElement ? event.target : null;
  return {
    key: event.key,
    hasModifier: event.ctrlKey || event.metaKey || event.altKey,
    tag: target?.tagName ?? "",
    inputType: target instanceof HTMLInputElement ? target.type : "",
    isEditable: target?.isContentEditable ?? false,
  };
}
