import type { Changes } from "../model.ts";
import type { Columns } from "./columns.ts";
import { MAX_LINES } from "./limits.ts";
import { readList } from "./list.ts";

/** A line that is filled column by column. */
interface LineDraft {
  text: string;
  x: number;
  y: number;
  /** Until the line's own is read: that of its node, in points. */
  width: number;
}

/** Reads the laid-out lines of the nodes that have the field. */
export function readLines(columns: Columns, rows: readonly Changes[]): void {
  const { from } = columns;
  const lines = readCounts(columns, rows);
  for (const line of lines) line.text = columns.str("a line");
  for (const line of lines) line.x = from.len("a baseline");
  for (const line of lines) line.y = from.len("a baseline");
  for (const line of lines) line.width = columns.shortfall("a line width", line.width);
}

/** Gives every row as many lines as it says; returns those of all. */
function readCounts({ from }: Columns, rows: readonly Changes[]): LineDraft[] {
  const all: LineDraft[] = [];
  for (const row of rows) {
    const count = from.count("lines", MAX_LINES - all.length);
    const width = row.size?.x ?? 0;
    const lines = readList(count, () => ({ text: "", x: 0, y: 0, width }));
    row.lines = lines;
    for (const line of lines) all.push(line);
  }
  return all;
}
