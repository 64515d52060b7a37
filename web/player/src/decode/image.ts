import type { BoundPicture, ImageBinding } from "../model.ts";
import { MAX_IMAGE_RECORDS } from "./limits.ts";
import type { Reader } from "./reader.ts";

/** What a handle stands for; the place of each in the list is its number. */
const PICTURES = ["known", "too-large", "over-limit", "unreadable"] as const;

/** Reads the body of an image record, before which there are `before` in the segment. */
export function readImageBinding(from: Reader, before: number): ImageBinding {
  if (before >= MAX_IMAGE_RECORDS) throw from.over("image records", MAX_IMAGE_RECORDS);
  return { handle: from.id("an image handle"), picture: readPicture(from) };
}

function readPicture(from: Reader): BoundPicture {
  const what = from.name("a known or left-out picture", PICTURES);
  if (what !== "known") return { kind: "left-out", why: what };
  const id = from.u64("an image id").toString(16).padStart(16, "0");
  const widthPx = from.uv16("a width in pixels");
  return { kind: "known", id, widthPx, heightPx: from.uv16("a height in pixels") };
}
