import type { Piece } from "./chunks.ts";
import { FormatError } from "./error.ts";

/** The end of a sync flush, which writers leave out. */
const FLUSH = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
/** An empty final block. */
const END = Uint8Array.of(0x03, 0x00);

/**
 * Inflates the pieces of one track, which are one raw DEFLATE stream.
 *
 * Stops as soon as more comes out than the pieces say, so a stream can never
 * make the page allocate more than the format allows.
 */
export async function inflateTrack(
  track: number,
  pieces: readonly Piece[],
): Promise<Uint8Array<ArrayBuffer>> {
  const size = pieces.reduce((sum, { inflatedBytes }) => sum + inflatedBytes, 0);
  const out = new Uint8Array(size);
  const stream = join([...pieces.flatMap(({ payload }) => [payload, FLUSH]), END]);
  const isWhole = (await inflateInto(out, stream)) === size && !(await endsEarly(stream, size));
  if (isWhole) return out;
  const message = "expected a DEFLATE stream of the stated size";
  throw new FormatError("expected", { track, offset: 0 }, message);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** How many bytes came out, or −1 where they do not fit or are no DEFLATE stream. */
async function inflateInto(out: Uint8Array, deflated: Uint8Array<ArrayBuffer>): Promise<number> {
  const source = new Blob([deflated]).stream();
  const reader = source.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    return await fill(out, reader);
  } catch {
    return -1;
  }
}

async function fill(
  out: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<number> {
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return filled;
    if (filled + value.length > out.length) return await giveUp(reader);
    out.set(value, filled);
    filled += value.length;
  }
}

async function giveUp(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  await reader.cancel().catch(() => undefined);
  return -1;
}

/**
 * Whether a stream that inflates ends before its last byte. Browsers refuse
 * what follows a stream; where the platform passes over it (Node does), a
 * stream that needs its last byte is told by failing without it.
 */
async function endsEarly(stream: Uint8Array<ArrayBuffer>, size: number): Promise<boolean> {
  passesOverMore ??= inflateInto(new Uint8Array(0), join([END, END])).then((size) => size === 0);
  if (!(await passesOverMore)) return false;
  return (await inflateInto(new Uint8Array(size), stream.subarray(0, -1))) >= 0;
}

let passesOverMore: Promise<boolean> | null = null;
