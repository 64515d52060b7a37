import type { Keyframe, Placement } from "../model.ts";
import { Columns } from "./columns.ts";
import { MAX_NODES } from "./limits.ts";
import { readKeyframePlacements } from "./links.ts";
import { type Motion, STILL } from "./motion.ts";
import { readIds, readRows } from "./nodes.ts";
import type { Reader } from "./reader.ts";
import type { Tables } from "./tables.ts";
import { readWindows } from "./windows.ts";

/** Reads the body of a keyframe; `due` is the state that a later one of a segment must have. */
export function readKeyframe(
  from: Reader,
  tables: Tables,
  motion: Motion,
  due: number | null,
): Keyframe {
  motion.stop();
  const state = readState(from, due);
  const count = from.count("nodes", MAX_NODES);
  const ids = readIds(from, count, new Set());
  const placements = readKeyframePlacements(from, ids);
  const columns = new Columns(from, tables, motion, true);
  const rows = readRows(columns, Array<number>(count).fill(STILL));
  const nodes = placements.map(({ node, parent }, i) => ({
    id: node,
    parent,
    fields: rows[i] ?? {},
  }));
  return { state, nodes, windows: readWindows(from, rootsOf(placements)) };
}

function readState(from: Reader, due: number | null): number {
  const start = from.offset;
  const state = from.uv32("a state id");
  if (due !== null && state !== due) throw from.expected("the state after the one before", start);
  return state;
}

function rootsOf(placements: readonly Placement[]): Set<number> {
  return new Set(placements.filter(({ parent }) => parent === 0).map(({ node }) => node));
}
