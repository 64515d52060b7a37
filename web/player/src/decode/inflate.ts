import { expected, type Place } from "./error.ts";

/**
 * Inflates one raw DEFLATE stream that says it holds `size` bytes.
 *
 * Stops reading as soon as there is more than that, so a stream can never
 * make the page allocate more than the format allows.
 */
export async function inflate(
  deflated: Uint8Array,
  size: number,
  place: Place,
): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  const filled = await inflateInto(out, deflated).catch(() => -1);
  if (filled !== size) throw expected(place, "a DEFLATE stream of the stated size");
  return out;
}

/** How many bytes came out, or −1 where they do not fit. */
async function inflateInto(out: Uint8Array, deflated: Uint8Array): Promise<number> {
  const source = new Blob([deflated.slice()]).stream();
  const stream = source.pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
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
