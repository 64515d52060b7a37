import type { Body, Record } from "../../../player/src/model.ts";
import { type TimedTouch, writePlain, writeTouches } from "./bodies.ts";
import { Moves } from "./moves.ts";
import type { Choices } from "./nodes.ts";
import { Tables } from "./tables.ts";
import { writeDiff, writeKeyframe } from "./trees.ts";
import { Writer, written } from "./writer.ts";

const TRACKS: { readonly [kind in Body["kind"]]: number } = {
  state: 0,
  keyframe: 0,
  diff: 0,
  viewport: 0,
  keyboard: 0,
  image: 0,
  touch: 1,
  lifecycle: 2,
  screen: 2,
  event: 2,
  log: 2,
  gap: 2,
  health: 2,
};

/** The track that holds a record. */
export function trackOf({ body }: Record): number {
  return TRACKS[body.kind];
}

/** Encodes the records of one track; tables, time and state run on from call to call. */
export class TrackEncoder {
  readonly tables = new Tables();
  private readonly moves = new Moves();
  private timeMs: number;
  private state = 0;
  private readonly choices: Choices;

  constructor(startMs: number, choices: Choices = {}) {
    this.timeMs = startMs;
    this.choices = choices;
  }

  /** The inflated bytes of records of this track; neighbouring touches become one. */
  encode(records: readonly Record[]): number[] {
    const touches = records.flatMap(({ timeMs, body }) =>
      body.kind === "touch" ? [{ timeMs, touch: body.touch }] : [],
    );
    if (touches.length > 0) return this.touches(touches);
    return records.flatMap((record) => this.record(record));
  }

  /** A record of any kind, known or not, `sinceMs` after the one before. */
  raw(kind: number, body: readonly number[], sinceMs = 0): number[] {
    const out = new Writer();
    out.u8(kind);
    out.uv(sinceMs);
    out.uv(body.length);
    out.raw(body);
    this.timeMs += sinceMs;
    return out.bytes;
  }

  private touches(touches: readonly TimedTouch[]): number[] {
    const sinceMs = (touches[0]?.timeMs ?? 0) - this.timeMs;
    const bytes = this.raw(
      1,
      written((out) => writeTouches(out, touches)),
      sinceMs,
    );
    this.timeMs = touches.at(-1)?.timeMs ?? this.timeMs;
    return bytes;
  }

  private record({ timeMs, body }: Record): number[] {
    let kind = 0;
    const bytes = written((out) => {
      kind = this.body(out, body);
    });
    return this.raw(kind, bytes, timeMs - this.timeMs);
  }

  private body(out: Writer, body: Body): number {
    if (body.kind === "touch") throw new Error("touches are written together");
    const to = { out, tables: this.tables, moves: this.moves };
    if (body.kind === "keyframe") {
      writeKeyframe(to, body.keyframe, this.choices);
      this.state = body.keyframe.state;
      return 2;
    }
    if (body.kind !== "diff") return writePlain(out, this.tables, body);
    writeDiff(to, body.diff, this.state, this.choices);
    this.state = (this.state + 1) >>> 0;
    return 3;
  }
}
