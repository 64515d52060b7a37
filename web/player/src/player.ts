import { describe } from "./describe.ts";
import type { Rect } from "./model.ts";
import { loadFonts } from "./paint/fonts.ts";
import { paintOverlay } from "./paint/overlay.ts";
import { paintMoment } from "./paint/painter.ts";
import { mainViewport, screenBox } from "./paint/walk.ts";
import { Pictures } from "./pictures/shelf.ts";
import { Clock, type Intent, type Readiness } from "./timeline/clock.ts";
import { Loader, type LoadResult } from "./timeline/loader.ts";
import { type Manifest, type SegmentEntry, segmentAt } from "./timeline/manifest.ts";
import type { Marker } from "./timeline/markers.ts";
import { type Moment, type Notice, Replay } from "./timeline/replay.ts";
import { loadMarkers } from "./timeline/segment.ts";
import type { ImageSource, SegmentSource } from "./timeline/source.ts";

/** Segments that are fetched ahead while playing, at speeds up to 2 and above. */
const AHEAD = 2;
const AHEAD_FAST = 5;
/** A replay up to this size is read through in the background, to know all its markers. */
const MAX_INDEXED_BYTES = 4 << 20;
/** While playing, pauses without anything recorded are left this long before their end. */
const PAUSE_REST_MS = 500;
/** Most pixels per CSS pixel while playing. */
const MAX_PLAYING_RATIO = 2;

/** The screen, in points. */
export interface ScreenShape {
  readonly width: number;
  readonly height: number;
  /** Whether the display itself has round corners; those with a home indicator do. */
  readonly isRound: boolean;
}

/** Everything that a page around the player shows. */
export interface PlayerState {
  readonly timeMs: number;
  readonly durationMs: number;
  readonly intent: Intent;
  readonly readiness: Readiness;
  readonly speed: number;
  readonly showsTouches: boolean;
  /** Whether some frame was drawn yet. */
  readonly hasFrame: boolean;
  readonly notice: Notice | null;
  /** Why loading failed. */
  readonly failure: string | null;
  readonly screen: string;
  readonly viewport: ScreenShape;
  readonly markers: readonly Marker[];
  /** Parts that could not be read so far. */
  readonly badParts: number;
  /** Changes with the frame. */
  readonly frameKey: string;
}

/** What a player plays, and where from. */
export interface PlayerOptions {
  readonly manifest: Manifest;
  readonly source: SegmentSource & ImageSource;
  /** Replay time to begin at, in ms. */
  readonly startMs?: number;
  /** No trails and no fading. */
  readonly prefersStill?: boolean;
  /** Id of the element that holds the frame in words. */
  readonly describedBy?: string;
}

/** Plays a replay on two canvases that it puts into `host` and that fill it. */
export class Player {
  private readonly host: HTMLElement;
  private readonly replay: Replay;
  private readonly clock: Clock;
  private readonly loader: Loader;
  private readonly pictures: Pictures;
  private readonly frame = document.createElement("canvas");
  private readonly overlay = document.createElement("canvas");
  private readonly listeners = new Set<() => void>();
  private readonly resized: ResizeObserver;
  private readonly indexing = new AbortController();
  private readonly isStill: boolean;
  private moment: Moment | null = null;
  private notice: Notice | null = null;
  private failure: string | null = null;
  private showsTouches = true;
  private highlighted: number | null = null;
  private painted = "";
  private tick = 0;
  private isDestroyed = false;
  private hasFonts = false;
  private isIndexing = false;
  /** Segments that failed when they were fetched ahead: only asked for again when they are needed. */
  private readonly failedAhead = new Set<number>();

  constructor(host: HTMLElement, options: PlayerOptions) {
    this.host = host;
    this.replay = new Replay(options.manifest);
    this.clock = new Clock(options.manifest.durationMs);
    this.loader = new Loader(options.source);
    this.pictures = new Pictures(options.source, () => this.paint());
    this.isStill = options.prefersStill ?? false;
    this.mount(options.describedBy);
    this.resized = new ResizeObserver(() => this.paint());
    this.resized.observe(host);
    this.clock.seek(options.startMs ?? 0);
    void loadFonts().then(() => this.begin());
    this.refresh();
  }

