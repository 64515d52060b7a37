import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Flags that make pixels repeatable and keep the browser from talking to anybody. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--hide-scrollbars",
];

/** The distribution's Chromium, or the one that `CHROMIUM` names. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page that notes everything that should not happen. */
export interface Watched {
  readonly page: Page;
  /** Console errors, exceptions, and requests to other hosts. */
  readonly offences: string[];
}

const CALM: BrowserContextOptions = {
  viewport: { width: 1000, height: 860 },
  deviceScaleFactor: 1,
  colorScheme: "light",
  reducedMotion: "reduce",
  locale: "en-GB",
  timezoneId: "Europe/Berlin",
};

/** A fresh page; nothing is kept from the one before. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ ...CALM, ...options });
  const page = await context.newPage();
  const offences: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") offences.push(message.text());
  });
  page.on("pageerror", (error) => offences.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) offences.push(`request to ${request.url()}`);
  });
  return { page, offences };
}

/** Waits until the canvas shows the frame of that replay time. */
export async function frameAt(page: Page, timeMs: number): Promise<void> {
  await page
    .locator(`canvas.viewreel-frame[data-time-ms="${timeMs}"]`)
    .waitFor({ state: "attached" });
}

/** The canvas of the frame as a PNG. */
export async function framePng(page: Page): Promise<Buffer> {
  const canvas = page.locator("canvas.viewreel-frame");
  const url = await canvas.evaluate((element) =>
    (element as HTMLCanvasElement).toDataURL("image/png"),
  );
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** Moves the seek bar to a replay time, as a pointer does. */
export async function seek(page: Page, timeMs: number): Promise<void> {
  await page.getByRole("slider", { name: "Time" }).fill(String(timeMs));
  await frameAt(page, timeMs);
}
