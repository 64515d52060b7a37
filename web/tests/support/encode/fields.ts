import type { Changes, Fields, Line, Shape, TextStyle } from "../../../player/src/model.ts";
import type { Letter, Moves } from "./moves.ts";
import type { Tables } from "./tables.ts";
import type { Writer } from "./writer.ts";

const ACTIONS = ["keep", "mask", "replace"];
const ROLES = ["none", "static", "input", "hint"];
const ALIGNMENTS = ["natural", "left", "center", "right", "justified"];

/** The fields in the order of their numbers. */
const FIELD_NAMES = [
  "kind",
  "classChain",
  "controller",
  "identifier",
  "generation",
  "size",
  "position",
  "scroll",
  "anchor",
  "transform",
  "shape",
  "background",
  "gradient",
  "border",
  "shadow",
  "alpha",
  "z",
  "blur",
  "hidden",
  "text",
  "lines",
  "image",
  "control",
  "mask",
] as const satisfies readonly (keyof Fields)[];

/** The fields that are of looks; the others have columns. */
const LOOK_NAMES: ReadonlySet<keyof Fields> = new Set([
  "kind",
  "classChain",
  "shape",
  "background",
  "border",
  "text",
  "mask",
]);
const COLUMN_NAMES = FIELD_NAMES.filter((name) => !LOOK_NAMES.has(name));

/** Writes one entry of a column. */
type PlainCell<T> = (out: Writer, value: T, tables: Tables) => void;

/** A column that moves: its letter and the number of an entry. */
type MovingCell<T> = readonly [letter: Letter, units: (value: T, row: Changes) => number];

type Cell<T> = PlainCell<T> | MovingCell<T>;

type Cells = { readonly [name in Exclude<keyof Fields, "lines">]: readonly Cell<Fields[name]>[] };

const units = (points: number) => Math.round(points * 32);
const ratio = (value: number) => Math.round(value * 4096);
const half = (points: number | undefined) => Math.floor(units(points ?? 0) / 2);

/** The columns of each field but the lines. */
const CELLS: Cells = {
  kind: [(out, kind) => out.u8(kind)],
  classChain: [(out, text, { strings }) => strings.write(out, text)],
  controller: [(out, text, { strings }) => strings.write(out, text)],
  identifier: [(out, text, { strings }) => strings.write(out, text)],
  generation: [(out, generation) => out.uv(generation)],
  size: [
    ["a", (size) => units(size.x)],
    ["b", (size) => units(size.y)],
  ],
  position: [
    ["c", (position, { size }) => units(position.x) - half(size?.x)],
    ["d", (position, { size }) => units(position.y) - half(size?.y)],
  ],
  scroll: [
    ["e", (scroll) => units(scroll.x)],
    ["f", (scroll) => units(scroll.y)],
  ],
  anchor: [(out, anchor) => out.ratio(anchor.x), (out, anchor) => out.ratio(anchor.y)],
  transform: [
    ["g", ({ rotation }) => rotation * 16_384],
    ["h", ({ scale }) => ratio(scale.x - 1)],
    ["i", ({ scale }) => ratio(scale.y - 1)],
    ["j", ({ skew }) => ratio(skew)],
    ["k", ({ offset }) => units(offset.x)],
    ["l", ({ offset }) => units(offset.y)],
  ],
  shape: [writeShape],
  background: [(out, color, tables) => tables.writeColor(out, color)],
  gradient: [
    (out, gradient, tables) => tables.writeColor(out, gradient.end),
    (out, gradient) => out.ratio(gradient.from.x),
    (out, gradient) => out.ratio(gradient.from.y),
    (out, gradient) => out.ratio(gradient.to.x),
    (out, gradient) => out.ratio(gradient.to.y),
  ],
  border: [
    (out, border) => out.len(border.width),
    (out, border, tables) => tables.writeColor(out, border.color),
  ],
  shadow: [
    (out, shadow, tables) => tables.writeColor(out, shadow.color),
    (out, shadow) => out.len(shadow.radius),
    (out, shadow) => out.len(shadow.offset.x),
    (out, shadow) => out.len(shadow.offset.y),
  ],
  alpha: [["m", (alpha) => alpha]],
  z: [(out, z) => out.f32(z)],
  blur: [(out, blur) => out.u8(blur)],
  hidden: [(out, hidden) => out.flag(hidden)],
  text: [writeStyle],
  image: [
    (out, image) => out.uv(image.handle),
    (out, image) => out.u8(image.contentMode),
    (out, image) => out.u16(coarse(image.average)),
    (out, image, tables) => tables.writeColor(out, image.tint),
  ],
  control: [
    (out, control) => out.u8(control.flags),
    ["n", ({ value }) => ratio(value)],
    (out, control) => out.uv(control.index),
    (out, control) => out.uv(control.count),
  ],
  mask: [(out, { action, reason }) => out.u8(ACTIONS.indexOf(action) + 4 * reason)],
};

