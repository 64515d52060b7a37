import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TrackEncoder } from "../../tests/support/encode/track.ts";
import {
  encodeChunk,
  encodeHeader,
  encodeSegment,
  SegmentEncoder,
  seal,
} from "../../tests/support/encoder.ts";
import { outcomeOf } from "../../tests/support/outcome.ts";
import {
  keyframeOf,
  PLAIN_HEADER,
  PLAIN_STATE,
  PLAIN_VIEWPORT,
} from "../../tests/support/scene.ts";
import { crc32 } from "../src/decode/crc32.ts";
import { FormatError } from "../src/decode/error.ts";
import {
  decodeSegment,
  readLayout,
  readOpening,
  readTrackOf,
  readTracks,
} from "../src/decode/segment.ts";
import { TRACK } from "../src/decode/track.ts";
import type { Body, Record } from "../src/model.ts";

const START = PLAIN_HEADER.startMs;
const HEADER = encodeHeader(PLAIN_HEADER);

function records(...bodies: Body[]): Record[] {
  const keyframe = keyframeOf([{ id: 1, fields: {}, children: [] }]);
  const head: Body[] = [
    { kind: "state", state: PLAIN_STATE },
    { kind: "keyframe", keyframe },
  ];
  return [...head, ...bodies].map((body, i) => ({ timeMs: START + Math.max(0, i - 1) * 10, body }));
}

/** `class offset`, or `class offset of track`, of what is wrong with `bytes`. */
async function errorOf(bytes: Uint8Array): Promise<string> {
  const error: unknown = await decodeSegment(bytes).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return "none";
  if (!(error instanceof FormatError)) throw error;
  const { track, offset } = error.place;
  return `${error.class} ${offset}${track === undefined ? "" : ` of ${track}`}`;
}

/** Changes bytes and makes the checksum of the header hold again. */
function withHeader(change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const header = Uint8Array.from(HEADER);
  const view = new DataView(header.buffer);
  change(header, view);
  view.setUint32(header.length - 4, crc32(header.subarray(0, -4)), true);
  return seal([...header], []);
}

const EVERY_KIND: Body[] = [
  { kind: "touch", touch: { pointer: 2, phase: "move", x: 12.5, y: -3, isMasked: true } },
  { kind: "viewport", viewport: { ...PLAIN_VIEWPORT, isDark: true } },
  { kind: "lifecycle", lifecycle: "background" },
  { kind: "screen", name: "Cart" },
  {
    kind: "keyboard",
    keyboard: { isVisible: true, frame: { x: 0, y: 500, width: 393, height: 352 } },
  },
  { kind: "event", name: "Order Completed" },
  { kind: "log", level: "warn", message: "žluťoučký kůň" },
  { kind: "gap", reason: "blocked", durationMs: 5_000_000_000 },
  { kind: "health", health: { captured: 300, cut: 1, masked: 12, busyMs: 410 } },
  { kind: "touch", touch: { pointer: 2, phase: "up", x: 11, y: -3, isMasked: false } },
];

