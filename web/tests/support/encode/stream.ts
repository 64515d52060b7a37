import { constants, deflateRawSync } from "node:zlib";

/** How far back a DEFLATE stream can refer. */
const WINDOW_BYTES = 32 << 10;
/** The end of every sync flush, which is left out. */
const FLUSH_BYTES = 4;

/** Deflates the chunks of a track as one stream. */
export class TrackStream {
  private window: Uint8Array = new Uint8Array();

  /** The payload of the next chunk. */
  deflate(inflated: Uint8Array): Uint8Array {
    const dictionary = this.window.length > 0 ? { dictionary: this.window } : {};
    const flushed = deflateRawSync(inflated, {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...dictionary,
    });
    const seen = Buffer.concat([this.window, inflated]);
    this.window = seen.subarray(Math.max(0, seen.length - WINDOW_BYTES));
    return flushed.subarray(0, -FLUSH_BYTES);
  }
}
