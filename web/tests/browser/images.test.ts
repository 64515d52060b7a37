import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type BoundPicture,
  DEFAULT_FIELDS,
  type Fields,
  type Record,
} from "../../player/src/model.ts";
import { KIND } from "../../player/src/words.ts";
import { encodeSegment } from "../support/encoder.ts";
import { keyframeOf, PLAIN_HEADER, PLAIN_STATE, PLAIN_VIEWPORT } from "../support/scene.ts";
import { frameAt, framePng, launch, openPage, type Watched } from "./pages.ts";
import { openServer, type ServerTarget } from "./target.ts";

const PROGRAM = process.env.VIEWREEL_BIN;
const { deviceId, startMs } = PLAIN_HEADER;
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];
const GREEN = [0, 170, 0];
const WHITE = [255, 255, 255];
const CYAN = [0, 255, 255];

/** A PNG of 60 × 30 pixels, its left half of one colour and its right half of another. */
function halves(left: readonly number[], right: readonly number[]): Buffer {
  const png = new PNG({ width: 60, height: 30 });
  for (let i = 0; i < png.data.length; i += 4) {
    const half = (i / 4) % 60 < 30 ? left : right;
    png.data.set([...half, 255].slice(0, 4), i);
  }
  return PNG.sync.write(png);
}

/** A picture of one colour, as the browser encodes it. */
async function encoded(browser: Browser, type: string, color: string): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate(
    ([type = "", color = ""]) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 32;
      const ctx = canvas.getContext("2d");
      if (ctx) ctx.fillStyle = color;
      ctx?.fillRect(0, 0, 32, 32);
      return canvas.toDataURL(type);
    },
    [type, color],
  );
  await page.close();
  expect(url).toContain(type);
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** A node of 100 × 100 points, its upper left corner there. */
function pictureAt(x: number, y: number, image: Partial<Fields["image"]>): Partial<Fields> {
  return {
    kind: KIND.image,
    position: { x: x + 50, y: y + 50 },
    size: { x: 100, y: 100 },
    image: { ...DEFAULT_FIELDS.image, ...image },
  };
}

/** A sealed segment of a replay: these nodes on a screen, then what handles stand for. */
function segmentOf(
  sessionId: string,
  nodes: readonly Partial<Fields>[],
  bound: readonly (readonly [handle: number, picture: BoundPicture])[],
): Uint8Array<ArrayBuffer> {
  const children = nodes.map((fields, i) => ({ id: 2 + i, fields, children: [] }));
  const { width: x, height: y } = PLAIN_VIEWPORT;
  const screen = { position: { x: x / 2, y: y / 2 }, size: { x, y } };
  const records: Record[] = [
    { timeMs: startMs, body: { kind: "state", state: PLAIN_STATE } },
    {
      timeMs: startMs,
      body: { kind: "keyframe", keyframe: keyframeOf([{ id: 1, fields: screen, children }]) },
    },
    ...bound.map(([handle, picture]): Record => {
      return { timeMs: startMs, body: { kind: "image", binding: { handle, picture } } };
    }),
    { timeMs: startMs + 5_000, body: { kind: "event", name: "End" } },
  ];
  const segmentId = Buffer.from(sessionId.padEnd(16, "-")).toString("hex");
  return encodeSegment({ ...PLAIN_HEADER, sessionId, segmentId }, records);
}

const known = (id: string): BoundPicture => ({ kind: "known", id, widthPx: 60, heightPx: 30 });
const idOf = (number: number) => number.toString(16).padStart(16, "0");

/** The colour of the frame at a point of the screen, as coarse as encodings are lossy. */
function colorAt(frame: Buffer, x: number, y: number): number[] {
  const { data, width } = PNG.sync.read(frame);
  const scale = width / PLAIN_VIEWPORT.width;
  const at = 4 * (Math.round(y * scale) * width + Math.round(x * scale));
  return [...data.subarray(at, at + 3)].map((part) => Math.round(part / 17) * 17);
}