describe("a segment", () => {
  test("gives back every kind of record, however it is cut into chunks", async () => {
    const written = records(...EVERY_KIND);
    for (const perChunk of [1, 2, 3, 100]) {
      const { records: read } = await decodeSegment(encodeSegment(PLAIN_HEADER, written, perChunk));
      expect(read).toEqual(written);
    }
  });

  test("merges its tracks by time, at equal times the lower track first", async () => {
    const bodies: Body[] = [EVERY_KIND[5], EVERY_KIND[0], EVERY_KIND[1]].flatMap((b) => b ?? []);
    const written = [...records(), ...bodies.map((body) => ({ timeMs: START + 5, body }))];
    const { records: read } = await decodeSegment(encodeSegment(PLAIN_HEADER, written));
    expect(read.map(({ body }) => body.kind)).toEqual([
      "state",
      "keyframe",
      "viewport",
      "touch",
      "event",
    ]);
  });

  test("gives back its header and footer", async () => {
    const bytes = encodeSegment(PLAIN_HEADER, records(...EVERY_KIND), 100);
    const { header, footer } = await decodeSegment(bytes);
    const { run, ...rest } = PLAIN_HEADER;
    expect(header).toEqual({ ...rest, run: "0000000000000007", exactStartMs: BigInt(START) });
    expect(run).toBe(7n);
    const counted = { chunks: 1, records: EVERY_KIND.length + 2, bytes: bytes.length };
    expect(footer).toEqual({ endMs: START + 10 * EVERY_KIND.length, ...counted });
  });

  test("is rejected wherever it is cut, where something is missing", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records(...EVERY_KIND), 3);
    for (let length = 0; length < whole.length; length++) {
      const error = await errorOf(whole.slice(0, length));
      expect(error, `cut at ${length}`).toMatch(/^expected \d+$/);
      expect(Number(error.slice(9))).toBeLessThanOrEqual(length);
    }
  });

  test("is rejected whichever bit flips", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records(...EVERY_KIND), 3);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await errorOf(flipped), `bit ${bit}`).not.toBe("none");
    }
  });

  test("never makes a reader throw anything but its own errors", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records(...EVERY_KIND), 3);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(whole.length),
        async (junk, at) => {
          await outcomeOf(Uint8Array.from([...whole.slice(0, at), ...junk]));
        },
      ),
    );
  });

  test("is rejected when more bytes follow it", async () => {
    const whole = encodeSegment(PLAIN_HEADER, records());
    expect(await errorOf(Uint8Array.from([...whole, 0]))).toBe(`expected ${whole.length}`);
  });
});

describe("a header", () => {
  test("may be longer than this version's", async () => {
    const longer = encodeHeader(PLAIN_HEADER, 1, [1, 2, 3]);
    const visual = new TrackEncoder(START).encode(records());
    const segment = new SegmentEncoder(longer).chunk(0, visual).seal();
    expect((await decodeSegment(segment)).header.sessionId).toBe("session");
    const most = encodeHeader(PLAIN_HEADER, 1, Array(512 - HEADER.length).fill(0));
    expect(await errorOf(seal(most, []))).toBe("none");
    const tooLong = encodeHeader(PLAIN_HEADER, 1, Array(513 - HEADER.length).fill(0));
    expect(await errorOf(seal(tooLong, []))).toBe("limit 6");
  });

  test("of another version says so, whatever else it is", async () => {
    expect(await errorOf(seal(encodeHeader(PLAIN_HEADER, 2), []))).toBe("version 4");
    expect(await errorOf(Uint8Array.of(0x56, 0x52, 0x53, 0x47, 0, 0))).toBe("version 4");
    expect(await errorOf(Uint8Array.of(0x56, 0x52, 0x53, 0x48, 0, 0))).toBe("expected 0");
  });

  test("has a checksum that is checked before its fields", async () => {
    const damaged = seal(HEADER, []);
    damaged[54] = 0;
    expect(await errorOf(damaged)).toBe("checksum 0");
  });

  test("has a length of 62 to 512 that is there", async () => {
    const ofLength = (length: number) =>
      errorOf(withHeader((_, view) => view.setUint16(6, length, true)));
    for (const length of [0, 11, 61, 200]) expect(await ofLength(length)).toBe("expected 6");
    for (const length of [513, 65_535]) expect(await ofLength(length)).toBe("limit 6");
    expect(await ofLength(62)).toBe("checksum 0");
    const least = encodeHeader({ ...PLAIN_HEADER, deviceId: "d", sessionId: "s" });
    expect(least).toHaveLength(62);
    expect(await errorOf(seal(least, []))).toBe("none");
  });

  test("has ids of 1 to 128 of a few characters", async () => {
    const device = (...bytes: number[]) => withHeader((all) => all.set(bytes, 54));
    expect(await errorOf(device(0))).toBe("expected 54");
    expect(await errorOf(device(129, 1))).toBe("limit 54");
    expect(await errorOf(device(127))).toBe("expected 54");
    expect(await errorOf(device(6, 0x20))).toBe("expected 55");
    expect(await errorOf(device(6, 0xff))).toBe("expected 55");
    expect(await errorOf(withHeader((all) => all.set([0x2f], 66)))).toBe("expected 62");
  });

  test("may hold times that JavaScript rounds", async () => {
    const late = withHeader((_, view) => view.setBigUint64(36, 2n ** 64n - 1n, true));
    expect(readLayout(late).header.exactStartMs).toBe(2n ** 64n - 1n);
    const later = seal([...late.subarray(0, HEADER.length)], [], { lastMs: 1 });
    expect(await errorOf(later)).toBe(`expected ${HEADER.length + 1}`);
  });
});

