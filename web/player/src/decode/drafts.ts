import type { Changes, Fields } from "../model.ts";

/** Gives every row a value of its own for one field, to be filled column by column. */
export function drafts<N extends keyof Fields, T extends Fields[N]>(
  rows: readonly Changes[],
  name: N,
  draft: (row: Changes) => T,
): T[] {
  return rows.map((row) => {
    const value = draft(row);
    row[name] = value;
    return value;
  });
}

/** A point to be filled. */
export function point(): { x: number; y: number } {
  return { x: 0, y: 0 };
}
