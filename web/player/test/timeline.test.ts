import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forest } from "../../tests/support/arbitrary.ts";
import { encodeSegment } from "../../tests/support/encoder.ts";
import {
  diffOf,
  keyframeOf,
  PLAIN_HEADER,
  PLAIN_STATE,
  readBack,
  type SceneNode,
} from "../../tests/support/scene.ts";
import type { Body, BoundPicture, Record, Touch } from "../src/model.ts";
import { Clock } from "../src/timeline/clock.ts";
import { fingersAt } from "../src/timeline/fingers.ts";
import { Loader, type LoadResult } from "../src/timeline/loader.ts";
import {
  type Manifest,
  parseManifest,
  type SegmentEntry,
  segmentAt,
} from "../src/timeline/manifest.ts";
import { joinMarkers } from "../src/timeline/markers.ts";
import { type Moment, Replay } from "../src/timeline/replay.ts";
import { type LoadedSegment, loadMarkers, loadSegment } from "../src/timeline/segment.ts";
import { FetchError, type SegmentSource } from "../src/timeline/source.ts";
import { States } from "../src/tree/states.ts";

const RECORD_START = 5_000;

function entry(index: number, startMs: number, endMs: number, isAfterGap = false): SegmentEntry {
  const segmentId = index.toString(16).padStart(32, "0");
  return {
    segmentId,
    run: "0",
    seq: index,
    startMs,
    endMs,
    recordStartMs: RECORD_START,
    bytes: 1,
    isAfterGap,
  };
}

function manifestOf(segments: SegmentEntry[]): Manifest {
  return {
    deviceId: "d",
    sessionId: "s",
    startedAtMs: 0,
    durationMs: segments.at(-1)?.endMs ?? 0,
    maskLevel: "medium",
    meta: PLAIN_STATE.meta,
    viewport: { width: 393, height: 852 },
    segments,
  };
}

function bytesOf(at: SegmentEntry, records: readonly Record[]): Uint8Array {
  return encodeSegment(
    { ...PLAIN_HEADER, segmentId: at.segmentId, startMs: RECORD_START },
    records,
  );
}

/** A segment whose records after state and keyframe follow each other by 10 ms. */
async function segmentOf(
  at: SegmentEntry,
  first: SceneNode[],
  bodies: Body[],
): Promise<LoadedSegment> {
  const head: Body[] = [
    { kind: "state", state: PLAIN_STATE },
    { kind: "keyframe", keyframe: keyframeOf(first) },
  ];
  const records = [...head, ...bodies].map((body, i) => ({
    timeMs: RECORD_START + Math.max(0, i - 1) * 10,
    body,
  }));
  return loadSegment(at, bytesOf(at, records));
}

function momentAt(replay: Replay, t: number): Moment {
  const moment = replay.at(t);
  if (!("tree" in moment)) throw new Error("no moment");
  return moment;
}

const NODE: SceneNode = { id: 1, fields: {}, children: [] };
const named = (name: string): SceneNode => ({ id: 1, fields: { identifier: name }, children: [] });
const rename = (base: number, name: string): Body => ({
  kind: "diff",
  diff: { ...diffOf([NODE], [named(name)], base) },
});

/** What a random segment does next: from which kept state it goes on, whether it keeps this one. */
interface Step {
  readonly scene: SceneNode[];
  readonly keeps: boolean;
  readonly isKeyframe: boolean;
  /** Which of the kept states it goes back to; the others go on. */
  readonly back: number;
}

/** The first scene of a segment, and keyframes and diffs, some of which keep or go back. */
const segmentBodies = fc
  .tuple(
    forest,
    fc.array(
      fc.record({
        scene: forest,
        keeps: fc.boolean(),
        isKeyframe: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
        back: fc.integer({ min: -4, max: 3 }),
      }),
      { minLength: 3, maxLength: 12 },
    ),
  )
  .map(([first, steps]): [SceneNode[], Body[]] => [first, bodiesOf(first, steps)]);

function bodiesOf(first: SceneNode[], steps: readonly Step[]): Body[] {
  let kept: { state: number; scene: SceneNode[] }[] = [];
  let scene = first;
  return steps.map((step, state): Body => {
    const current = { state, scene };
    if (step.keeps || step.isKeyframe) kept = [...kept, current].slice(-4);
    scene = step.scene;
    if (step.isKeyframe) return { kind: "keyframe", keyframe: keyframeOf(scene, state + 1) };
    const base = kept[step.back] ?? current;
    const diff = diffOf(base.scene, scene, base.state);
    return { kind: "diff", diff: { ...diff, keeps: step.keeps } };
  });
}

