import { readDiff } from "./diff.ts";
import { readImageBinding } from "./image.ts";
import { readKeyframe } from "./keyframe.ts";
import type { Reader } from "./reader.ts";
import { readKeyboard, readState, readViewport } from "./state.ts";
import type { BodyReader, Track } from "./track.ts";

/** One reader per kind of record of the visual track; its place is the kind's number. */
export const VISUAL_READERS: readonly (BodyReader | undefined)[] = [
  undefined,
  (from, into) => into.add({ kind: "state", state: readState(from, into.tables.strings) }),
  (from, into) => {
    const due = into.state === null ? null : after(into.state);
    const keyframe = readKeyframe(from, into.tables, into.motion, due);
    into.state = keyframe.state;
    into.add({ kind: "keyframe", keyframe });
  },
  readDiffBody,
  (from, into) => into.add({ kind: "viewport", viewport: readViewport(from, into.tables.strings) }),
  (from, into) => into.add({ kind: "keyboard", keyboard: readKeyboard(from) }),
  (from, into) => into.add({ kind: "image", binding: readImageBinding(from, into.images++) }),
];

/** Reads a diff; there has to be a keyframe before it. */
function readDiffBody(from: Reader, into: Track): void {
  const { state } = into;
  if (state === null) throw from.expected("a keyframe before the first diff");
  const diff = readDiff(from, into.tables, into.motion, state);
  into.state = after(state);
  into.add({ kind: "diff", diff });
}

/** States are counted modulo 2³². */
function after(state: number): number {
  return (state + 1) >>> 0;
}
