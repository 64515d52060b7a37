import { MAX_DEPTH, MAX_LINES, MAX_NODES, MAX_TREE_STRING_BYTES } from "../decode/limits.ts";
import { DEFAULT_FIELDS, type Diff, type Keyframe, type Placement, type Window } from "../model.ts";
import { TreeError } from "./error.ts";
import { detached, subtreeOf, type TreeNode } from "./node.ts";
import { touchesWeight, weigh } from "./weight.ts";

/**
 * Longest walk from a node to its root while a diff is being applied. Halfway
 * through a diff an old and a new tree may hang together, so it is more than
 * {@link MAX_DEPTH}; it bounds the work that a hostile diff can ask for.
 */
const MAX_TRANSIENT_DEPTH = 4 * MAX_DEPTH;

/** Most nodes that may be looked at to check depths, per keyframe and its diffs. */
const MAX_DEPTH_CHECKS = 20_000_000;

/** The retained tree: a keyframe and the diffs applied to it so far. */
export class Tree {
  /** The state that the next diff must name as its base. */
  state = 0;
  windows: readonly Window[] = [];
  /** Changes with every record that was applied. */
  version = 0;
  /** Holds the roots as its children; never drawn. */
  readonly top: TreeNode = detached(0, { ...DEFAULT_FIELDS });
  private readonly nodes = new Map<number, TreeNode>();
  private stringBytes = 0;
  private lines = 0;
  private depthChecks = 0;

  /** Number of nodes. */
  get size(): number {
    return this.nodes.size;
  }

  get(id: number): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** All nodes in pre-order. */
  *all(): Generator<TreeNode> {
    for (const node of subtreeOf(this.top)) if (node !== this.top) yield node;
  }

  /** Replaces the whole tree. Throws a {@link TreeError} where it exceeds a limit. */
  reset(keyframe: Keyframe): void {
    this.clear();
    for (const { id, parent, fields } of keyframe.nodes) {
      const node = this.create(id);
      const home = parent === 0 ? this.top : this.known(parent);
      insert(node, home, home.last);
      this.update(node, fields);
    }
    this.state = keyframe.state;
    this.windows = keyframe.windows;
    this.checkWhole();
    this.version++;
  }

  /**
   * Applies a diff to the state that it names.
   *
   * Throws a {@link TreeError} where it does not fit; the tree is then neither
   * the old nor the new state and must be reset by a keyframe.
   */
  apply(diff: Diff): void {
    if (diff.base !== this.state) {
      throw new TreeError("base", `a diff from state ${diff.base} met state ${this.state}`);
    }
    for (const placement of diff.placements) this.place(placement);
    for (const { node, fields } of diff.updates) this.update(this.known(node), fields);
    for (const id of diff.removals) this.remove(this.known(id));
    if (diff.windows) this.windows = diff.windows;
    for (const { node } of diff.placements) this.checkDepth(node);
    this.checkWhole();
    this.state = (this.state + 1) >>> 0;
    this.version++;
  }

  private clear(): void {
    this.nodes.clear();
    this.top.first = null;
    this.top.last = null;
    this.stringBytes = 0;
    this.lines = 0;
    this.depthChecks = 0;
  }

  private known(id: number): TreeNode {
    const node = this.nodes.get(id);
    if (!node) throw new TreeError("unknown-node", `node ${id} does not exist`);
    return node;
  }

  private create(id: number): TreeNode {
    if (this.nodes.has(id)) throw new TreeError("misplaced", `node ${id} stands twice`);
    const node = detached(id, { ...DEFAULT_FIELDS });
    this.nodes.set(id, node);
    if (this.nodes.size > 2 * MAX_NODES) throw limit("nodes", MAX_NODES);
    return node;
  }

  private place({ node: id, parent, after }: Placement): void {
    const home = parent === 0 ? this.top : this.known(parent);
    const sibling = after === 0 ? null : this.known(after);
    const node = this.nodes.get(id) ?? this.create(id);
    this.checkOutside(node, home);
    if (sibling === node) throw new TreeError("misplaced", `node ${id} cannot follow itself`);
    detach(node);
    if (sibling && sibling.parent !== home) {
      throw new TreeError("misplaced", `node ${after} is no child of node ${parent}`);
    }
    insert(node, home, sibling);
  }

  /** A node cannot be put into its own subtree. */
  private checkOutside(node: TreeNode, home: TreeNode): void {
    let depth = 0;
    for (let at: TreeNode | null = home; at; at = at.parent) {
      if (at === node) throw new TreeError("misplaced", `node ${node.id} cannot contain itself`);
      if (++depth > MAX_TRANSIENT_DEPTH) throw limit("levels of nesting", MAX_DEPTH);
    }
  }

  private update(node: TreeNode, fields: Partial<TreeNode["fields"]>): void {
    const isWeighty = touchesWeight(fields);
    if (isWeighty) this.weighIn(node, -1);
    Object.assign(node.fields, fields);
    if (isWeighty) this.weighIn(node, 1);
  }

  private weighIn(node: TreeNode, sign: 1 | -1): void {
    const weight = weigh(node.fields);
    this.stringBytes += sign * weight.stringBytes;
    this.lines += sign * weight.lines;
  }

  private remove(node: TreeNode): void {
    for (const gone of subtreeOf(node)) {
      this.weighIn(gone, -1);
      this.nodes.delete(gone.id);
    }
    detach(node);
  }

  /** The limits of a whole tree, once per record. */
  private checkWhole(): void {
    if (this.nodes.size > MAX_NODES) throw limit("nodes", MAX_NODES);
    if (this.stringBytes > MAX_TREE_STRING_BYTES)
      throw limit("string bytes", MAX_TREE_STRING_BYTES);
    if (this.lines > MAX_LINES) throw limit("lines of text", MAX_LINES);
    for (const { root } of this.windows) {
      if (this.nodes.get(root)?.parent !== this.top) {
        throw new TreeError("misplaced", `node ${root} of a window is no root`);
      }
    }
  }

  /** The subtree of a node that was placed stands within the depth limit. */
  private checkDepth(id: number): void {
    const top = this.nodes.get(id);
    if (!top) return;
    let depth = -2; // Neither the node itself nor the holder of the roots counts.
    for (let at: TreeNode | null = top; at; at = at.parent) depth++;
    for (const node of withDepths(top, depth)) {
      if (node > MAX_DEPTH) throw limit("levels of nesting", MAX_DEPTH);
      if (++this.depthChecks > MAX_DEPTH_CHECKS) throw limit("moves of large subtrees", MAX_NODES);
    }
  }
}

/** The depth of every node of a subtree whose top stands at `depth`. */
function* withDepths(top: TreeNode, depth: number): Generator<number> {
  let node = top;
  let at = depth;
  for (;;) {
    yield at;
    if (node.first) {
      node = node.first;
      at++;
      continue;
    }
    while (node !== top && !node.next && node.parent) {
      node = node.parent;
      at--;
    }
    if (node === top || !node.next) return;
    node = node.next;
  }
}

function limit(what: string, most: number): TreeError {
  return new TreeError("limit", `more than ${most} ${what}`);
}

function insert(node: TreeNode, parent: TreeNode, after: TreeNode | null): void {
  const next = after ? after.next : parent.first;
  node.parent = parent;
  node.previous = after;
  node.next = next;
  if (after) after.next = node;
  else parent.first = node;
  if (next) next.previous = node;
  else parent.last = node;
}

function detach(node: TreeNode): void {
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