describe("a replay", () => {
  test("shows the same at a time, however one got there", async () => {
    await fc.assert(
      fc.asyncProperty(
        segmentBodies,
        fc.array(fc.integer({ min: 0, max: 130 }), { minLength: 40, maxLength: 80 }),
        async ([first, bodies], times) => {
          const only = entry(0, 0, 60);
          const segment = await segmentOf(only, first, bodies);
          const played = new States();
          const frames = segment.records.map(({ body }) => {
            played.play(body);
            return readBack(played.tree);
          });
          const replay = new Replay(manifestOf([only]));
          replay.put(0, segment);
          const last = segment.records.length - 1;
          for (const t of times) {
            const frame = frames[Math.min(1 + Math.floor(t / 10), last)];
            expect(readBack(momentAt(replay, t).tree)).toEqual(frame);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test("says which segment it wants, and forgets all but eight", async () => {
    const entries = Array.from({ length: 10 }, (_, i) => entry(i, i * 100, i * 100 + 90));
    const replay = new Replay(manifestOf(entries));
    expect(replay.at(250)).toEqual({ wanted: 2 });
    for (const [i, at] of entries.entries()) replay.put(i, await segmentOf(at, [NODE], []));
    expect(entries.filter((_, i) => replay.isSettled(i))).toHaveLength(8);
    expect(replay.at(50)).toEqual({ wanted: 0 });
    expect(momentAt(replay, 950).notice).toBeNull();
  });

  test("keeps the last good frame where a part is damaged, and says so", async () => {
    const entries = [entry(0, 0, 90), entry(1, 100, 190)];
    const replay = new Replay(manifestOf(entries));
    replay.putBad(1, "damaged");
    replay.put(0, await segmentOf(entry(0, 0, 90), [named("last")], []));
    const moment = momentAt(replay, 150);
    expect(moment.notice).toEqual({ kind: "damaged", segment: 1 });
    expect(moment.tree.get(1)?.fields.identifier).toBe("last");
  });

  test("has nothing to show where every part is missing", () => {
    const replay = new Replay(manifestOf([entry(0, 0, 90)]));
    replay.putBad(0, "missing");
    expect(replay.at(10)).toEqual({ notice: { kind: "missing", segment: 0 } });
  });

  test("knows what each image handle stands for at a time, going forth and back", async () => {
    const only = entry(0, 0, 90);
    const known = { kind: "known", id: "0123456789abcdef", widthPx: 2, heightPx: 3 } as const;
    const leftOut = { kind: "left-out", why: "too-large" } as const;
    const bound = (handle: number, picture: BoundPicture): Body => ({
      kind: "image",
      binding: { handle, picture },
    });
    const bodies = [bound(1, leftOut), bound(2, known), bound(1, known)];
    const replay = new Replay(manifestOf([only]));
    replay.put(0, await segmentOf(only, [NODE], bodies));
    const seen = (t: number) => [...momentAt(replay, t).images];
    const whole = [
      [1, known],
      [2, known],
    ];
    expect(seen(30)).toEqual(whole);
    expect(seen(0)).toEqual([]);
    expect(seen(20)).toEqual([
      [1, leftOut],
      [2, known],
    ]);
    expect(seen(90)).toEqual(whole);
  });

  test("leaves out a change that does not fit, and all after it", async () => {
    const only = entry(0, 0, 90);
    const bodies: Body[] = [
      rename(0, "good"),
      rename(7, "elsewhere"),
      rename(2, "after"),
      { kind: "screen", name: "Cart" },
      { kind: "keyframe", keyframe: keyframeOf([named("new")], 4) },
    ];
    const replay = new Replay(manifestOf([only]));
    replay.put(0, await segmentOf(only, [NODE], bodies));
    const seen = (t: number) => {
      const { tree, notice, around } = momentAt(replay, t);
      return [tree.get(1)?.fields.identifier, notice?.kind ?? "fine", around.screen];
    };
    for (const order of [
      [0, 10, 20, 30, 40, 50],
      [50, 40, 30, 20, 10, 0],
      [30, 50, 10, 40, 0, 20],
    ]) {
      const found = new Map(order.map((t) => [t, seen(t)]));
      expect(found.get(0)).toEqual(["", "fine", ""]);
      expect(found.get(10)).toEqual(["good", "fine", ""]);
      expect(found.get(20)).toEqual(["good", "damaged", ""]);
      expect(found.get(30)).toEqual(["good", "damaged", ""]);
      expect(found.get(50)).toEqual(["good", "damaged", "Cart"]);
    }
  });

  test("says why nothing was recorded between two parts", async () => {
    const entries = [entry(0, 0, 90), entry(1, 60_000, 60_090, true)];
    const replay = new Replay(manifestOf(entries));
    replay.put(0, await segmentOf(entry(0, 0, 90), [NODE], []));
    const notice = { kind: "not-recorded", untilMs: 60_000 };
    expect(momentAt(replay, 30_000).notice).toEqual({ ...notice, why: "Parts never arrived" });
    const gap: Body = { kind: "gap", reason: "background", durationMs: 59_910 };
    replay.put(1, await segmentOf(entry(1, 60_000, 60_090), [NODE], [gap]));
    expect(momentAt(replay, 30_000).notice).toEqual({ ...notice, why: "App in background" });
  });

  test("plays through a short while in which nothing changed, and names a long one", () => {
    const noticeIn = async (pauseMs: number) => {
      const entries = [entry(0, 0, 90), entry(1, 90 + pauseMs, 180 + pauseMs)];
      const replay = new Replay(manifestOf(entries));
      replay.put(0, await segmentOf(entry(0, 0, 90), [NODE], []));
      return momentAt(replay, 90 + pauseMs / 2).notice;
    };
    return Promise.all([
      expect(noticeIn(6_000)).resolves.toBeNull(),
      expect(noticeIn(60_000)).resolves.toMatchObject({
        kind: "not-recorded",
        why: "Nothing changed",
      }),
    ]);
  });

  test("takes what stands beside the tree from the records up to that time", async () => {
    const only = entry(0, 0, 90);
    const replay = new Replay(manifestOf([only]));
    const bodies: Body[] = [
      { kind: "screen", name: "Cart" },
      { kind: "lifecycle", lifecycle: "background" },
    ];
    replay.put(0, await segmentOf(only, [NODE], bodies));
    expect(momentAt(replay, 25).notice).toEqual({ kind: "background" });
    expect(momentAt(replay, 15).around.screen).toBe("Cart");
    expect(momentAt(replay, 15).notice).toBeNull();
    expect(momentAt(replay, 5).around.screen).toBe("");
  });
});

describe("the loader", () => {
  const one = entry(1, 0, 10);
  const two = entry(2, 20, 30);
  const noSleep = () => Promise.resolve();

  function outcome(source: SegmentSource): Promise<LoadResult> {
    return new Promise((resolve) => {
      new Loader(source, noSleep).want([one], (_, result) => resolve(result));
    });
  }

  test("asks three times before a server counts as failed", async () => {
    let asked = 0;
    const fetch = () => {
      asked++;
      return Promise.reject(new FetchError("server", "the server answered 503"));
    };
    expect(await outcome({ fetch })).toEqual({
      kind: "failed",
      message: "the server answered 503",
    });
    expect(asked).toBe(3);
  });

  test("does not ask again for what is missing or damaged", async () => {
    const missing = { fetch: () => Promise.reject(new FetchError("missing", "gone")) };
    expect(await outcome(missing)).toEqual({ kind: "bad", why: "missing" });
    const damaged = { fetch: () => Promise.resolve(Uint8Array.of(1, 2, 3)) };
    expect(await outcome(damaged)).toEqual({ kind: "bad", why: "damaged" });
    const other = { fetch: () => Promise.resolve(bytesOf(two, [])) };
    expect(await outcome(other)).toEqual({ kind: "bad", why: "damaged" });
    const unplayable = { fetch: () => Promise.resolve(bytesOf(one, [])) };
    expect(await outcome(unplayable)).toEqual({ kind: "bad", why: "damaged" });
  });

  test("gives up what is no longer wanted and keeps what still is", () => {
    const asked: string[] = [];
    const aborted: string[] = [];
    const fetch = (id: string, signal: AbortSignal) =>
      new Promise<Uint8Array>(() => {
        asked.push(id);
        signal.addEventListener("abort", () => aborted.push(id));
      });
    const loader = new Loader({ fetch }, noSleep);
    loader.want([one, two], () => undefined);
    loader.want([two], () => undefined);
    expect(asked).toEqual([one.segmentId, two.segmentId]);
    expect(aborted).toEqual([one.segmentId]);
  });
});

describe("the clock", () => {
  test("runs only while it is wanted and can", () => {
    const clock = new Clock(10_000);
    const tickTo = (nowMs: number) => {
      clock.tick(nowMs);
      return clock.timeMs;
    };
    clock.play();
    tickTo(0);
    expect(tickTo(100)).toBe(0);
    clock.setReadiness("ready");
    tickTo(200);
    expect(tickTo(300)).toBe(100);
    clock.setReadiness("buffering");
    expect(tickTo(5_000)).toBe(100);
    clock.setReadiness("ready");
    expect(tickTo(9_000)).toBe(100);
    clock.setSpeed(4);
    expect(tickTo(9_100)).toBe(500);
    clock.pause();
    expect(tickTo(9_200)).toBe(500);
  });

  test("stops at the end and starts over from there", () => {
    const clock = new Clock(100);
    clock.setReadiness("ready");
    clock.seek(90);
    clock.play();
    clock.tick(0);
    clock.tick(50);
    expect([clock.timeMs, clock.intent]).toEqual([100, "paused"]);
    clock.play();
    expect(clock.timeMs).toBe(0);
  });

  test("does not leap after the page slept, and keeps within the replay", () => {
    const clock = new Clock(1_000_000);
    clock.setReadiness("ready");
    clock.play();
    clock.tick(0);
    clock.tick(60_000);
    expect(clock.timeMs).toBe(250);
    clock.seek(Number.NaN);
    expect(clock.timeMs).toBe(0);
    clock.seek(2_000_000);
    expect(clock.timeMs).toBe(1_000_000);
  });
});

describe("fingers", () => {
  const touch = (timeMs: number, phase: Touch["phase"], pointer = 1) =>
    ({ timeMs, phase, pointer, x: timeMs, y: 0, isMasked: false }) as const;

  test("stay while down and fade within a quarter of a second when lifted", () => {
    const touches = [touch(0, "down"), touch(50, "move"), touch(100, "up")];
    expect(fingersAt(touches, 60)[0]).toMatchObject({
      x: 50,
      isDown: true,
      strength: 1,
      downForMs: 60,
    });
    expect(fingersAt(touches, 225)[0]).toMatchObject({ isDown: false, strength: 0.5 });
    expect(fingersAt(touches, 350)).toEqual([]);
  });

  test("leave a trail of the last quarter of a second", () => {
    const touches = [touch(0, "down"), touch(100, "move"), touch(300, "move")];
    expect(fingersAt(touches, 310)[0]?.trail.map(({ timeMs }) => timeMs)).toEqual([100, 300]);
  });

  test("are told apart", () => {
    expect(fingersAt([touch(0, "down", 1), touch(1, "down", 2)], 2)).toHaveLength(2);
  });
});

describe("markers", () => {
  test("are the same read from the story alone and from the whole segment", async () => {
    const only = entry(0, 0, 90);
    const bodies: Body[] = [
      rename(0, "other"),
      { kind: "screen", name: "Cart" },
      { kind: "touch", touch: { pointer: 1, phase: "down", x: 0, y: 0, isMasked: false } },
      { kind: "event", name: "Order Completed" },
      { kind: "gap", reason: "blocked", durationMs: 5 },
    ];
    const state = { ...PLAIN_STATE, screen: "Shop" };
    const { records } = await segmentOf(only, [NODE], bodies);
    const begun = records.map(
      (record): Record =>
        record.body.kind === "state" ? { ...record, body: { kind: "state", state } } : record,
    );
    const bytes = bytesOf(only, begun);
    const markers = await loadMarkers(only, bytes);
    expect(markers.map(({ name }) => name)).toEqual([
      "Shop",
      "Cart",
      "Order Completed",
      "Screen blocked",
    ]);
    expect((await loadSegment(only, bytes)).markers).toEqual(markers);
  });

  test("name a screen once, although every segment begins with it", () => {
    const screen = (timeMs: number, name: string) => ({ kind: "screen", timeMs, name }) as const;
    const joined = joinMarkers([
      [screen(90, "B"), screen(100, "B")],
      [screen(0, "A"), screen(50, "A")],
    ]);
    expect(joined).toEqual([screen(0, "A"), screen(90, "B")]);
  });
});

describe("the manifest", () => {
  test("sorts its segments and finds the one that a time falls into", () => {
    const segments = [entry(0, 0, 90), entry(1, 100, 190), entry(2, 400, 490)];
    const at = (t: number) => segmentAt(segments, t);
    expect([at(-5), at(0), at(99), at(100), at(399), at(400), at(9_999)]).toEqual([
      0, 0, 0, 1, 1, 2, 2,
    ]);
  });

  test("of another shape names what is missing", () => {
    expect(() => parseManifest({ device_id: 3 })).toThrow("manifest.viewport is not an object");
    expect(() => parseManifest([])).toThrow("manifest is not an object");
  });
});
