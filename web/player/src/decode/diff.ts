import type { Changes, Diff, Placement, Shift, Update, Window } from "../model.ts";
import { Columns } from "./columns.ts";
import { MAX_DIFF_ENTRIES, UNITS_PER_PT } from "./limits.ts";
import { readPlacements } from "./links.ts";
import { type Motion, STILL } from "./motion.ts";
import { readIds, readRows } from "./nodes.ts";
import type { Reader } from "./reader.ts";
import type { Tables } from "./tables.ts";
import { readWindows } from "./windows.ts";

/** Bits of the flags. */
const FLAG = {
  keeps: 1,
  back: 2,
  removals: 4,
  shifts: 8,
  placed: 16,
  updated: 32,
  windows: 64,
} as const;
/** One more than all flags. */
const FLAG_LIMIT = 128;

/** A part of a diff that is missing; one list for all of them. */
const NOTHING: readonly never[] = [];

/** The placed and the updated nodes of a diff. */
interface Table {
  readonly placements: readonly Placement[];
  readonly updates: readonly Update[];
}

/** Reads the body of a diff that follows `state`. */
export function readDiff(from: Reader, tables: Tables, motion: Motion, state: number): Diff {
  motion.advance();
  const flags = from.code("diff flags", FLAG_LIMIT);
  const has = (flag: number) => (flags & flag) !== 0;
  const base = has(FLAG.back) ? readBase(from, state) : state;
  const removals = has(FLAG.removals) ? readRemovals(from) : NOTHING;
  const shifts = has(FLAG.shifts) ? readShifts(from) : NOTHING;
  const placed = has(FLAG.placed) ? from.count("placed nodes", MAX_DIFF_ENTRIES) : 0;
  const updated = has(FLAG.updated) ? from.count("updated nodes", MAX_DIFF_ENTRIES) : 0;
  const table = readTable(new Columns(from, tables, motion, false), placed, updated);
  const windows: Window[] | null = has(FLAG.windows) ? readWindows(from) : null;
  return { keeps: has(FLAG.keeps), base, ...table, shifts, removals, windows };
}

/** States are counted modulo 2³². */
function readBase(from: Reader, state: number): number {
  return (state - from.id("a way back")) >>> 0;
}

function readRemovals(from: Reader): number[] {
  return readIds(from, from.count("removals", MAX_DIFF_ENTRIES));
}

function readShifts(from: Reader): Shift[] {
  const firsts = readIds(from, from.count("shifts", MAX_DIFF_ENTRIES));
  const shifts = firsts.map((first) => ({ first, count: 0, x: 0, y: 0 }));
  for (const shift of shifts) shift.count = from.uv32("a number of siblings");
  for (const shift of shifts) shift.x = from.dlen("a shift") / UNITS_PER_PT;
  for (const shift of shifts) shift.y = from.dlen("a shift") / UNITS_PER_PT;
  return shifts;
}

function readTable(columns: Columns, placed: number, updated: number): Table {
  if (placed + updated === 0) return { placements: NOTHING, updates: NOTHING };
  const ids = readIds(columns.from, placed + updated);
  const placements = readPlacements(columns.from, ids, placed);
  const rows = readRows(columns, moversOf(ids, placed));
  return { placements, updates: updatesOf(ids, rows, placed) };
}

/** The ids of nodes that are not placed: what moves of these can be expected. */
function moversOf(ids: readonly number[], placed: number): number[] {
  const still = new Set(ids.slice(0, placed));
  return ids.map((id) => (still.has(id) ? STILL : id));
}

/** A placed node that has no fields is not updated. */
function updatesOf(ids: readonly number[], rows: readonly Changes[], placed: number): Update[] {
  const updates: Update[] = [];
  for (const [i, fields] of rows.entries()) {
    if (i >= placed || Object.keys(fields).length > 0) updates.push({ node: ids[i] ?? 0, fields });
  }
  return updates;
}
