import { MAX_VIEWPORTS } from "../decode/limits.ts";
import type { Body, Keyboard, Lifecycle, MaskLevel, Meta, Viewport } from "../model.ts";
import { TreeError } from "../tree/error.ts";
import { Tree } from "../tree/tree.ts";
import type { LoadedSegment } from "./segment.ts";

/** Everything beside the tree, at one instant. */
export interface Surroundings {
  readonly maskLevel: MaskLevel;
  readonly viewports: readonly Viewport[];
  readonly screen: string;
  readonly lifecycle: Lifecycle;
  readonly keyboard: Keyboard;
  readonly meta: Meta;
}

/**
 * After so many records that do not fit, the rest of a segment's changes is
 * left out: every one costs going back to a keyframe.
 */
const MAX_DAMAGES = 32;

/**
 * Moves through one segment: after {@link Playhead.seek} the tree and its
 * surroundings are those of that time, whatever was sought before.
 */
export class Playhead {
  readonly segment: LoadedSegment;
  readonly tree = new Tree();
  private around: Surroundings | null = null;
  /** Index of the next record to apply. */
  private next = 0;
  /** Records of the tree that do not fit and those that hang on them, up to the next keyframe. */
  private readonly skipped = new Set<number>();
  private damages = 0;

  constructor(segment: LoadedSegment) {
    this.segment = segment;
  }

  /** Moves to replay time `t`; before the first record it shows the first state and keyframe. */
  seek(t: number): void {
    const target = this.indexAfter(t);
    if (target < this.next) this.rewind(target);
    while (this.next < target) this.step();
  }

  /** Number of records applied; the state depends on nothing else. */
  get position(): number {
    return this.next;
  }

  get surroundings(): Surroundings | null {
    return this.around;
  }

  /** Whether the tree lacks changes since the last good keyframe, because one did not fit. */
  get isDamaged(): boolean {
    if (this.skipped.size === 0) return false;
    for (let i = this.next - 1; i >= 0; i--) {
      if (this.skipped.has(i)) return true;
      if (this.isGoodKeyframe(i)) return false;
    }
    return false;
  }

  /** Number of records up to and including time `t`, at least the state and the keyframe. */
  private indexAfter(t: number): number {
    const { records, shiftMs } = this.segment;
    let low = 0;
    let high = records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((records[middle]?.timeMs ?? 0) + shiftMs <= t) low = middle + 1;
      else high = middle;
    }
    return Math.max(low, Math.min(2, records.length));
  }

  /** Goes back to the last good keyframe before record `target`; the rest of the state is redone. */
  private rewind(target: number): void {
    const { records } = this.segment;
    let keyframe = target - 1;
    while (keyframe > 0 && !this.isGoodKeyframe(keyframe)) keyframe--;
    if (keyframe <= 0) this.tree.reset({ state: 0, windows: [], nodes: [] });
    this.around = null;
    for (let i = 0; i < keyframe; i++) this.note(records[i]?.body);
    this.next = Math.max(0, keyframe);
  }

  private isGoodKeyframe(index: number): boolean {
    return this.segment.records[index]?.body.kind === "keyframe" && !this.skipped.has(index);
  }

  private step(): void {
    const index = this.next++;
    const body = this.segment.records[index]?.body;
    this.note(body);
    if (!this.skipped.has(index)) this.change(index, body);
  }

  /** Applies what changes the tree. */
  private change(index: number, body: Body | undefined): void {
    try {
      if (body?.kind === "keyframe") this.tree.reset(body.keyframe);
      else if (body?.kind === "diff") this.tree.apply(body.diff);
    } catch (error) {
      if (!(error instanceof TreeError)) throw error;
      this.skipFrom(index);
    }
  }

  /** Leaves out record `index` and the diffs after it, and restores the tree as it was before. */
  private skipFrom(index: number): void {
    const { records } = this.segment;
    const isHopeless = ++this.damages > MAX_DAMAGES;
    this.skipped.add(index);
    for (let i = index + 1; i < records.length; i++) {
      const kind = records[i]?.body.kind;
      if (kind === "keyframe" && !isHopeless) break;
      if (kind === "keyframe" || kind === "diff") this.skipped.add(i);
    }
    this.rewind(index);
    while (this.next <= index) this.step();
  }

  /** Takes over what stands beside the tree. */
  private note(body: Body | undefined): void {
    if (body?.kind === "state") this.around = { ...body.state };
    else if (body && this.around) this.around = surroundingsAfter(this.around, body);
  }
}

function surroundingsAfter(around: Surroundings, body: Body): Surroundings {
  switch (body.kind) {
    case "viewport":
      return { ...around, viewports: replaced(around.viewports, body.viewport) };
    case "screen":
      return { ...around, screen: body.name };
    case "lifecycle":
      return { ...around, lifecycle: body.lifecycle };
    case "keyboard":
      return { ...around, keyboard: body.keyboard };
    default:
      return around;
  }
}

/** A screen that is known keeps its place; one too many is left out. */
function replaced(viewports: readonly Viewport[], viewport: Viewport): readonly Viewport[] {
  const isKnown = viewports.some(({ scene }) => scene === viewport.scene);
  return isKnown
    ? viewports.map((old) => (old.scene === viewport.scene ? viewport : old))
    : [...viewports, viewport].slice(0, MAX_VIEWPORTS);
}
