import { readPictureHead } from "./head.ts";

/** The bytes are no picture that a viewer should decode. */
export class PictureError extends Error {
  override readonly name = "PictureError";
}

/** Makes pixels of the bytes of a picture; the tests put another one in its place. */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>) => Promise<ImageBitmap>;

/** Decodes a PNG, JPEG or WebP of bearable size, and nothing else. */
export const decodePicture: DecodePicture = async (bytes) => {
  const head = readPictureHead(bytes);
  if (!head) throw new PictureError("no picture of a known kind and size");
  return createImageBitmap(new Blob([bytes], { type: head.mediaType }));
};
