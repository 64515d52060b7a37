/** The encodings that a picture may have. */
export type MediaType = "image/png" | "image/jpeg" | "image/webp";

/** What the first bytes of an encoded picture say. */
export interface PictureHead {
  readonly mediaType: MediaType;
  /** As stored, in pixels; the orientation tag of a JPEG may turn them. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Most pixels of one picture: decoded they are 64 MiB. */
const MAX_IMAGE_PIXELS = 1 << 24;
/** Longest side of one, in pixels. */
const MAX_SIDE_PX = 65_535;

type Size = readonly [width: number, height: number];

/**
 * Encoding and size of a picture, by the rules of the server; `null` where it is
 * no PNG, JPEG or WebP, or larger than a viewer should have to decode.
 */
export function readPictureHead(bytes: Uint8Array): PictureHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const mediaType = mediaTypeOf(view);
    const size = mediaType && SIZES[mediaType](view);
    return mediaType && size && fits(size)
      ? { mediaType, widthPx: size[0], heightPx: size[1] }
      : null;
  } catch (error) {
    // Thrown by the view where the bytes end early.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function fits([width, height]: Size): boolean {
  const isSide = (side: number) => side > 0 && side <= MAX_SIDE_PX;
  return isSide(width) && isSide(height) && width * height <= MAX_IMAGE_PIXELS;
}

const SIZES: { readonly [type in MediaType]: (view: DataView) => Size | null } = {
  "image/png": pngSize,
  "image/jpeg": jpegSize,
  "image/webp": webpSize,
};

function mediaTypeOf(view: DataView): MediaType | null {
  if (has(view, 0, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (has(view, 0, "\xff\xd8\xff")) return "image/jpeg";
  return has(view, 0, "RIFF") && has(view, 8, "WEBP") ? "image/webp" : null;
}

/** Whether these bytes, a character each, stand at an offset. */
function has(view: DataView, at: number, bytes: string): boolean {
  if (at + bytes.length > view.byteLength) return false;
  return [...bytes].every((byte, i) => view.getUint8(at + i) === byte.charCodeAt(0));
}

/** The first chunk is the header, of 13 bytes. */
function pngSize(view: DataView): Size | null {
  return has(view, 8, "\0\0\0\rIHDR") ? [view.getUint32(16), view.getUint32(20)] : null;
}

/** The size stands in the first frame header, behind segments that are passed over. */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    if (marker >= 0xd8 && marker <= 0xda) return null;
    at += jpegStep(view, at, marker);
  }
  return null;
}

/** Of the markers from C0 to CF three are no frame headers. */
function isFrame(marker: number): boolean {
  return (marker & 0xf0) === 0xc0 && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Bytes to the next marker: fill bytes may stand before one, and nothing follows some. */
function jpegStep(view: DataView, at: number, marker: number): number {
  if (marker === 0xff) return 1;
  if (marker === 0x01 || (marker & 0xf8) === 0xd0) return 2;
  return 2 + Math.max(2, view.getUint16(at + 2));
}

/** The first chunk is a lossy, a lossless or an extended header. */
function webpSize(view: DataView): Size | null {
  if (has(view, 12, "VP8 ") && has(view, 23, "\x9d\x01\x2a")) {
    return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  }
  if (has(view, 12, "VP8L") && has(view, 20, "\x2f")) {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  return has(view, 12, "VP8X") ? [1 + u24(view, 24), 1 + u24(view, 27)] : null;
}

function u24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
}
