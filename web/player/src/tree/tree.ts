import {
  MAX_DEPTH,
  MAX_LINES,
  MAX_NODES,
  MAX_NODES_DURING_DIFF,
  MAX_SHIFTED,
  MAX_TREE_STRING_BYTES,
} from "../decode/limits.ts";
import {
  DEFAULT_FIELDS,
  type Diff,
  type Keyframe,
  type Placement,
  type Shift,
  type Update,
  type Window,
} from "../model.ts";
import { TreeError } from "./error.ts";
import { change, moved } from "./fields.ts";
import { attach, detach, detached, nextIn, ownFields, subtreeOf, type TreeNode } from "./node.ts";
import { Weight } from "./weight.ts";
import { COPY_STEPS, SHIFT_STEPS, Work } from "./work.ts";

/** The tree of one state: that of a keyframe, or what diffs have made of it. */
export class Tree {
  /** The number of the state. */
  state = 0;
  windows: readonly Window[] = [];
  /** Holds the roots as its children; never drawn. */
  readonly top: TreeNode = detached(0, DEFAULT_FIELDS);
  private readonly nodes = new Map<number, TreeNode>();
  private readonly weight = new Weight();
  private readonly work: Work;

  /** An empty tree. `work` counts what it costs to change it. */
  constructor(work = new Work()) {
    this.work = work;
  }

  /** The tree of a keyframe, which the decoder has checked. */
  static of({ state, nodes, windows }: Keyframe, work?: Work): Tree {
    const tree = new Tree(work);
    for (const { id, parent, fields } of nodes) {
      const home = parent === 0 ? tree.top : tree.known(parent);
      attach(tree.create(id), home, home.last);
      tree.update({ node: id, fields });
    }
    tree.state = state;
    tree.windows = windows;
    return tree;
  }

  /** Another tree of the same state. Linear in the nodes. */
  copy(): Tree {
    this.work.spend(COPY_STEPS * this.size);
    const copy = new Tree(this.work);
    for (let node = this.top.first; node; node = nextIn(this.top, node)) copy.take(node);
    copy.state = this.state;
    copy.windows = this.windows;
    copy.weight.set(this.weight);
    return copy;
  }

  /** Adds a copy of a node of another tree as the last child of its parent. */
  private take(node: TreeNode): void {
    const { id, fields, parent } = node;
    node.isShared = true;
    const copy = detached(id, fields);
    const home = (parent && this.nodes.get(parent.id)) ?? this.top;
    attach(copy, home, home.last);
    this.nodes.set(id, copy);
  }

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

  /**
   * Applies a diff that starts from this tree; its state is the caller's.
   *
   * Throws a {@link TreeError} where it does not fit; the tree is then neither
   * the old nor the new one. Linear in the diff, see {@link Work}.
   */
  apply(diff: Diff): void {
    checkShifts(diff.shifts);
    for (const placement of diff.placements) this.place(placement);
    for (const shift of diff.shifts) this.shift(shift);
    for (const update of diff.updates) this.update(update);
    for (const id of diff.removals) this.remove(this.known(id));
    if (diff.windows) this.windows = diff.windows;
    this.checkWindows();
    this.checkSize();
  }

  private known(id: number): TreeNode {
    const node = this.nodes.get(id);
    if (!node) throw new TreeError("unknown node");
    return node;
  }

  private create(id: number): TreeNode {
    if (this.nodes.size >= MAX_NODES_DURING_DIFF) throw new TreeError("too many nodes");
    const node = detached(id, DEFAULT_FIELDS);
    this.nodes.set(id, node);
    return node;
  }

  private place({ node: id, parent, after }: Placement): void {
    const home = parent === 0 ? this.top : this.known(parent);
    const sibling = after === 0 ? null : this.known(after);
    this.checkHome(id, home);
    const node = this.nodes.get(id) ?? this.create(id);
    if (sibling && (sibling === node || sibling.parent !== home)) {
      throw new TreeError("not a sibling");
    }
    detach(node);
    attach(node, home, sibling);
  }

  /** A node cannot stand in its own subtree, nor too deep: whichever is met first on the way up. */
  private checkHome(id: number, home: TreeNode): void {
    let ancestors = 0;
    for (let at: TreeNode | null = home; at && at !== this.top; at = at.parent) {
      if (at.id === id) throw new TreeError("parent inside node");
      if (++ancestors > MAX_DEPTH) throw new TreeError("too deep");
    }
    this.work.spend(ancestors);
  }

  private shift({ first, count, x, y }: Shift): void {
    let left = count;
    for (let node: TreeNode | null = this.known(first); node && left > 0; node = node.next) {
      const fields = ownFields(node);
      fields.position = moved(fields.position, { x, y });
      left--;
    }
    this.work.spend(SHIFT_STEPS * (count - left));
    if (count === 0 || left > 0) throw new TreeError("short run");
  }

  private update({ node: id, fields: changes }: Update): void {
    const node = this.known(id);
    this.weight.change(node.fields, changes);
    change(ownFields(node), changes);
  }

  private remove(node: TreeNode): void {
    for (const { id, fields } of subtreeOf(node)) {
      this.weight.remove(fields);
      this.nodes.delete(id);
    }
    detach(node);
  }

  private checkWindows(): void {
    this.work.spend(this.windows.length);
    for (const { root } of this.windows) {
      if (this.known(root).parent !== this.top) throw new TreeError("window not a root");
    }
  }

  private checkSize(): void {
    const { stringBytes, lines } = this.weight;
    if (this.size > MAX_NODES) throw new TreeError("too many nodes");
    if (lines > MAX_LINES || stringBytes > MAX_TREE_STRING_BYTES) {
      throw new TreeError("too much text");
    }
  }
}

function checkShifts(shifts: readonly Shift[]): void {
  const siblings = shifts.reduce((sum, { count }) => sum + count, 0);
  if (siblings > MAX_SHIFTED) throw new TreeError("too long");
}
