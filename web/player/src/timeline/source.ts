import { MAX_IMAGE_BYTES } from "../decode/limits.ts";

/** Why a segment could not be had. */
export type FetchTrouble = "missing" | "offline" | "server";

/** A segment that did not arrive; `missing` ones are not worth another try. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly trouble: FetchTrouble;

  constructor(trouble: FetchTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** Where the bytes of segments come from. */
export interface SegmentSource {
  /** The bytes of a segment. Rejects with a {@link FetchError}, or an abort. */
  fetch(segmentId: string, signal: AbortSignal): Promise<Uint8Array>;
}

/** Where the bytes of pictures come from. */
export interface ImageSource {
  /** The bytes of an encoded picture. Rejects with a {@link FetchError}, or an abort. */
  fetchImage(imageId: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** The path of a replay below the API's base, its ids percent-encoded. */
export function replayPath(deviceId: string, sessionId: string): string {
  return `/api/v1/replays/${encodeURIComponent(deviceId)}/${encodeURIComponent(sessionId)}`;
}

/** A source that asks a Viewreel server. */
export class HttpSource implements SegmentSource, ImageSource {
  private readonly base: string;

  /** `base` is the replay's address, such as {@link replayPath} gives. */
  constructor(base: string) {
    this.base = base;
  }

  fetch(segmentId: string, signal: AbortSignal): Promise<Uint8Array> {
    return this.get(`segments/${encodeURIComponent(segmentId)}`, signal);
  }

  async fetchImage(imageId: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.get(`images/${encodeURIComponent(imageId)}`, signal);
    if (bytes.length > MAX_IMAGE_BYTES) throw new FetchError("server", "the picture is too long");
    return bytes;
  }

  private async get(path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const response = await fetch(`${this.base}/${path}`, { signal });
      if (!response.ok) throw refused(response.status);
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      if (error instanceof FetchError || signal.aborted) throw error;
      throw new FetchError("offline", "the server cannot be reached");
    }
  }
}

function refused(status: number): FetchError {
  const isGone = status === 404 || status === 410;
  return isGone
    ? new FetchError("missing", "this part is not on the server")
    : new FetchError("server", `the server answered ${status}`);
}
