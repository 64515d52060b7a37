import type { Point, Touch } from "../model.ts";

/** How long a finger is still seen after it was lifted, and how long its trail is, in ms. */
export const TRAIL_MS = 250;

/** A touch at a replay time. */
export interface TimedTouch extends Touch {
  readonly timeMs: number;
}

/** A finger as it is drawn. */
export interface Finger extends Point {
  readonly pointer: number;
  readonly isMasked: boolean;
  readonly isDown: boolean;
  /** 1 while it is down, then falling to 0. */
  readonly strength: number;
  /** Milliseconds since it went down. */
  readonly downForMs: number;
  /** Where it was in the last {@link TRAIL_MS}, oldest first. */
  readonly trail: readonly TimedTouch[];
}

interface Path {
  downAt: number;
  samples: TimedTouch[];
}

/** The fingers that are seen at time `t`. Touches stand in order of time; linear in those before `t`. */
export function fingersAt(touches: readonly TimedTouch[], t: number): Finger[] {
  const paths = new Map<number, Path>();
  for (const touch of touches) {
    if (touch.timeMs > t) break;
    follow(paths, touch);
  }
  return [...paths.values()].flatMap((path) => fingerOf(path, t));
}

function follow(paths: Map<number, Path>, touch: TimedTouch): void {
  const path = paths.get(touch.pointer);
  if (!path || touch.phase === "down") {
    paths.set(touch.pointer, { downAt: touch.timeMs, samples: [touch] });
  } else {
    path.samples.push(touch);
  }
}

function fingerOf(path: Path, t: number): Finger[] {
  const last = path.samples.at(-1);
  if (!last) return [];
  const isDown = last.phase === "down" || last.phase === "move";
  const strength = isDown ? 1 : 1 - (t - last.timeMs) / TRAIL_MS;
  if (strength <= 0) return [];
  const trail = path.samples.filter((sample) => t - sample.timeMs <= TRAIL_MS);
  const { pointer, x, y, isMasked } = last;
  return [{ pointer, x, y, isMasked, isDown, strength, downForMs: t - path.downAt, trail }];
}
