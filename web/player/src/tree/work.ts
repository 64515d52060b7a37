import { TreeError } from "./error.ts";

/**
 * Most steps that one segment may take beyond reading its records: one for each
 * node climbed over to find a depth and each window checked, and these for
 * copying and shifting a node. A screen of 1,000 nodes can be kept and gone
 * back to 2,500 times; a hostile segment costs a few seconds.
 */
export const MAX_STEPS = 100_000_000;
export const COPY_STEPS = 20;
export const SHIFT_STEPS = 10;

/** Counts the steps that a segment has taken. */
export class Work {
  private readonly most: number;
  private steps = 0;

  constructor(most = MAX_STEPS) {
    this.most = most;
  }

  /** Throws a {@link TreeError} where it is too much. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.most) throw new TreeError("too much work");
  }
}
