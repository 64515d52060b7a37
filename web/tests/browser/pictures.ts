import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** Whether pictures are written instead of compared. */
export const UPDATES = process.env.UPDATE_PICTURES === "1";

/** Colour distance of a pixel that still counts as equal, 0…1. */
const THRESHOLD = 0.1;
/** Share of pixels that may differ. */
const TOLERANCE = 0.005;

const GOLDEN = new URL("./golden/", import.meta.url);
const RESULTS = new URL("../../test-results/", import.meta.url);

/** Share of the pixels in which two pictures of the same size differ; 1 where the sizes differ. */
export function difference(a: Buffer, b: Buffer): number {
  const [left, right] = [PNG.sync.read(a), PNG.sync.read(b)];
  const { width, height } = left;
  if (width !== right.width || height !== right.height) return 1;
  return (
    pixelmatch(left.data, right.data, undefined, width, height, { threshold: THRESHOLD }) /
    (width * height)
  );
}

/** Compares a picture with its golden file, or writes that file. Returns what is wrong, if anything. */
export function checkGolden(name: string, picture: Buffer): string | null {
  const golden = new URL(`${name}.png`, GOLDEN);
  if (UPDATES) {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(golden, picture);
    return null;
  }
  if (!existsSync(golden)) return `no golden picture ${name}: write it with UPDATE_PICTURES=1`;
  const share = difference(picture, readFileSync(golden));
  if (share <= TOLERANCE) return null;
  mkdirSync(RESULTS, { recursive: true });
  const found = new URL(`${name}.png`, RESULTS);
  writeFileSync(found, picture);
  const percent = (share * 100).toFixed(2);
  return `${percent} % of the pixels differ from ${fileURLToPath(golden)}; see ${fileURLToPath(found)}`;
}

/** How many different colours a picture has. */
export function colorCount(picture: Buffer): number {
  const { data } = PNG.sync.read(picture);
  return new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4)).size;
}
