import { Lru } from "../timeline/cache.ts";
import type { ImageSource } from "../timeline/source.ts";
import { type DecodePicture, decodePicture } from "./decode.ts";

/** Most bytes of the pixels of all pictures that are kept: 8 screens of a phone. */
export const MAX_SHELF_BYTES = 128 << 20;
/** Most pictures that are fetched at once. */
export const MAX_PICTURE_LOADS = 4;
/** Most pictures of which it is remembered that they cannot be had. */
const MAX_FAILURES = 4_096;
const BYTES_PER_PIXEL = 4;

/** Gives the pictures that a frame shows. */
export interface PictureShelf {
  /** The picture of an id, where it is there; where not, it is fetched after the frame. */
  picture(id: string): ImageBitmap | null;
}

/**
 * Fetches the pictures of the frame that was drawn last, and keeps those used
 * last. One that fails is not asked for again before {@link Pictures.retry}.
 */
export class Pictures implements PictureShelf {
  private readonly source: ImageSource;
  private readonly changed: () => void;
  private readonly decode: DecodePicture;
  /** The one used longest ago first. */
  private readonly kept = new Map<string, ImageBitmap>();
  private readonly wanted = new Set<string>();
  private readonly running = new Set<string>();
  private failed = new Lru<string, true>(MAX_FAILURES);
  private readonly control = new AbortController();
  private bytes = 0;
  /** Counts the pictures that came for the frame that was drawn last. */
  revision = 0;

  /** `changed` is called when a picture came for the frame that was drawn last. */
  constructor(source: ImageSource, changed: () => void, decode = decodePicture) {
    this.source = source;
    this.changed = changed;
    this.decode = decode;
  }

  /** A frame begins: nothing is wanted before it asks. */
  begin(): void {
    this.wanted.clear();
  }

  picture(id: string): ImageBitmap | null {
    this.wanted.add(id);
    const bitmap = this.kept.get(id);
    if (!bitmap) return null;
    this.kept.delete(id);
    this.kept.set(id, bitmap);
    return bitmap;
  }

  /** The frame is drawn: fetches what it lacks, in the order in which it asked. */
  fetchWanted(): void {
    for (const id of this.wanted) {
      if (this.running.size >= MAX_PICTURE_LOADS || this.control.signal.aborted) return;
      const isSettled = this.kept.has(id) || this.running.has(id) || this.failed.has(id);
      if (!isSettled) void this.fetch(id);
    }
  }

  /** Asks again for what failed, with the next frame. */
  retry(): void {
    this.failed = new Lru(MAX_FAILURES);
    this.revision++;
  }

  /** Gives up everything. */
  stop(): void {
    this.control.abort();
    for (const bitmap of this.kept.values()) bitmap.close();
    this.kept.clear();
  }

  private async fetch(id: string): Promise<void> {
    this.running.add(id);
    const bitmap = await this.load(id);
    this.running.delete(id);
    if (this.control.signal.aborted) {
      bitmap?.close();
      return;
    }
    const isKept = bitmap !== null && this.keep(id, bitmap);
    if (!isKept) this.failed.put(id, true);
    if (isKept && this.wanted.has(id)) {
      this.revision++;
      this.changed();
    }
    this.fetchWanted();
  }

  /** Whatever goes wrong, there is no picture: its average stays. */
  private async load(id: string): Promise<ImageBitmap | null> {
    try {
      return await this.decode(await this.source.fetchImage(id, this.control.signal));
    } catch {
      return null;
    }
  }

  /** Makes room, but not of what the frame shows: it would be asked for at once again. */
  private keep(id: string, bitmap: ImageBitmap): boolean {
    for (const [other, old] of this.kept) {
      if (this.bytes + bytesOf(bitmap) <= MAX_SHELF_BYTES) break;
      if (!this.wanted.has(other)) this.drop(other, old);
    }
    if (this.bytes + bytesOf(bitmap) > MAX_SHELF_BYTES) {
      bitmap.close();
      return false;
    }
    this.kept.set(id, bitmap);
    this.bytes += bytesOf(bitmap);
    return true;
  }

  private drop(id: string, bitmap: ImageBitmap): void {
    this.bytes -= bytesOf(bitmap);
    this.kept.delete(id);
    bitmap.close();
  }
}

function bytesOf({ width, height }: ImageBitmap): number {
  return width * height * BYTES_PER_PIXEL;
}
