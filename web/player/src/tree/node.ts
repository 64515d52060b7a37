import type { Fields } from "../model.ts";

/** A node of the retained tree; siblings are linked, so that every move is one step. */
export interface TreeNode {
  readonly id: number;
  fields: Fields;
  parent: TreeNode | null;
  previous: TreeNode | null;
  next: TreeNode | null;
  first: TreeNode | null;
  last: TreeNode | null;
}

/** A node that stands nowhere yet. */
export function detached(id: number, fields: Fields): TreeNode {
  return { id, fields, parent: null, previous: null, next: null, first: null, last: null };
}

/** The children in tree order. */
export function* childrenOf(node: TreeNode): Generator<TreeNode> {
  for (let child = node.first; child; child = child.next) yield child;
}

/** The subtree in pre-order, the node itself first. Constant memory. */
export function* subtreeOf(top: TreeNode): Generator<TreeNode> {
  let node: TreeNode | null = top;
  while (node) {
    yield node;
    node = node.first ?? afterSubtree(node, top);
  }
}

function afterSubtree(node: TreeNode, top: TreeNode): TreeNode | null {
  let at: TreeNode | null = node;
  while (at && at !== top) {
    if (at.next) return at.next;
    at = at.parent;
  }
  return null;
}
