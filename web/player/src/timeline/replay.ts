import type { BoundPicture } from "../model.ts";
import type { Tree } from "../tree/tree.ts";
import { Lru } from "./cache.ts";
import { type Finger, fingersAt } from "./fingers.ts";
import { type Manifest, type SegmentEntry, segmentAt } from "./manifest.ts";
import { joinMarkers, type Marker } from "./markers.ts";
import { Playhead, type Surroundings } from "./playhead.ts";
import type { LoadedSegment } from "./segment.ts";

/** Most decoded segments that are kept. */
export const MAX_DECODED_SEGMENTS = 8;

/** From here on it is worth a word that nothing was recorded between two segments, in ms. */
const MIN_GAP_MS = 2_000;
/** The same where recording went on and nothing changed. */
const MIN_IDLE_MS = 10_000;

/** Why the picture is not exactly what was on the screen. */
export type Notice =
  | { readonly kind: "damaged"; readonly segment: number }
  | { readonly kind: "missing"; readonly segment: number }
  | { readonly kind: "not-recorded"; readonly why: string; readonly untilMs: number }
  | { readonly kind: "background" };

/** What is seen at one instant. Tree and images are the playhead's own: read them before the next seek. */
export interface Moment {
  readonly timeMs: number;
  /** Changes whenever what {@link Moment.tree} and {@link Moment.around} show may have changed. */
  readonly key: string;
  readonly tree: Tree;
  readonly around: Surroundings;
  /** What each image handle stands for. */
  readonly images: ReadonlyMap<number, BoundPicture>;
  readonly fingers: readonly Finger[];
  readonly notice: Notice | null;
}

/** The instant needs a segment that is not there yet. */
export interface Wanting {
  readonly wanted: number;
}

/** Nothing at all can be shown: every part up to here is damaged or missing. */
export interface Nothing {
  readonly notice: Notice;
}

/** A replay as a function of time, over the segments that are loaded. */
export class Replay {
  readonly manifest: Manifest;
  private readonly loaded = new Lru<number, LoadedSegment>(MAX_DECODED_SEGMENTS);
  private readonly bad = new Map<number, "damaged" | "missing">();
  private readonly markersBySegment = new Map<number, readonly Marker[]>();
  private joined: readonly Marker[] | null = null;
  private head: { readonly index: number; readonly playhead: Playhead } | null = null;

  constructor(manifest: Manifest) {
    this.manifest = manifest;
  }

  entry(index: number): SegmentEntry | undefined {
    return this.manifest.segments[index];
  }

  /** Whether segment `index` needs no more loading. */
  isSettled(index: number): boolean {
    return this.loaded.has(index) || this.bad.has(index);
  }

  /** Whether the markers of segment `index` are known. */
  isIndexed(index: number): boolean {
    return this.markersBySegment.has(index) || this.bad.has(index);
  }

  /** Makes a segment playable. */
  put(index: number, segment: LoadedSegment): void {
    this.loaded.put(index, segment);
    this.index(index, segment.markers);
  }

  /** Takes over the markers of a segment. */
  index(index: number, markers: readonly Marker[]): void {
    if (this.markersBySegment.has(index)) return;
    this.markersBySegment.set(index, markers);
    this.joined = null;
  }

  /** From now on the segment is passed over. */
  putBad(index: number, why: "damaged" | "missing"): void {
    this.bad.set(index, why);
  }

  /** The markers known so far, in order. */
  get markers(): readonly Marker[] {
    this.joined ??= joinMarkers(this.markersBySegment.values());
    return this.joined;
  }

  /** How many parts could not be read. */
  get badCount(): number {
    return this.bad.size;
  }

  /** What is seen at replay time `t`. The same for the same `t`, however one got there. */
  at(t: number): Moment | Wanting | Nothing {
    const target = segmentAt(this.manifest.segments, t);
    const index = this.lastGood(target);
    const why = this.bad.get(target);
    const notice: Notice | null = why ? { kind: why, segment: target } : null;
    if (index < 0) return { notice: notice ?? { kind: "missing", segment: target } };
    const playhead = this.playheadOf(index);
    if (!playhead) return { wanted: index };
    playhead.seek(t);
    return this.momentOf(playhead, index, t, notice);
  }

  private lastGood(target: number): number {
    let index = Math.min(target, this.manifest.segments.length - 1);
    while (index >= 0 && this.bad.has(index)) index--;
    return index;
  }

  private playheadOf(index: number): Playhead | null {
    if (this.head?.index === index) return this.head.playhead;
    const segment = this.loaded.get(index);
    if (!segment) return null;
    this.head = { index, playhead: new Playhead(segment) };
    return this.head.playhead;
  }

  private momentOf(
    playhead: Playhead,
    index: number,
    t: number,
    bad: Notice | null,
  ): Moment | Nothing {
    const { tree, surroundings, images, segment } = playhead;
    if (!surroundings) return { notice: { kind: "damaged", segment: index } };
    const damage: Notice | null = playhead.isDamaged ? { kind: "damaged", segment: index } : null;
    const notice = bad ?? damage ?? this.pauseAt(index, t) ?? background(surroundings);
    return {
      timeMs: t,
      key: `${index}:${playhead.position}`,
      tree,
      around: surroundings,
      images,
      fingers: fingersAt(segment.touches, t),
      notice,
    };
  }

  /** The pause after segment `index` that `t` falls into. */
  private pauseAt(index: number, t: number): Notice | null {
    const [entry, next] = [this.entry(index), this.entry(index + 1)];
    if (!entry || !next || t <= entry.endMs) return null;
    const gap = this.markersBySegment.get(index + 1)?.find(({ kind }) => kind === "gap");
    const reason = gap?.name ?? (next.isAfterGap ? "Parts never arrived" : null);
    const isWorthy = next.startMs - entry.endMs >= (reason ? MIN_GAP_MS : MIN_IDLE_MS);
    const why = reason ?? "Nothing changed";
    if (!isWorthy) return null;
    return { kind: "not-recorded", why, untilMs: next.startMs };
  }
}

function background(around: Surroundings): Notice | null {
  return around.lifecycle === "background" ? { kind: "background" } : null;
}