describe("chunks", () => {
  const visual = new TrackEncoder(START).encode(records());
  const chunk = () => new SegmentEncoder([]).chunk(0, visual);
  const [at, bytes] = [HEADER.length, [...chunk().seal()].slice(0, -8)];
  const sealed = (...chunks: number[][]) => seal(HEADER, chunks);
  const stored = (inflatedBytes: number, payload: number[] = [], track = 0) =>
    encodeChunk({ track, inflatedBytes, payload });

  test("have a tag, sizes and a payload that are all there", async () => {
    for (const tag of [0, 0x0f, 0x10, 0x20, 0x47]) {
      expect(await errorOf(sealed([tag, ...bytes.slice(1)]))).toBe(`expected ${at}`);
    }
    const cut = (length: number) =>
      errorOf(Uint8Array.from([...HEADER, ...bytes.slice(0, length)]));
    expect(await cut(0)).toBe(`expected ${at}`);
    expect(await cut(1)).toBe(`expected ${at + 1}`);
    expect(await cut(2)).toBe(`expected ${at + 2}`);
    expect(await cut(3)).toBe(`expected ${at + 2}`);
    expect(await cut(10)).toBe(`expected ${at + 2}`);
    expect(await cut(bytes.length - 1)).toBe(`expected ${at + bytes.length - 4}`);
  });

  test("have a checksum at the first byte of what it covers", async () => {
    const damaged = sealed(bytes, bytes);
    const second = at + bytes.length;
    damaged[second + 20] = (damaged[second + 20] ?? 0) ^ 1;
    expect(await errorOf(damaged)).toBe(`checksum ${second}`);
  });

  test("inflate to at least a byte, and to exactly what they say", async () => {
    expect(await errorOf(sealed(stored(0)))).toBe(`expected ${at + 1}`);
    const unsound = [...stored(0).slice(0, -1), 0];
    expect(await errorOf(sealed(unsound))).toBe(`expected ${at + 1}`);
    for (const wrong of [-1, 1]) {
      const size = visual.length + wrong;
      const payload = deflateRawSync(Uint8Array.from(visual)).subarray(0, -4);
      expect(await errorOf(sealed(stored(size, [...payload])))).toBe("expected 0 of 0");
    }
  });

  test("are one DEFLATE stream that ends where they end", async () => {
    const raw = (last: boolean) => [last ? 1 : 0, visual.length, 0, 255 - visual.length, 255];
    const whole = stored(visual.length, [...raw(false), ...visual, 0]);
    expect(await errorOf(sealed(whole))).toBe("none");
    const endsEarly = stored(visual.length, [...raw(true), ...visual, 0]);
    expect(await errorOf(sealed(endsEarly))).toBe("expected 0 of 0");
    const isNone = stored(visual.length, [7, ...raw(false), ...visual, 0]);
    expect(await errorOf(sealed(isNone))).toBe("expected 0 of 0");
    const openEnd = stored(visual.length, [...raw(false), ...visual]);
    expect(await errorOf(sealed(openEnd))).toBe("expected 0 of 0");
  });

  test("are one stream however long, with nothing behind it", async () => {
    const noise = Array.from({ length: 300_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff);
    const encoder = new TrackEncoder(START);
    const first = encoder.encode(records());
    const rest = [noise, noise, noise].flatMap((body) => encoder.raw(99, body));
    const segment = new SegmentEncoder(HEADER).chunk(0, first).chunk(0, rest).seal();
    expect(await errorOf(segment)).toBe("none");
    const block = (last: number, bytes: number[]) => [
      ...[last, bytes.length & 255, bytes.length >> 8],
      ...[255 - (bytes.length & 255), 255 - (bytes.length >> 8), ...bytes],
    ];
    const early = [...block(1, visual), ...Array<number>(200_000).fill(1)];
    expect(await errorOf(sealed(stored(visual.length, early)))).toBe("expected 0 of 0");
  });

  test("may bring the end of a stream themselves only at the very end", async () => {
    // The last block's data are the four bytes that every chunk ends in and the final block.
    const data = [0, 0, 0xff, 0xff, 3, 0];
    const payload = [0, visual.length, 0, 255 - visual.length, 255, ...visual, 1, 6, 0, 0xf9, 0xff];
    const whole = sealed(stored(visual.length + data.length, payload));
    // The data are read as a record of kind 0 whose body is longer than what is left.
    expect(await errorOf(whole)).toBe(`expected ${visual.length + 2} of 0`);
  });

  test("have pieces of several tracks, whose sizes come first", async () => {
    const pieces = [
      { track: 0, inflatedBytes: visual.length, payload: bytes.slice(3, -4) },
      { track: 2, inflatedBytes: 5, payload: [0, 5, 0, 250, 255, 1, 0, 2, 0, 0, 0] },
    ];
    const whole = encodeChunk(...pieces);
    expect(whole.slice(0, 5)).toEqual([0x15, visual.length, pieces[0]?.payload.length, 5, 11]);
    expect(await errorOf(sealed(whole))).toBe("none");
    const cut = (length: number) =>
      errorOf(Uint8Array.from([...HEADER, ...whole.slice(0, length)]));
    for (const length of [0, 1, 2, 3, 4]) expect(await cut(length)).toBe(`expected ${at + length}`);
    const first = 5 + (pieces[0]?.payload.length ?? 0);
    for (const length of [5, first - 1]) expect(await cut(length)).toBe(`expected ${at + 2}`);
    for (const length of [first, first + 10]) expect(await cut(length)).toBe(`expected ${at + 4}`);
    for (const length of [first + 11, whole.length - 1]) {
      expect(await cut(length)).toBe(`expected ${at + first + 11}`);
    }
  });

  test("of a track from later versions are checked and left alone", async () => {
    const later = stored(5, [1, 2, 3], 3);
    expect(await errorOf(sealed(bytes, later))).toBe("none");
    later[4] = 99;
    expect(await errorOf(sealed(bytes, later))).toBe(`checksum ${at + bytes.length}`);
  });

  test("are limited in number, in size and in what they inflate to", async () => {
    const tiny = stored(1, [], 3);
    const many = (count: number) => sealed(bytes, ...Array(count - 1).fill(tiny));
    expect(await errorOf(many(4_096))).toBe("none");
    expect(await errorOf(many(4_097))).toBe(`limit ${at + bytes.length + 4_095 * tiny.length}`);
    const end = (chunk: number[]) => at + bytes.length + chunk.length;
    const bomb = (more: number) => {
      const draft = stored(70_000, [], 3);
      return stored(65_536 + 256 * end(draft) - visual.length + more, [], 3);
    };
    expect(await errorOf(sealed(bytes, bomb(0)))).toBe("none");
    expect(await errorOf(sealed(bytes, bomb(1)))).toBe(`limit ${at + bytes.length}`);
    const half = (inflatedBytes: number) => stored(inflatedBytes, Array(20_000).fill(0), 3);
    const large = half(4 << 20);
    expect(await errorOf(sealed(bytes, large, half((4 << 20) - visual.length)))).toBe("none");
    expect(await errorOf(sealed(bytes, large, large))).toBe(`limit ${end(large)}`);
    const huge = stored(1, Array(1 << 20).fill(0), 3);
    // Only the first 1 MiB is looked at: the payload's size, behind tag and
    // inflated size, is more than what is left.
    expect(await errorOf(sealed(bytes, huge))).toBe(`expected ${at + bytes.length + 2}`);
  });
});

describe("a footer", () => {
  const chunk = [
    ...new SegmentEncoder([]).chunk(0, new TrackEncoder(START).encode(records())).seal(),
  ].slice(0, -8);
  const at = HEADER.length + chunk.length;

  test("counts the chunks, and need not count the entries", async () => {
    expect(await errorOf(seal(HEADER, [chunk], { entries: 99 }))).toBe("none");
    expect(await errorOf(seal(HEADER, [chunk], { chunks: 2, lastMs: 300 }))).toBe(
      `expected ${at + 3}`,
    );
  });

  test("has a checksum of the whole segment, that is checked after its count", async () => {
    const damaged = (offset: number) => {
      const bytes = seal(HEADER, [chunk], { entries: 5 });
      bytes[offset] = 9;
      return errorOf(bytes);
    };
    expect(await damaged(at + 1)).toBe("checksum 0");
    expect(await damaged(at + 2)).toBe(`expected ${at + 2}`);
    expect(await damaged(at + 3)).toBe("checksum 0");
  });
});

describe("an opening", () => {
  test("is a state and a keyframe at the segment's start, or nothing can be played", async () => {
    const [state, keyframe] = records();
    const later = (record: Record | undefined): Record[] =>
      record ? [{ ...record, timeMs: START + 1 }] : [];
    const touch: Record[] = [{ timeMs: START, body: EVERY_KIND[0] as Body }];
    const playOf = async (...lists: (Record[] | Record | undefined)[]) => {
      const list = lists.flat().filter((record) => record !== undefined);
      const outcome = await outcomeOf(encodeSegment(PLAIN_HEADER, list));
      return "play" in outcome ? outcome.play : outcome;
    };
    const none = { error: { kind: "no opening" } };
    expect(await playOf(touch, state, keyframe)).toEqual({ nodes: 1, state: 0 });
    expect(await playOf()).toEqual(none);
    expect(await playOf(touch)).toEqual(none);
    expect(await playOf(state)).toEqual(none);
    expect(await playOf(keyframe, state)).toEqual(none);
    expect(await playOf(state, state, keyframe)).toEqual(none);
    expect(await playOf(later(state), later(keyframe))).toEqual(none);
    expect(await playOf(state, later(keyframe))).toEqual(none);
  });
});

describe("tracks", () => {
  test("are read each for itself", async () => {
    const event = new TrackEncoder(START).raw(3, [2, 119]);
    const unknownPhase = new TrackEncoder(START).raw(1, [1, 8, 0, 0, 0]);
    const segment = new SegmentEncoder(HEADER)
      .chunk(2, [...event, 3, 0, 1, 9])
      .chunk(1, unknownPhase)
      .chunk(0, new TrackEncoder(START).encode(records()))
      .seal();
    const [visual, touches, story] = await readTracks(readLayout(segment));
    expect(visual).toMatchObject({ error: null });
    expect(touches?.error?.place).toEqual({ track: 1, offset: 4 });
    expect(story?.records).toHaveLength(1);
    expect(story?.error?.place).toEqual({ track: 2, offset: 8 });
    expect(await errorOf(segment)).toBe("expected 4 of 1");
  });

  test("can be read without inflating the others", async () => {
    const segment = new SegmentEncoder(HEADER)
      .chunk(0, new TrackEncoder(START).encode(records()))
      .chunk(
        2,
        new TrackEncoder(START).encode(
          records(...EVERY_KIND).filter(({ body }) => body.kind === "log"),
        ),
      )
      .seal();
    const layout = readLayout(segment);
    const chunks = layout.chunks.map((pieces) =>
      pieces.map((piece) =>
        piece.track === TRACK.visual ? { ...piece, payload: Uint8Array.of(7) } : piece,
      ),
    );
    const { records: story } = await readTrackOf({ ...layout, chunks }, TRACK.story);
    expect(story.map(({ body }) => body.kind)).toEqual(["log"]);
    expect((await readOpening(layout))?.body.kind).toBe("state");
    expect(await readOpening({ ...layout, chunks })).toBeNull();
  });
});
