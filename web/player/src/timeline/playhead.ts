import { MAX_VIEWPORTS } from "../decode/limits.ts";
import type {
  Body,
  BoundPicture,
  Keyboard,
  Lifecycle,
  MaskLevel,
  Meta,
  Viewport,
} from "../model.ts";
import { TreeError } from "../tree/error.ts";
import { States } from "../tree/states.ts";
import type { Tree } from "../tree/tree.ts";
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
 * Moves through one segment: after {@link Playhead.seek} the tree and its
 * surroundings are those of that time, whatever was sought before.
 */
export class Playhead {
  readonly segment: LoadedSegment;
  private states = new States();
  private around: Surroundings | null = null;
  private readonly bound = new Map<number, BoundPicture>();
  /** Index of the next record to apply. */
  private next = 0;
  /** Index of the first record that does not fit its tree: it and those after it change no tree. */
  private brokenAt = Number.POSITIVE_INFINITY;

  constructor(segment: LoadedSegment) {
    this.segment = segment;
  }

  /**
   * Moves to replay time `t`; before the first record it shows the first state
   * and keyframe. Going back plays from the segment's start, since what was
   * kept on the way is part of what is seen.
   */
  seek(t: number): void {
    const target = this.indexAfter(t);
    if (target < this.next) this.rewind();
    while (this.next < target) this.step();
  }

  /** Number of records applied; the state depends on nothing else. */
  get position(): number {
    return this.next;
  }

  /** The tree at this time; it is another one after the next seek. */
  get tree(): Tree {
    return this.states.tree;
  }

  get surroundings(): Surroundings | null {
    return this.around;
  }

  /** What each image handle stands for at this time; read it before the next seek. */
  get images(): ReadonlyMap<number, BoundPicture> {
    return this.bound;
  }

  /** Whether the tree lacks changes, because one did not fit. */
  get isDamaged(): boolean {
    return this.next > this.brokenAt;
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

  private rewind(): void {
    this.states = new States();
    this.around = null;
    this.bound.clear();
    this.next = 0;
  }

  private step(): void {
    const index = this.next++;
    const body = this.segment.records[index]?.body;
    if (!body) return;
    this.note(body);
    if (index < this.brokenAt) this.change(index, body);
  }

  /** Applies what changes the tree. After an error nothing is known of it until the next segment. */
  private change(index: number, body: Body): void {
    try {
      this.states.play(body);
    } catch (error) {
      if (!(error instanceof TreeError)) throw error;
      this.brokenAt = index;
      this.states = this.statesBefore(index);
    }
  }

  /** The trees as they were before record `index`. */
  private statesBefore(index: number): States {
    const states = new States();
    for (const { body } of this.segment.records.slice(0, index)) states.play(body);
    return states;
  }

  /** Takes over what stands beside the tree. */
  private note(body: Body): void {
    if (body.kind === "image") this.bound.set(body.binding.handle, body.binding.picture);
    else if (body.kind === "state") this.around = { ...body.state };
    else if (this.around) this.around = surroundingsAfter(this.around, body);
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
