import type { Rect, Viewport, Window } from "../model.ts";
import type { Moment } from "../timeline/replay.ts";
import { childrenOf, type TreeNode } from "../tree/node.ts";
import { after, boundsOf, boxOf, scaling, toParent } from "./affine.ts";

/**
 * Most levels that are drawn. Nodes are placed within 256, but a subtree can be
 * moved so that it ends deeper; no real screen does.
 */
export const MAX_DRAWN_LEVELS = 512;

/** The screen that is shown: that of the main scene. */
export function mainViewport({ around }: Moment): Viewport | null {
  return around.viewports[0] ?? null;
}

/** The windows of the main scene, the lowest first; those of all scenes where it has none. */
export function visibleWindows(moment: Moment): Window[] {
  const scene = mainViewport(moment)?.scene;
  const { windows } = moment.tree;
  const own = windows.filter((window) => window.scene === scene);
  return [...(own.length > 0 ? own : windows)].sort((a, b) => a.level - b.level);
}

/** Children in the order in which they are drawn: by z, ties in tree order. */
export function drawingOrder(node: TreeNode): TreeNode[] {
  const children = [...childrenOf(node)];
  const isFlat = children.every((child) => child.fields.z === 0);
  return isFlat ? children : children.sort((a, b) => a.fields.z - b.fields.z);
}

/** The upright box of a node on the screen, in points. */
export function screenBox(node: TreeNode): Rect {
  let transform = scaling(1);
  for (let at: TreeNode | null = node; at?.parent; at = at.parent) {
    transform = after(toParent(at.fields), transform);
  }
  return boxOf(transform, boundsOf(node.fields));
}

/** Whether the node or one that it stands in is hidden or fully transparent, or it lies too deep. */
export function isHidden(node: TreeNode): boolean {
  let levels = 0;
  for (let at: TreeNode | null = node; at?.parent; at = at.parent) {
    if (at.fields.hidden || at.fields.alpha === 0) return true;
    if (++levels > MAX_DRAWN_LEVELS) return true;
  }
  return false;
}