  /** What the page shows now. */
  get state(): PlayerState {
    const { timeMs, durationMs, intent, readiness, speed } = this.clock;
    const screen = this.moment?.around.screen ?? "";
    const viewport = this.viewport;
    const { showsTouches, notice, failure, painted: frameKey } = this;
    const { markers, badCount: badParts } = this.replay;
    const hasFrame = frameKey !== "";
    return {
      ...{ timeMs, durationMs, intent, readiness, speed, showsTouches, hasFrame, notice, failure },
      ...{ screen, viewport, markers, badParts, frameKey },
    };
  }

  /** What is on the screen now; read it before the next change. */
  get current(): Moment | null {
    return this.moment;
  }

  /** Calls `listener` after every change until the function that it returns is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  play(): void {
    this.clock.play();
    this.refresh();
    this.schedule();
  }

  pause(): void {
    this.clock.pause();
    this.refresh();
  }

  toggle(): void {
    if (this.clock.intent === "playing") this.pause();
    else this.play();
  }

  /** Moves to a replay time, in ms; whether it plays stays as it is. */
  seek(timeMs: number): void {
    this.clock.seek(timeMs);
    this.refresh();
  }

  setSpeed(speed: number): void {
    this.clock.setSpeed(speed);
    this.refresh();
  }

  setTouches(shows: boolean): void {
    this.showsTouches = shows;
    this.refresh();
  }

  /** Outlines a node of the current frame; `null` outlines none. */
  highlight(node: number | null): void {
    this.highlighted = node;
    this.paintOver();
  }

  /** Tries again what failed to load. */
  retry(): void {
    this.failure = null;
    this.pictures.retry();
    this.refresh();
  }

  /** The current frame in words. */
  describe(): string {
    return this.moment ? describe(this.moment) : "";
  }

  /** Stops everything and takes the canvases away. */
  destroy(): void {
    this.isDestroyed = true;
    cancelAnimationFrame(this.tick);
    this.loader.stop();
    this.pictures.stop();
    this.indexing.abort();
    this.resized.disconnect();
    this.listeners.clear();
    this.frame.remove();
    this.overlay.remove();
  }

  private get viewport(): ScreenShape {
    const viewport = this.moment && mainViewport(this.moment);
    const { width, height } = viewport ?? this.replay.manifest.viewport;
    const isRound = (viewport?.safeArea[2] ?? 1) > 0;
    return width > 0 && height > 0
      ? { width, height, isRound }
      : { width: 390, height: 844, isRound };
  }

  private mount(describedBy: string | undefined): void {
    this.frame.className = "viewreel-frame";
    this.overlay.className = "viewreel-overlay";
    this.overlay.setAttribute("aria-hidden", "true");
    this.frame.setAttribute("role", "img");
    this.frame.setAttribute("aria-label", "Replayed screen");
    if (describedBy !== undefined) this.frame.setAttribute("aria-describedby", describedBy);
    this.host.append(this.frame, this.overlay);
  }

  private begin(): void {
    if (this.isDestroyed) return;
    this.hasFonts = true;
    this.refresh();
  }

  /** Looks up what the current time shows, loads what is missing for it, draws. */
  private refresh(): void {
    if (this.isDestroyed) return;
    const seen = this.replay.at(this.clock.timeMs);
    if ("wanted" in seen) this.await(seen.wanted);
    else if ("tree" in seen) this.show(seen, seen.notice);
    else this.show(null, seen.notice);
    this.paint();
    for (const listener of this.listeners) listener();
  }

  /** The last frame stays while a segment is awaited, and time stands still. */
  private await(index: number): void {
    this.clock.setReadiness(this.failure === null ? "buffering" : "failed");
    if (this.failure === null) this.want([index]);
  }

  private show(moment: Moment | null, notice: Notice | null): void {
    this.moment = moment ?? this.moment;
    this.notice = notice;
    this.failure = null;
    this.clock.setReadiness("ready");
    this.prefetch();
    this.skipPause();
    this.schedule();
  }

  private want(indices: readonly number[]): void {
    const missing = indices.filter((index) => !this.replay.isSettled(index));
    const entries = missing.flatMap((index) => this.replay.entry(index) ?? []);
    this.loader.want(entries, (entry, result) => this.arrived(entry, result));
  }