function writeShape(out: Writer, { clips, isContinuous, radii }: Shape): void {
  out.u8((clips ? 1 : 0) | (isContinuous ? 2 : 0));
  for (const radius of radii) out.len(radius);
}

function writeStyle(out: Writer, text: TextStyle, tables: Tables): void {
  out.u8(ROLES.indexOf(text.role));
  tables.strings.write(out, text.font);
  out.len(text.size);
  out.uv(text.weight);
  out.u8((text.isItalic ? 1 : 0) | (text.isUnderlined ? 2 : 0) | (text.isStruck ? 4 : 0));
  tables.writeColor(out, text.color);
  out.u8(ALIGNMENTS.indexOf(text.alignment));
}

/** The nearest colour of four bits for each part. */
function coarse(color: number): number {
  const nibble = (shift: number) => Math.round(((color >>> shift) & 255) / 17);
  return (nibble(24) << 12) | (nibble(16) << 8) | (nibble(8) << 4) | nibble(0);
}

/** A node of a node table. */
export interface Row {
  readonly id: number;
  readonly fields: Changes;
}

/** What a node table is written with. */
export interface TableContext {
  readonly out: Writer;
  readonly tables: Tables;
  readonly moves: Moves;
}

/** Writes the looks and columns of a node table; `unknown` are fields of later versions. */
export function writeRows(
  to: TableContext,
  rows: readonly Row[],
  unknown: readonly number[] = [],
): void {
  for (const row of rows) writeLook(to, row, unknown);
  for (const name of COLUMN_NAMES) writeField(to, rows, name);
  for (const field of unknown) for (const _ of rows) to.out.raw([2, field, field]);
}

function writeLook(to: TableContext, row: Row, unknown: readonly number[]): void {
  const { out, tables } = to;
  const names = FIELD_NAMES.filter((name) => row.fields[name] !== undefined);
  const numbers = names.map((name) => FIELD_NAMES.indexOf(name));
  const set = [...numbers, ...unknown].reduce((set, field) => set + 2 ** field, 0);
  const own = names.filter((name) => LOOK_NAMES.has(name));
  const values = Object.fromEntries(own.map((name) => [name, row.fields[name]]));
  tables.looks.write(out, { set, values }, () => {
    out.uv(set);
    for (const name of own) writeField(to, [row], name);
  });
}

function writeField(to: TableContext, rows: readonly Row[], name: keyof Fields): void {
  const having = rows.filter(({ fields }) => fields[name] !== undefined);
  const cells = name === "lines" ? [] : CELLS[name];
  for (const cell of cells) {
    for (const row of having) writeCell(to, row, row.fields[name], cell as Cell<unknown>);
  }
  if (name === "lines") writeLines(to, having);
}

function writeCell(to: TableContext, { id, fields }: Row, value: unknown, cell: Cell<unknown>) {
  if (typeof cell === "function") cell(to.out, value, to.tables);
  else to.moves.write(to.out, cell[0], id, cell[1](value, fields));
}

function writeLines({ out, tables }: TableContext, having: readonly Row[]): void {
  const all = (write: (line: Line, row: Changes) => void) => {
    for (const { fields } of having) for (const line of fields.lines ?? []) write(line, fields);
  };
  for (const { fields } of having) out.uv(fields.lines?.length ?? 0);
  all(({ text }) => tables.strings.write(out, text));
  all(({ x }) => out.len(x));
  all(({ y }) => out.len(y));
  all(({ width }, { size }) => out.sv(Math.floor(size?.x ?? 0) - Math.round(width)));
}
