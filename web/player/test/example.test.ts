import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRaw } from "../../tests/support/raw.ts";
import { decodeSegment, type Segment } from "../src/decode/segment.ts";
import type { Body } from "../src/model.ts";
import { States } from "../src/tree/states.ts";

const PAGE = new URL("../../../docs/formats/segment-v1.md", import.meta.url);
const FENCE = /```\n([^`]*)```/g;

/** The bytes of the listings of the worked example; behind two spaces stands what they are. */
function listings(): number[][] {
  const [, example = ""] = readFileSync(PAGE, "utf8").split("## 12. A worked example");
  return [...example.matchAll(FENCE)].map(([, listing = ""]) =>
    listing
      .trimEnd()
      .split("\n")
      .flatMap((line) => (line.split("  ")[0] ?? "").split(" "))
      .map((byte) => Number.parseInt(byte, 16)),
  );
}

function bodiesOf({ records }: Segment, kind: Body["kind"]) {
  return records.flatMap(({ timeMs, body }) => (body.kind === kind ? [{ timeMs, ...body }] : []));
}

describe("the worked example of the page", async () => {
  const [header = [], rest = []] = listings();
  const segment = await decodeSegment(Uint8Array.from([...header, ...rest]));

  test("is a whole segment with the header that is told", () => {
    expect(segment.header).toMatchObject({ deviceId: "d", sessionId: "s", startMs: 1_000 });
    expect(segment.footer).toMatchObject({ endMs: 1_250, chunks: 1, records: 7 });
  });

  test("scrolls by 12 pt, and by 12 pt again", () => {
    const scroll = { node: 2, fields: { scroll: { x: 0, y: 12 } } };
    expect(bodiesOf(segment, "diff")).toMatchObject([
      { timeMs: 1_100, diff: { updates: [scroll] } },
      { timeMs: 1_200, diff: { updates: [scroll] } },
    ]);
    const states = new States();
    for (const { body } of segment.records) states.play(body);
    expect(states.tree.get(2)?.fields).toMatchObject({
      classChain: "Feed:UIScrollView:UIView",
      size: { x: 320, y: 640 },
      position: { x: 160, y: 320 },
      scroll: { x: 0, y: 24 },
    });
  });

  test("is followed by an image record", async () => {
    const { records } = await readRaw(0, listings().at(-1) ?? []);
    expect(bodiesOf({ ...segment, records }, "image")).toMatchObject([
      { binding: { handle: 1, picture: { id: "0123456789abcdef", widthPx: 640, heightPx: 480 } } },
    ]);
  });

  test("is touched, and says so", () => {
    expect(bodiesOf(segment, "touch")).toMatchObject([
      { timeMs: 1_090, touch: { phase: "down", x: 160, y: 400 } },
      { timeMs: 1_106, touch: { phase: "move", x: 160, y: 388 } },
    ]);
    expect(bodiesOf(segment, "event")).toMatchObject([{ timeMs: 1_250, name: "Feed Scrolled" }]);
  });
});