  private prefetch(): void {
    const here = segmentAt(this.replay.manifest.segments, this.clock.timeMs);
    const isPlaying = this.clock.intent === "playing";
    const ahead = !isPlaying ? 1 : this.clock.speed > 2 ? AHEAD_FAST : AHEAD;
    const next = Array.from({ length: ahead }, (_, i) => here + 1 + i);
    this.want(next.filter((index) => !this.failedAhead.has(index)));
    if (this.hasFonts) void this.indexAll();
  }

  private arrived(entry: SegmentEntry, result: LoadResult): void {
    const index = this.replay.manifest.segments.indexOf(entry);
    if (result.kind === "loaded") this.replay.put(index, result.value);
    else if (result.kind === "bad") this.replay.putBad(index, result.why);
    else this.failed(index, result.message);
    this.refresh();
  }

  /** Only the segment that is looked at matters now. */
  private failed(index: number, message: string): void {
    const seen = this.replay.at(this.clock.timeMs);
    if ("wanted" in seen && seen.wanted === index) this.failure = message;
    else this.failedAhead.add(index);
  }

  /** Reads a small replay through, one segment after the other, for its markers. */
  private async indexAll(): Promise<void> {
    const { segments } = this.replay.manifest;
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    if (this.isIndexing || bytes > MAX_INDEXED_BYTES) return;
    this.isIndexing = true;
    for (const [index, entry] of segments.entries()) {
      if (this.replay.isIndexed(index)) continue;
      const result = await this.loader.load(entry, this.indexing.signal, loadMarkers);
      if (result === null || this.isDestroyed) return;
      if (result.kind === "loaded") this.replay.index(index, result.value);
      if (result.kind === "bad") this.replay.putBad(index, result.why);
      this.refresh();
    }
  }

  /** While playing, a pause in which nothing was recorded is not waited for. */
  private skipPause(): void {
    if (this.notice?.kind !== "not-recorded" || !this.clock.isRunning) return;
    const target = this.notice.untilMs - PAUSE_REST_MS * this.clock.speed;
    if (target > this.clock.timeMs) this.clock.seek(target);
  }

  /** Asks for the next tick while time runs. */
  private schedule(): void {
    if (!this.clock.isRunning || this.tick !== 0) return;
    this.tick = requestAnimationFrame((nowMs) => {
      this.tick = 0;
      if (this.isDestroyed) return;
      if (this.clock.tick(nowMs)) this.refresh();
      this.schedule();
    });
  }

  /** Draws the frame where it is another one, and what lies over it. */
  private paint(): void {
    if (!this.moment || !this.hasFonts || this.isDestroyed) return;
    const size = this.fit();
    const key = `${this.moment.key} ${size.width}×${size.height} ${this.pictures.revision}`;
    if (size.width === 0 || this.moment.timeMs !== this.clock.timeMs) return;
    if (key !== this.painted) {
      resize(this.frame, size);
      this.pictures.begin();
      paintMoment(this.frame, this.moment, this.pictures);
      this.pictures.fetchWanted();
      this.painted = key;
    }
    // For tests and for whoever looks into the page: the time of the frame on the canvas.
    this.frame.dataset.timeMs = String(this.moment.timeMs);
    this.paintOver();
  }

  private paintOver(): void {
    if (!this.moment || !this.hasFonts) return;
    const size = this.fit();
    resize(this.overlay, size);
    const { fingers, timeMs } = this.moment;
    const content = {
      fingers: this.showsTouches ? fingers : [],
      highlight: this.highlightBox(),
      timeMs,
      isStill: this.isStill,
    };
    paintOverlay(this.overlay, size.width / this.viewport.width, content);
  }

  private highlightBox(): Rect | null {
    const node = this.highlighted === null ? null : this.moment?.tree.get(this.highlighted);
    return node ? screenBox(node) : null;
  }

  /** Pixels of the canvas: those of the display, never those of the phone. */
  private fit(): { width: number; height: number } {
    const ratio = this.clock.isRunning
      ? Math.min(devicePixelRatio, MAX_PLAYING_RATIO)
      : devicePixelRatio;
    const { clientWidth, clientHeight } = this.host;
    return { width: Math.round(clientWidth * ratio), height: Math.round(clientHeight * ratio) };
  }
}

/** Setting a canvas's size clears it, even to the same value. */
function resize(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
