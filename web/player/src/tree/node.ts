import type { Fields } from "../model.ts";

/** A node of the retained tree; siblings are linked, so that every move is one step. */
export interface TreeNode {
  readonly id: number;
  /** To be changed only through {@link ownFields}. */
  fields: Fields;
  /** Whether nodes of other trees have the same fields. */
  isShared: boolean;
  parent: TreeNode | null;
  previous: TreeNode | null;
  next: TreeNode | null;
  first: TreeNode | null;
  last: TreeNode | null;
}

const NOWHERE = { parent: null, previous: null, next: null, first: null, last: null };

/** A node that stands nowhere yet; others may have its fields too. */
export function detached(id: number, fields: Fields): TreeNode {
  return { id, fields, isShared: true, ...NOWHERE };
}

/** The fields of a node, no longer shared, to be changed. */
export function ownFields(node: TreeNode): Fields {
  if (node.isShared) {
    node.fields = { ...node.fields };
    node.isShared = false;
  }
  return node.fields;
}

/** Puts a detached node under `parent`, directly behind `after` or first. */
export function attach(node: TreeNode, parent: TreeNode, after: TreeNode | null): void {
  const next = after ? after.next : parent.first;
  node.parent = parent;
  node.previous = after;
  node.next = next;
  if (after) after.next = node;
  else parent.first = node;
  if (next) next.previous = node;
  else parent.last = node;
}

/** Takes a node with its subtree out of its parent. */
export function detach(node: TreeNode): void {
  const { parent, previous, next } = node;
  if (!parent) return;
  if (previous) previous.next = next;
  else parent.first = next;
  if (next) next.previous = previous;
  else parent.last = previous;
  node.parent = null;
  node.previous = null;
  node.next = null;
}

/** The children in tree order. */
export function* childrenOf(node: TreeNode): Generator<TreeNode> {
  for (let child = node.first; child; child = child.next) yield child;
}

/** The subtree in pre-order, the node itself first. Constant memory. */
export function* subtreeOf(top: TreeNode): Generator<TreeNode> {
  for (let node: TreeNode | null = top; node; node = nextIn(top, node)) yield node;
}

/** What follows `node` in the pre-order of the subtree of `top`. */
export function nextIn(top: TreeNode, node: TreeNode): TreeNode | null {
  return node.first ?? afterSubtree(node, top);
}

function afterSubtree(node: TreeNode, top: TreeNode): TreeNode | null {
  let at: TreeNode | null = node;
  while (at && at !== top) {
    if (at.next) return at.next;
    at = at.parent;
  }
  return null;
}
