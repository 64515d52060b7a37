import type { Record } from "../model.ts";
import { TreeError } from "./error.ts";

/** Kinds of the entries that a segment begins with. */
const OPENING = ["state", "keyframe"] as const;

/** Throws a {@link TreeError} unless `entries` begin with a state and a keyframe at `startMs`. */
export function checkOpening(entries: readonly Record[], startMs: number): void {
  for (const [i, kind] of OPENING.entries()) {
    const entry = entries[i];
    if (entry?.body.kind !== kind || entry.timeMs !== startMs) throw new TreeError("no opening");
  }
}
