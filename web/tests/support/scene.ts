import {
  type Changes,
  DEFAULT_FIELDS,
  type Diff,
  type Fields,
  type Keyframe,
  type KeyframeNode,
  type Placement,
  type Point,
  type State,
  type Update,
  type Viewport,
  type Window,
} from "../../player/src/model.ts";
import type { Tree } from "../../player/src/tree/tree.ts";
import type { HeaderFields } from "./encoder.ts";

/** A tree written down as nested literals. */
export interface SceneNode {
  readonly id: number;
  readonly fields: Partial<Fields>;
  readonly children: readonly SceneNode[];
}

/** Node ids and parents in pre-order. */
export function flatten(roots: readonly SceneNode[], parent = 0): KeyframeNode[] {
  return roots.flatMap((node) => [
    { id: node.id, parent, fields: node.fields },
    ...flatten(node.children, node.id),
  ]);
}

/** Every root as a window of scene 1, one level above the other. */
export function windowsOf(roots: readonly SceneNode[]): Window[] {
  return roots.map(({ id }, level) => ({ root: id, scene: 1, level }));
}

export function keyframeOf(roots: readonly SceneNode[], state = 0): Keyframe {
  return { state, windows: windowsOf(roots), nodes: flatten(roots) };
}

/** A tree read back: id, parent and all fields, in pre-order. */
export function readBack(tree: Tree): { id: number; parent: number; fields: Fields }[] {
  return [...tree.all()].map(({ id, parent, fields }) => ({
    id,
    parent: parent?.id ?? 0,
    fields: { ...fields },
  }));
}

/** What {@link readBack} gives for a tree that shows `roots`. */
export function wanted(
  roots: readonly SceneNode[],
): { id: number; parent: number; fields: Fields }[] {
  return flatten(roots).map((node) => ({ ...node, fields: { ...DEFAULT_FIELDS, ...node.fields } }));
}

/** A diff that changes nothing. */
export const NO_CHANGE: Diff = {
  keeps: false,
  base: 0,
  placements: [],
  shifts: [],
  updates: [],
  removals: [],
  windows: null,
};

/** A valid, by no means minimal diff between two trees. */
export function diffOf(old: readonly SceneNode[], now: readonly SceneNode[], base: number): Diff {
  const [before, after] = [flatten(old), flatten(now)];
  const isSameShape =
    before.length === after.length &&
    before.every(({ id, parent }, i) => id === after[i]?.id && parent === after[i]?.parent);
  const placements = isSameShape ? [] : placementsOf(now, 0);
  const windows = isSameShape ? null : windowsOf(now);
  return {
    ...NO_CHANGE,
    base,
    placements,
    updates: updatesOf(before, after),
    removals: removalsOf(before, after),
    windows,
  };
}

function placementsOf(nodes: readonly SceneNode[], parent: number): Placement[] {
  return nodes.flatMap((node, i) => [
    { node: node.id, parent, after: nodes[i - 1]?.id ?? 0 },
    ...placementsOf(node.children, node.id),
  ]);
}

function updatesOf(before: readonly KeyframeNode[], after: readonly KeyframeNode[]): Update[] {
  const old = new Map(before.map(({ id, fields }) => [id, fields]));
  return after.flatMap(({ id, fields }) => {
    const changed = changedFields(
      { ...DEFAULT_FIELDS, ...old.get(id) },
      { ...DEFAULT_FIELDS, ...fields },
    );
    return Object.keys(changed).length > 0 ? [{ node: id, fields: changed }] : [];
  });
}

function changedFields(old: Fields, now: Fields): Changes {
  const isSame = (name: string) =>
    JSON.stringify(old[name as keyof Fields]) === JSON.stringify(now[name as keyof Fields]);
  const changed: Changes = Object.fromEntries(
    Object.entries(now).filter(([name]) => !isSame(name)),
  );
  for (const name of ["size", "position", "scroll"] as const) {
    if (changed[name]) changed[name] = difference(old[name], now[name]);
  }
  return changed;
}

function difference(old: Point, now: Point): Point {
  return { x: now.x - old.x, y: now.y - old.y };
}

function removalsOf(before: readonly KeyframeNode[], after: readonly KeyframeNode[]): number[] {
  const kept = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id));
  const goneIds = new Set(gone.map(({ id }) => id));
  return gone.filter(({ parent }) => !goneIds.has(parent)).map(({ id }) => id);
}

/** An upright phone's screen. */
export const PLAIN_VIEWPORT: Viewport = {
  scene: 1,
  width: 393,
  height: 852,
  scale: 3,
  safeArea: [59, 0, 34, 0],
  orientation: "portrait",
  isDark: false,
  textSize: "L",
  isRightToLeft: false,
};

/** A state of an upright phone with nothing special about it. */
export const PLAIN_STATE: State = {
  maskLevel: "medium",
  viewports: [PLAIN_VIEWPORT],
  screen: "",
  lifecycle: "active",
  keyboard: { isVisible: false, frame: { x: 0, y: 0, width: 0, height: 0 } },
  openTouches: [],
  meta: {
    userId: "",
    appName: "Test",
    appVersion: "1.0",
    osName: "iOS",
    osVersion: "18.0",
    deviceModel: "iPhone16,1",
    locale: "en-GB",
    sdk: "tests",
  },
};

/** A header with nothing special about it. */
export const PLAIN_HEADER: HeaderFields = {
  segmentId: "00112233445566778899aabbccddeeff",
  run: 7n,
  seq: 0,
  startMs: 1_000,
  wallMs: 1_764_000_000_000,
  utcOffsetMin: 60,
  deviceId: "device",
  sessionId: "session",
};
