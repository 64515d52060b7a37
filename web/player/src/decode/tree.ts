import type { Diff, Keyframe, KeyframeNode, Placement, Update, Window } from "../model.ts";
import { readFields } from "./fields.ts";
import { MAX_DEPTH, MAX_DIFF_ENTRIES, MAX_NODES, MAX_WINDOWS } from "./limits.ts";
import type { Reader } from "./reader.ts";
import { readList } from "./state.ts";
import type { StringTable } from "./strings.ts";

function readWindows(from: Reader): Window[] {
  return readList(from.count("windows", MAX_WINDOWS), () => ({
    root: from.id("a node id"),
    scene: from.uv32("a scene"),
    level: from.f32("a window level"),
  }));
}

/** Reads the body of a keyframe and checks that its nodes stand in pre-order. */
export function readKeyframe(from: Reader, strings: StringTable): Keyframe {
  const state = from.uv32("a state id");
  const windows = readWindows(from);
  const count = from.count("nodes", MAX_NODES);
  const order = new PreOrder();
  const nodes = readList(count, () => readNode(from, strings, order));
  return { state, windows, nodes };
}

function readNode(from: Reader, strings: StringTable, order: PreOrder): KeyframeNode {
  const start = from.offset;
  const id = from.id("a node id");
  const back = from.uv("a distance to the parent");
  const parent = order.open(id, back);
  if (parent === "known") throw from.expected("a node id that was not given yet", start);
  if (parent === "closed") throw from.expected("nodes in pre-order", start);
  if (order.depth > MAX_DEPTH) throw from.over("levels of nesting", MAX_DEPTH, start);
  return { id, parent, fields: readFields(from, strings) };
}

/** The nodes read so far and the path of those that can still get children. */
class PreOrder {
  private readonly ids: number[] = [];
  private readonly seen = new Set<number>();
  private path: number[] = [];

  /** Depth of the node opened last; a root has 0. */
  get depth(): number {
    return this.path.length - 1;
  }

  /** Opens the next node, `back` entries behind its parent; returns the parent's id, 0 for a root. */
  open(id: number, back: number): number | "known" | "closed" {
    if (this.seen.has(id)) return "known";
    const index = this.ids.length;
    const at = back === 0 ? -1 : this.path.lastIndexOf(index - back);
    if (back !== 0 && at < 0) return "closed";
    this.path.length = at + 1;
    this.path.push(index);
    this.seen.add(id);
    this.ids.push(id);
    return back === 0 ? 0 : (this.ids[index - back] ?? 0);
  }
}

/** Reads the body of a diff. */
export function readDiff(from: Reader, strings: StringTable): Diff {
  const base = from.uv32("a base state");
  const windows = from.flag("a windows flag") ? readWindows(from) : null;
  const list = <T>(what: string, read: () => T) =>
    readList(from.count(what, MAX_DIFF_ENTRIES), read);
  const placements = list("placements", () => readPlacement(from));
  const updates = list("updates", () => readUpdate(from, strings));
  const removals = list("removals", () => from.id("a node id"));
  return { base, windows, placements, updates, removals };
}

function readPlacement(from: Reader): Placement {
  return {
    node: from.id("a node id"),
    parent: from.uv32("a parent id"),
    after: from.uv32("a sibling id"),
  };
}

function readUpdate(from: Reader, strings: StringTable): Update {
  return { node: from.id("a node id"), fields: readFields(from, strings) };
}
