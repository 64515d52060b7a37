import type { Changes } from "../model.ts";
import type { Columns } from "./columns.ts";
import { readFields } from "./fields.ts";
import type { Reader } from "./reader.ts";

const MAX_NODE_ID = 0xffffffff;

/** Reads a column of `count` node ids, each a difference from the one before. */
export function readIds(from: Reader, count: number, seen?: Set<number>): number[] {
  const ids: number[] = [];
  let id = 0;
  for (let i = 0; i < count; i++) {
    const start = from.offset;
    id += from.sv("a node id");
    if (id < 1 || id > MAX_NODE_ID) throw from.expected("a node id", start);
    if (seen?.has(id)) throw from.expected("a node id that was not given yet", start);
    seen?.add(id);
    ids.push(id);
  }
  return ids;
}

/** Reads the looks and the columns of nodes; of each that moves the id, else {@link STILL}. */
export function readRows(columns: Columns, nodes: readonly number[]): Changes[] {
  const { from, tables } = columns;
  const looks = nodes.map(() => tables.looks.read(from, "a look"));
  return readFields(columns, looks, nodes);
}
