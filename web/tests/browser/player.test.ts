import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { frameAt, framePng, launch, openPage, seek, type Watched } from "./pages.ts";
import { checkGolden, colorCount, difference, UPDATES } from "./pictures.ts";
import { openFixture, openServer, openTarget, type Target } from "./target.ts";

/** Time of the picture that stands in the README, in ms. */
/** What the pictures of the mask levels show, in milliseconds. */
const LEVEL_PICTURES = [
  ["product", 40_000],
  ["checkout", 55_000],
] as const;
const PICTURE_MS = 50_000;
const IMAGES = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

let browser: Browser;
/** The server that the tests of a group visit. */
let target: Target;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

/** Starts what a group of tests visits, and stops it after them. */
function visits(open: () => Promise<Target>): void {
  beforeAll(async () => {
    target = await open();
  });
  afterAll(() => target?.stop());
}

/** Opens a path and closes its page afterwards; nothing may have gone wrong in it. */
async function visit(
  path: string,
  act: (watched: Watched) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const watched = await openPage(browser, target.url, options);
  try {
    await watched.page.goto(target.url + path);
    await act(watched);
    expect(watched.offences).toEqual([]);
  } finally {
    await watched.page.context().close();
  }
}

describe("any server", () => {
  visits(openTarget);

  test("lists replays, of which one can be opened, sought and compared with itself", async () => {
    await visit("/", async ({ page }) => {
      await page.getByRole("heading", { name: "Replays" }).waitFor();
      await page.locator("a.row").first().click();
      await frameAt(page, 0);
      await seek(page, 12_500);
      const direct = await framePng(page);
      await seek(page, 40_000);
      await seek(page, 3_000);
      await seek(page, 12_500);
      expect(difference(direct, await framePng(page))).toBe(0);
      expect(colorCount(direct)).toBeGreaterThan(20);
    });
  });

  test("plays, and keeps the time in the address when it pauses", async () => {
    await visit("/", async ({ page }) => {
      await page.locator("a.row").first().click();
      await frameAt(page, 0);
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Pause" }).waitFor();
      await page.waitForFunction(() => {
        const canvas = document.querySelector<HTMLCanvasElement>("canvas.viewreel-frame");
        return Number(canvas?.dataset.timeMs) > 300;
      });
      await page.keyboard.press("k");
      await page.getByRole("button", { name: "Play" }).waitFor();
      await page.waitForURL(/\?t=[0-9.]+$/);
    });
  });

  test.runIf(UPDATES)("gives the picture of the README", async (context) => {
    if (target.isFixture) context.skip();
    mkdirSync(IMAGES, { recursive: true });
    const look = async ({ page }: Watched) => {
      await page.locator("a.row").first().click();
      await frameAt(page, 0);
      await seek(page, PICTURE_MS);
      await page.screenshot({ path: `${IMAGES}player.png` });
    };
    await visit("/", look, { viewport: { width: 1200, height: 780 }, deviceScaleFactor: 2 });
  });

  for (const level of ["light", "medium", "conservative"]) {
    test.runIf(UPDATES)(`gives the pictures of level ${level}`, async (context) => {
      if (target.isFixture) context.skip();
      const look = async ({ page }: Watched) => {
        await page.locator("a.row", { hasText: `masked at ${level}` }).click();
        await frameAt(page, 0);
        for (const [name, timeMs] of LEVEL_PICTURES) {
          await seek(page, timeMs);
          const path = `${IMAGES}level-${level}-${name}.png`;
          await page.locator("canvas.viewreel-frame").screenshot({ path });
        }
      };
      await visit("/", look, { viewport: { width: 900, height: 860 }, deviceScaleFactor: 1 });
    });
  }
});

describe("a server that was sent what no app can record", () => {
  test.runIf(UPDATES)("gives the picture without masks", async () => {
    const { VIEWREEL_BIN: program, VIEWREEL_UNMASKED: segments } = process.env;
    if (!program || !segments) throw new Error("scripts/test-browser.sh gives both");
    const server = await openServer(program);
    target = { ...server, isFixture: false };
    try {
      const sent = await fetch(`${server.url}/api/v1/segments`, {
        method: "POST",
        headers: { Authorization: `Bearer ${server.key}` },
        body: readFileSync(segments),
      });
      expect(sent.status).toBe(200);
      const look = async ({ page }: Watched) => {
        await page.locator("a.row").click();
        await frameAt(page, 0);
        await seek(page, LEVEL_PICTURES[1][1]);
        await page
          .locator("canvas.viewreel-frame")
          .screenshot({ path: `${IMAGES}unmasked-checkout.png` });
      };
      await visit("/", look, { viewport: { width: 900, height: 860 }, deviceScaleFactor: 1 });
    } finally {
      await server.stop();
    }
  });
});

