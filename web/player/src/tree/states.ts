import type { Body, Diff, Keyframe } from "../model.ts";
import { TreeError } from "./error.ts";
import { Tree } from "./tree.ts";
import { Work } from "./work.ts";

/** Most trees that are kept to be gone back to. */
const MAX_KEPT = 4;

/** The tree of the current state of a segment, and those that were kept. */
export class States {
  private readonly work: Work;
  private readonly kept: Tree[] = [];
  private current: Tree | null = null;

  /** No state yet. `work` counts what the segment costs. */
  constructor(work = new Work()) {
    this.work = work;
  }

  /** The tree of the current state, empty before the first; it is another one after the next record. */
  get tree(): Tree {
    return this.current ?? new Tree(this.work);
  }

  /**
   * Goes on by one record; those that say nothing of the tree change nothing.
   *
   * Throws a {@link TreeError} where it does not fit; nothing is known of any
   * tree then.
   */
  play(body: Body): void {
    if (body.kind === "keyframe") this.reset(body.keyframe);
    else if (body.kind === "diff") this.apply(body.diff);
  }

  /** A keyframe that is not the first keeps the tree before it. */
  private reset(keyframe: Keyframe): void {
    if (this.current) this.keep(this.current);
    this.current = Tree.of(keyframe, this.work);
  }

  private apply(diff: Diff): void {
    const before = this.tree;
    // The tree itself is kept where the diff starts from another one.
    if (diff.keeps) this.keep(diff.base === before.state ? before.copy() : before);
    const next = (before.state + 1) >>> 0;
    const tree = diff.base === before.state ? before : this.goBack(diff.base);
    tree.apply(diff);
    tree.state = next;
    this.current = tree;
  }

  private keep(tree: Tree): void {
    this.kept.push(tree);
    if (this.kept.length > MAX_KEPT) this.kept.shift();
  }

  /** It stays kept, so that it can be gone back to again. */
  private goBack(state: number): Tree {
    const kept = this.kept.find((tree) => tree.state === state);
    if (!kept) throw new TreeError("wrong base");
    return kept.copy();
  }
}
