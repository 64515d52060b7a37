/** The words of a replay as the player knows them. Lengths are in points, times in milliseconds. */

/** A point or a vector. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** How a node is drawn beside its place: scaled, then skewed, then turned, then moved. */
export interface Transform {
  /** In whole turns, clockwise on the screen. */
  readonly rotation: number;
  readonly scale: Point;
  /** How far x moves with each y. */
  readonly skew: number;
  /** In points of the parent. */
  readonly offset: Point;
}

/** `v ↦ (a·x + c·y + tx, b·x + d·y + ty)`. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly tx: number;
  readonly ty: number;
}

/** Where clipping and corners stand; radii from the upper left corner clockwise. */
export interface Shape {
  readonly clips: boolean;
  readonly isContinuous: boolean;
  readonly radii: readonly [number, number, number, number];
}

/** From the background colour at `from` to `end` at `to`, both fractions of the size. */
export interface Gradient {
  readonly end: number;
  readonly from: Point;
  readonly to: Point;
}

export interface Border {
  readonly width: number;
  readonly color: number;
}

export interface Shadow {
  readonly color: number;
  readonly radius: number;
  readonly offset: Point;
}

/** What a text is: none, written by the app, by the user, or a prompt. */
export type TextRole = "none" | "static" | "input" | "hint";
export type Alignment = "natural" | "left" | "center" | "right" | "justified";

export interface TextStyle {
  readonly role: TextRole;
  /** Family or PostScript name; empty is the system font. */
  readonly font: string;
  readonly size: number;
  /** As in CSS; 0 means 400. */
  readonly weight: number;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isStruck: boolean;
  readonly color: number;
  readonly alignment: Alignment;
}

/** One laid-out line; `x`, `y` is the left end of its baseline in the node's bounds space. */
export interface Line extends Point {
  readonly text: string;
  readonly width: number;
}

export interface Image {
  /** 0 is no picture. */
  readonly handle: number;
  readonly contentMode: number;
  readonly average: number;
  readonly tint: number;
}

export interface Control {
  /** Bits of {@link CONTROL}. */
  readonly flags: number;
  /** 0…1 of the control's range. */
  readonly value: number;
  readonly index: number;
  readonly count: number;
}

/** The bits of {@link Control.flags}. */
export const CONTROL = { disabled: 1, on: 2, highlighted: 4, focused: 8, tappable: 16 } as const;

export type MaskAction = "keep" | "mask" | "replace";

export interface Mask {
  readonly action: MaskAction;
  /** Number of the reason; see {@link MASK_REASONS}. */
  readonly reason: number;
}

/** Everything that a node says beside its id and its place. */
export interface Fields {
  kind: number;
  classChain: string;
  controller: string;
  identifier: string;
  generation: number;
  position: Point;
  size: Point;
  scroll: Point;
  anchor: Point;
  transform: Transform;
  shape: Shape;
  background: number;
  gradient: Gradient;
  border: Border;
  shadow: Shadow;
  alpha: number;
  z: number;
  blur: number;
  hidden: boolean;
  text: TextStyle;
  lines: readonly Line[];
  image: Image;
  control: Control;
  mask: Mask;
}

/**
 * Some fields of a node. In an update `size`, `position` and `scroll` are what
 * they change by; all others, and everything in a keyframe, are the new values.
 */
export type Changes = Partial<Fields>;

/** Every field at its default, as the format states it. */
export const DEFAULT_FIELDS: Fields = {
  kind: 0,
  classChain: "",
  controller: "",
  identifier: "",
  generation: 0,
  position: { x: 0, y: 0 },
  size: { x: 0, y: 0 },
  scroll: { x: 0, y: 0 },
  anchor: { x: 0.5, y: 0.5 },
  transform: { rotation: 0, scale: { x: 1, y: 1 }, skew: 0, offset: { x: 0, y: 0 } },
  shape: { clips: false, isContinuous: false, radii: [0, 0, 0, 0] },
  background: 0,
  gradient: { end: 0, from: { x: 0, y: 0 }, to: { x: 0, y: 0 } },
  border: { width: 0, color: 0 },
  shadow: { color: 0, radius: 0, offset: { x: 0, y: 0 } },
  alpha: 255,
  z: 0,
  blur: 0,
  hidden: false,
  text: {
    role: "none",
    font: "",
    size: 0,
    weight: 0,
    isItalic: false,
    isUnderlined: false,
    isStruck: false,
    color: 0,
    alignment: "natural",
  },
  lines: [],
  image: { handle: 0, contentMode: 0, average: 0, tint: 0 },
  control: { flags: 0, value: 0, index: 0, count: 0 },
  mask: { action: "keep", reason: 0 },
};

/** A window: the root node that it draws, the scene that it is on, its level. */
export interface Window {
  readonly root: number;
  readonly scene: number;
  readonly level: number;
}