describe.runIf(PROGRAM)("a server that phones send pictures to", () => {
  let browser: Browser;
  let server: ServerTarget;

  beforeAll(async () => {
    browser = await launch();
    server = await openServer(PROGRAM ?? "");
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function send(method: string, path: string, body: Uint8Array): Promise<unknown> {
    const headers = { authorization: `Bearer ${server.key}` };
    const answer = await fetch(`${server.url}/api/v1/${path}`, {
      method,
      headers,
      body: Uint8Array.from(body),
    });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  const putPicture = async (id: string, bytes: Uint8Array) =>
    expect(await send("PUT", `images/${deviceId}/${id}`, bytes)).toMatchObject({
      outcome: "stored",
    });

  async function watch(
    sessionId: string,
    act: (watched: Watched) => Promise<void>,
    prepare: (watched: Watched) => Promise<unknown> = async () => undefined,
  ): Promise<void> {
    const watched = await openPage(browser, server.url);
    try {
      await prepare(watched);
      await watched.page.goto(`${server.url}/r/${deviceId}/${sessionId}`);
      await frameAt(watched.page, 0);
      await act(watched);
    } finally {
      await watched.page.context().close();
    }
  }

  test("shows them as the phone did, where they are there", async () => {
    await putPicture(idOf(1), halves(RED, BLUE));
    await putPicture(idOf(2), halves([0, 0, 0], [0, 0, 0, 0]));
    await putPicture(idOf(3), await encoded(browser, "image/jpeg", "#ff0000"));
    await putPicture(idOf(4), await encoded(browser, "image/webp", "#0000ff"));
    const radii = [30, 30, 30, 30] as const;
    const nodes = [
      { ...pictureAt(10, 60, { handle: 1 }), shape: { clips: true, isContinuous: false, radii } },
      pictureAt(130, 60, { handle: 1, contentMode: 1 }),
      pictureAt(250, 60, { handle: 1, contentMode: 2 }),
      pictureAt(10, 200, { handle: 1, contentMode: 3 }),
      pictureAt(130, 200, { handle: 2, tint: 0x00aa00ff }),
      pictureAt(250, 200, { handle: 3, average: 0x00ffffff }),
      pictureAt(10, 340, { handle: 4, average: 0x00ffffff }),
      pictureAt(130, 340, { handle: 5, average: 0x00ffffff }),
      { ...pictureAt(250, 340, { handle: 1 }), mask: { action: "mask", reason: 1 } as const },
      pictureAt(10, 480, { handle: 6, average: 0x00ffffff }),
    ];
    const bound = [1, 2, 3, 4].map((number) => [number, known(idOf(number))] as const);
    const leftOut = [5, { kind: "left-out", why: "too-large" }] as const;
    const segment = segmentOf("shown", nodes, [...bound, leftOut]);
    expect(await send("POST", "segments", segment)).toMatchObject({ missing_images: [] });
    const rows: readonly (readonly [string, number, number, readonly number[]])[] = [
      ["filled, left", 35, 110, RED],
      ["filled, right", 85, 110, BLUE],
      ["filled, its corner", 13, 63, WHITE],
      ["fitted, above", 180, 70, WHITE],
      ["fitted, left", 150, 110, RED],
      ["fitted, right", 210, 110, BLUE],
      ["covering, left", 255, 65, RED],
      ["covering, right", 345, 155, BLUE],
      ["centred, left", 55, 250, RED],
      ["centred, right", 65, 250, BLUE],
      ["centred, around", 40, 250, WHITE],
      ["a template's ink", 150, 250, GREEN],
      ["a template's nothing", 210, 250, WHITE],
      ["a JPEG", 300, 250, RED],
      ["a WebP", 60, 390, BLUE],
      ["not bound", 20, 490, CYAN],
    ];
    await watch("shown", async ({ page, offences }) => {
      const found = async () => {
        const frame = await framePng(page);
        return rows.map(([what, x, y]) => [what, x, y, colorAt(frame, x, y)]);
      };
      await expect.poll(found).toEqual(rows);
      const frame = await framePng(page);
      for (const [what, x] of [
        ["left out", 135],
        ["masked", 255],
      ] as const) {
        expect(Math.min(...colorAt(frame, x, 345)), `${what}: a placeholder`).toBeGreaterThan(200);
      }
      expect(offences).toEqual([]);
    });
  });

  test("shows the average where one did not come or is none, and asks once", async () => {
    const nodes = [7, 8, 9].map((handle) =>
      pictureAt(10 + 120 * (handle - 7), 60, { handle, average: 0x00ffffff }),
    );
    const bound = [7, 8, 9].map((number) => [number, known(idOf(number))] as const);
    const missing = [7, 8, 9].map(idOf);
    const segment = segmentOf("missing", nodes, bound);
    expect(await send("POST", "segments", segment)).toMatchObject({ missing_images: missing });
    const asked: string[] = [];
    const huge = halves(RED, RED);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    const svg = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>";
    const prepare = async ({ page }: Watched) => {
      page.on("request", (request) => {
        const id = /\/images\/([0-9a-f]{16})$/.exec(request.url())?.[1];
        if (id) asked.push(id);
      });
      await page.route(`**/images/${idOf(8)}`, (route) =>
        route.fulfill({ contentType: "image/svg+xml", body: svg }),
      );
      await page.route(`**/images/${idOf(9)}`, (route) =>
        route.fulfill({ contentType: "image/png", body: huge }),
      );
    };
    const look = async ({ page, offences }: Watched) => {
      await expect.poll(() => asked.toSorted()).toEqual(missing);
      const width = async () => PNG.sync.read(await framePng(page)).width;
      const before = await width();
      await page.setViewportSize({ width: 900, height: 700 });
      await expect.poll(width).not.toBe(before);
      const frame = await framePng(page);
      for (const x of [15, 135, 255]) expect(colorAt(frame, x, 65)).toEqual(CYAN);
      expect(asked).toHaveLength(3);
      expect(await page.locator("img, iframe, object, svg image").count()).toBe(0);
      expect(offences.filter((text) => !text.includes("404"))).toEqual([]);
    };
    await watch("missing", look, prepare);
  });

  test("draws one that comes late without being asked to move", async () => {
    const nodes = [pictureAt(10, 60, { handle: 1, average: 0x00ffffff })];
    await putPicture(idOf(10), halves(RED, BLUE));
    await send("POST", "segments", segmentOf("late", nodes, [[1, known(idOf(10))]]));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const prepare = ({ page }: Watched) =>
      page.route(`**/images/${idOf(10)}`, async (route) => {
        await held;
        await route.continue();
      });
    const look = async ({ page }: Watched) => {
      expect(colorAt(await framePng(page), 15, 65)).toEqual(CYAN);
      release();
      await expect.poll(async () => colorAt(await framePng(page), 15, 65)).toEqual(RED);
      expect(await page.getByRole("button", { name: "Play" }).count()).toBe(1);
    };
    await watch("late", look, prepare);
  });
});
