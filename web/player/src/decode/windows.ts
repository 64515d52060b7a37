import type { Window } from "../model.ts";
import { MAX_WINDOWS } from "./limits.ts";
import { readList } from "./list.ts";
import type { Reader } from "./reader.ts";

/** Reads windows; where `roots` are given, their roots are among them. */
export function readWindows(from: Reader, roots?: ReadonlySet<number>): Window[] {
  return readList(from.count("windows", MAX_WINDOWS), () => {
    const start = from.offset;
    const root = from.id("a node id");
    if (roots && !roots.has(root)) throw from.expected("a root of the keyframe", start);
    return { root, scene: from.uv32("a scene"), level: from.f32("a window level") };
  });
}
