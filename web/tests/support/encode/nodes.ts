import type { Placement, Window } from "../../../player/src/model.ts";
import { type Row, type TableContext, writeRows } from "./fields.ts";
import { type Writer, zigzag } from "./writer.ts";

/** What an encoder may do in more than one way. */
export interface Choices {
  /** Writes parents and siblings out even where a link says them. */
  readonly isExplicit?: boolean;
  /** Numbers of fields of later versions that every node has. */
  readonly unknownFields?: readonly number[];
}

/** A column of node ids. */
export function writeIds(out: Writer, ids: readonly number[]): void {
  let before = 0;
  for (const id of ids) {
    out.sv(id - before);
    before = id;
  }
}

/** A node table; `placements` say where its first nodes stand. */
export function writeTable(
  to: TableContext,
  rows: readonly Row[],
  placements: readonly Placement[],
  isKeyframe: boolean,
  choices: Choices,
): void {
  const { out } = to;
  writeIds(
    out,
    rows.map(({ id }) => id),
  );
  const links = linksOf(placements, !isKeyframe && (choices.isExplicit ?? false));
  for (const link of isKeyframe ? links.slice(1) : links) out.uv(link);
  if (!isKeyframe) writeExplicit(out, placements, links);
  writeRows(to, rows, choices.unknownFields);
}

/** Link of each placement; 0 where it has to be written out. */
function linksOf(placements: readonly Placement[], isExplicit: boolean): number[] {
  let path: Placement[] = [];
  return placements.map((placement) => {
    const link = path.length === 0 || isExplicit ? 0 : linkOf(placement, path);
    path = link === 0 ? [] : link === 1 ? path : path.slice(0, path.length - (link - 1));
    path.push(placement);
    return link;
  });
}

/** `path` is the placed node before and its parents in the table, that node last. */
function linkOf({ parent, after }: Placement, path: readonly Placement[]): number {
  if (parent === path.at(-1)?.node && after === 0) return 1;
  const levels = [...path].reverse().findIndex((at) => at.node === after && at.parent === parent);
  return levels < 0 ? 0 : 2 + levels;
}

function writeExplicit(
  out: Writer,
  placements: readonly Placement[],
  links: readonly number[],
): void {
  const explicit = placements.filter((_, i) => links[i] === 0);
  const other = (node: number, id: number) => out.uv(id === 0 ? 0 : 1 + zigzag(id - node));
  for (const { node, parent } of explicit) other(node, parent);
  for (const { node, after } of explicit) other(node, after);
}

/** Windows. */
export function writeWindows(out: Writer, windows: readonly Window[]): void {
  out.uv(windows.length);
  for (const { root, scene, level } of windows) {
    out.uv(root);
    out.uv(scene);
    out.f32(level);
  }
}
