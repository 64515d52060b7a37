import type { Diff, Keyframe, Placement } from "../../../player/src/model.ts";
import type { Row, TableContext } from "./fields.ts";
import { type Choices, writeIds, writeTable, writeWindows } from "./nodes.ts";
import type { Writer } from "./writer.ts";

/** The body of a keyframe, whose nodes stand in pre-order. */
export function writeKeyframe(
  to: TableContext,
  { state, nodes, windows }: Keyframe,
  choices: Choices = {},
): void {
  const { out, moves } = to;
  moves.beginKeyframe(nodes.map(({ id }) => id));
  out.uv(state);
  out.uv(nodes.length);
  writeTable(to, nodes, placementsOf(nodes), true, choices);
  writeWindows(out, windows);
}

/** Each node behind the sibling before it. */
function placementsOf(nodes: Keyframe["nodes"]): Placement[] {
  const last = new Map<number, number>();
  return nodes.map(({ id, parent }) => {
    const after = last.get(parent) ?? 0;
    last.set(parent, id);
    return { node: id, parent, after };
  });
}

/** The body of a diff that follows `state`. */
export function writeDiff(
  to: TableContext,
  diff: Diff,
  state: number,
  choices: Choices = {},
): void {
  const { out, moves } = to;
  const { keeps, base, placements, shifts, removals, windows } = diff;
  const back = (state - base) >>> 0;
  const { placed, updated } = rowsOf(diff);
  moves.beginDiff(placed.map(({ id }) => id));
  const has = [keeps, back, removals.length, shifts.length, placed.length, updated.length, windows];
  out.u8(has.reduce<number>((flags, part, bit) => flags + (part ? 2 ** bit : 0), 0));
  if (back) out.uv(back);
  if (removals.length > 0) writeRemovals(out, removals);
  if (shifts.length > 0) writeShifts(out, shifts);
  if (placed.length > 0) out.uv(placed.length);
  if (updated.length > 0) out.uv(updated.length);
  const rows = [...placed, ...updated];
  if (rows.length > 0) writeTable(to, rows, placements, false, choices);
  if (windows) writeWindows(out, windows);
}

/** The updates of placed nodes become theirs; the first placement of a node takes them. */
function rowsOf({ placements, updates }: Diff): { placed: Row[]; updated: Row[] } {
  const left = new Map(updates.map((update) => [update.node, update]));
  const placed = placements.map(({ node }) => {
    const fields = left.get(node)?.fields ?? {};
    left.delete(node);
    return { id: node, fields };
  });
  const updated = [...left.values()].map(({ node, fields }) => ({ id: node, fields }));
  return { placed, updated };
}

function writeRemovals(out: Writer, removals: readonly number[]): void {
  out.uv(removals.length);
  writeIds(out, removals);
}

function writeShifts(out: Writer, shifts: Diff["shifts"]): void {
  out.uv(shifts.length);
  writeIds(
    out,
    shifts.map(({ first }) => first),
  );
  for (const { count } of shifts) out.uv(count);
  for (const { x } of shifts) out.len(x);
  for (const { y } of shifts) out.len(y);
}