export type Orientation = "portrait" | "upside-down" | "landscape-left" | "landscape-right";

/** A screen. */
export interface Viewport {
  readonly scene: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Top, left, bottom, right. */
  readonly safeArea: readonly [number, number, number, number];
  readonly orientation: Orientation;
  readonly isDark: boolean;
  readonly textSize: string;
  readonly isRightToLeft: boolean;
}

export interface Keyboard {
  readonly isVisible: boolean;
  readonly frame: Rect;
}

export type TouchPhase = "down" | "move" | "up" | "cancel";

/** One sample of one finger, on the screen; a masked one stands in the middle of what it touched. */
export interface Touch extends Point {
  readonly pointer: number;
  readonly phase: TouchPhase;
  readonly isMasked: boolean;
}

export type Lifecycle = "active" | "inactive" | "background" | "terminating";
export type MaskLevel = "light" | "medium" | "conservative";
export type LogLevel = "log" | "warn" | "error";
export type GapReason = "disabled" | "background" | "discarded" | "capture-failed" | "blocked";

/** App and device; empty strings are "unknown". */
export interface Meta {
  readonly userId: string;
  readonly appName: string;
  readonly appVersion: string;
  readonly osName: string;
  readonly osVersion: string;
  readonly deviceModel: string;
  readonly locale: string;
  readonly sdk: string;
}

/** Everything beside the tree. */
export interface State {
  readonly maskLevel: MaskLevel;
  readonly viewports: readonly Viewport[];
  readonly screen: string;
  readonly lifecycle: Lifecycle;
  readonly keyboard: Keyboard;
  readonly openTouches: readonly Touch[];
  readonly meta: Meta;
}

/** A node of a keyframe. */
export interface KeyframeNode {
  readonly id: number;
  /** Id of the parent; 0 for a root. */
  readonly parent: number;
  /** Fields that differ from {@link DEFAULT_FIELDS}. */
  readonly fields: Changes;
}

export interface Keyframe {
  readonly state: number;
  readonly windows: readonly Window[];
  readonly nodes: readonly KeyframeNode[];
}

/** Puts `node` under `parent` (0: among the roots), directly behind `after` (0: first). */
export interface Placement {
  readonly node: number;
  readonly parent: number;
  readonly after: number;
}

/** Moves `count` siblings, `first` and those behind it, by (x, y) points. */
export interface Shift extends Point {
  readonly first: number;
  readonly count: number;
}

/** Gives `node` other fields. */
export interface Update {
  readonly node: number;
  readonly fields: Changes;
}

/** What leads from one state of a tree to another; its parts apply in this order. */
export interface Diff {
  /** Whether the state before it may be gone back to later. */
  readonly keeps: boolean;
  /** The state that it starts from: the one before it, or one that was kept. */
  readonly base: number;
  readonly placements: readonly Placement[];
  readonly shifts: readonly Shift[];
  readonly updates: readonly Update[];
  readonly removals: readonly number[];
  /** `null` where the windows stay. */
  readonly windows: readonly Window[] | null;
}

/** Why nobody will have a picture. */
export type LeftOut = "too-large" | "over-limit" | "unreadable";

/** What the image handle of nodes stands for. */
export type BoundPicture =
  | {
      readonly kind: "known";
      /** 16 hex digits; compared within one device only. */
      readonly id: string;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | { readonly kind: "left-out"; readonly why: LeftOut };

/** Holds from its record on, until another one of the handle or the end of the segment. */
export interface ImageBinding {
  readonly handle: number;
  readonly picture: BoundPicture;
}

/** How recording went since the health record before. */
export interface Health {
  /** Captures that are recorded, and those of them that came to the cap of their time. */
  readonly captured: number;
  readonly cut: number;
  /** Masked and replaced nodes that are on the screen. */
  readonly masked: number;
  /** Time of the phone's main thread that the captures took, in milliseconds. */
  readonly busyMs: number;
}

/** What one entry of a replay says. */
export type Body =
  | { readonly kind: "state"; readonly state: State }
  | { readonly kind: "keyframe"; readonly keyframe: Keyframe }
  | { readonly kind: "diff"; readonly diff: Diff }
  | { readonly kind: "image"; readonly binding: ImageBinding }
  | { readonly kind: "touch"; readonly touch: Touch }
  | { readonly kind: "viewport"; readonly viewport: Viewport }
  | { readonly kind: "lifecycle"; readonly lifecycle: Lifecycle }
  | { readonly kind: "screen"; readonly name: string }
  | { readonly kind: "keyboard"; readonly keyboard: Keyboard }
  | { readonly kind: "event"; readonly name: string }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string }
  | { readonly kind: "gap"; readonly reason: GapReason; readonly durationMs: number }
  | { readonly kind: "health"; readonly health: Health };

/** A timestamped entry; `timeMs` is record time. */
export interface Record {
  readonly timeMs: number;
  readonly body: Body;
}