describe("the fixture", () => {
  visits(openFixture);

  const SHOP = "/r/7d2c9a51-phone/1763890860000";
  const DAMAGED = "/r/7d2c9a51-phone/1763804460000";

  for (const [name, timeMs] of [
    ["shop", 2_500],
    ["product", 19_100],
    ["checkout", 64_050],
  ] as const) {
    test(`looks at ${timeMs} ms as it did`, () =>
      visit(`${SHOP}?t=${timeMs / 1000}`, async ({ page }) => {
        await frameAt(page, timeMs);
        expect(checkGolden(name, await framePng(page))).toBeNull();
      }));
  }

  test("says in words what is kept, and of masked things only how many", () =>
    visit(`${SHOP}?t=65`, async ({ page }) => {
      await frameAt(page, 65_000);
      const words = page.locator("#frame-words");
      await expect.poll(() => words.textContent()).toContain("Screen Checkout.");
      expect(await words.textContent()).toContain("6 masked elements.");
    }));

  test("moves by its keys, and not while a list has the focus", () =>
    visit(`${SHOP}?t=20`, async ({ page }) => {
      await frameAt(page, 20_000);
      await page.keyboard.press("ArrowLeft");
      await frameAt(page, 15_000);
      await page.keyboard.press("l");
      await frameAt(page, 25_000);
      await page.keyboard.press("Home");
      await frameAt(page, 0);
      await page.getByRole("combobox", { name: "Speed" }).focus();
      await page.keyboard.press("End");
      await page.keyboard.press("Escape");
      await page.locator(".stage").click({ position: { x: 5, y: 5 } });
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
      await frameAt(page, 0);
    }));

  test("seeks to an event that is chosen, and outlines the element that is pointed at", () =>
    visit(SHOP, async ({ page }) => {
      await page.getByRole("option", { name: /Product Added/ }).click();
      await frameAt(page, 18_800);
      await page.getByRole("tab", { name: "Elements" }).click();
      const overlay = page.locator("canvas.viewreel-overlay");
      const inked = () =>
        overlay.evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const pixels =
            canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          return pixels.some((value) => value > 0);
        });
      expect(await inked()).toBe(false);
      await page.getByRole("treeitem", { name: /gift-switch/ }).hover();
      expect(await inked()).toBe(true);
    }));

  test("keeps the last good frame where a part is damaged, and says so", () =>
    visit(`${DAMAGED}?t=11`, async ({ page }) => {
      await frameAt(page, 11_000);
      const before = await framePng(page);
      await seek(page, 14_000);
      await page.getByText("This part is damaged and was skipped").waitFor();
      // The list had come to rest before: its last frame is still the picture.
      expect(difference(before, await framePng(page))).toBe(0);
      await page.getByText("1 part could not be read").waitFor();
    }));

  test("says when the server is gone, keeps the frame, and goes on after Retry", async () => {
    const { page, offences } = await openPage(browser, target.url);
    await page.goto(`${target.url}/`);
    let isGone = false;
    await page.route("**/segments/**", (route) => (isGone ? route.abort() : route.continue()));
    // Too large to be read ahead in the background: every part is fetched when it is needed.
    await page.route(`**/api/v1${SHOP.replace("/r/", "/replays/")}`, async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replace(/"bytes":\d+/g, '"bytes":9000000');
      await route.fulfill({ response, body: text });
    });
    await page.locator("a.row").first().click();
    await frameAt(page, 0);
    isGone = true;
    await page.getByRole("slider", { name: "Time" }).fill("65000");
    await page.getByText("Loading stopped").waitFor();
    expect(colorCount(await framePng(page))).toBeGreaterThan(20);
    isGone = false;
    await page.getByRole("button", { name: "Retry" }).click();
    await frameAt(page, 65_000);
    expect(offences.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
    await page.context().close();
  });

  test("draws a replay that is made to do harm, and makes no HTML of it", () =>
    visit("/", async ({ page }) => {
      await page.getByRole("link", { name: /<img src=x/ }).click();
      await frameAt(page, 0);
      await page
        .getByRole("option", { name: /<img src=x/ })
        .first()
        .click();
      await page.getByRole("tab", { name: "Elements" }).click();
      await page
        .getByRole("treeitem", { name: /<img src=x/ })
        .first()
        .waitFor();
      expect(await page.locator("img, iframe, object").count()).toBe(0);
      await seek(page, 500);
      await seek(page, 1_000);
    }));

  test("says in words that a replay is not there", async () => {
    const { page } = await openPage(browser, target.url);
    await page.goto(`${target.url}/r/nobody/1`);
    await page.getByRole("heading", { name: "This replay is not here" }).waitFor();
    await page.context().close();
  });

  test("fits a page of 320 pixels", () =>
    visit(
      SHOP,
      async ({ page }) => {
        await frameAt(page, 0);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBe(320);
      },
      { viewport: { width: 320, height: 640 } },
    ));
});
