/** Whether the viewer wants time to run. */
export type Intent = "playing" | "paused";
/** Whether it can. */
export type Readiness = "ready" | "buffering" | "failed";

/** The slowest and the fastest speed, and those between. */
export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;

/** Longest step of one tick, in ms of real time: after a sleeping tab time does not leap. */
const MAX_STEP_MS = 250;

/**
 * The one clock of a player. Time runs only while it is wanted and possible;
 * nothing else in the player moves it.
 */
export class Clock {
  readonly durationMs: number;
  private time = 0;
  private wanted: Intent = "paused";
  private can: Readiness = "buffering";
  private rate = 1;
  private lastTickMs: number | null = null;

  constructor(durationMs: number) {
    this.durationMs = durationMs;
  }

  /** Replay time. */
  get timeMs(): number {
    return this.time;
  }

  get intent(): Intent {
    return this.wanted;
  }

  get readiness(): Readiness {
    return this.can;
  }

  get speed(): number {
    return this.rate;
  }

  get isRunning(): boolean {
    return this.wanted === "playing" && this.can === "ready";
  }

  /** Wants time to run; from the end it starts over. */
  play(): void {
    if (this.time >= this.durationMs) this.time = 0;
    this.wanted = "playing";
    this.lastTickMs = null;
  }

  pause(): void {
    this.wanted = "paused";
    this.lastTickMs = null;
  }

  /** Moves to a replay time, clamped to the replay. */
  seek(timeMs: number): void {
    this.time = Math.min(Math.max(0, Number.isFinite(timeMs) ? timeMs : 0), this.durationMs);
  }

  /** Sets the speed, clamped to {@link SPEEDS}. */
  setSpeed(speed: number): void {
    this.rate = Math.min(Math.max(speed, SPEEDS[0]), 16);
  }

  setReadiness(readiness: Readiness): void {
    if (readiness !== this.can) this.lastTickMs = null;
    this.can = readiness;
  }

  /** Moves on to the real time `nowMs`; at the end it pauses. Returns whether time has moved. */
  tick(nowMs: number): boolean {
    const since = this.lastTickMs === null ? 0 : nowMs - this.lastTickMs;
    this.lastTickMs = nowMs;
    if (!this.isRunning || since <= 0) return false;
    this.seek(this.time + Math.min(since, MAX_STEP_MS) * this.rate);
    if (this.time >= this.durationMs) this.pause();
    return true;
  }
}
