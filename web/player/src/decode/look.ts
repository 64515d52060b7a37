import {
  type Border,
  type Changes,
  DEFAULT_FIELDS,
  type Fields,
  type Mask,
  type Shape,
  type TextStyle,
} from "../model.ts";
import { utf8Bytes } from "../tree/weight.ts";
import { KIND_WORDS, MASK_REASONS } from "../words.ts";
import { FIELD_NAMES, isIn } from "./names.ts";
import type { Reader } from "./reader.ts";
import type { StringTable } from "./strings.ts";
import type { Table } from "./table.ts";

const ROLES = ["none", "static", "input", "hint"] as const;
const ALIGNMENTS = ["natural", "left", "center", "right", "justified"] as const;
const ACTIONS = ["keep", "mask", "replace"] as const;
/** One more than the flags that a text style and a shape have. */
const TEXT_FLAGS = 8;
const SHAPE_FLAGS = 4;

/** What nodes of one purpose have in common. */
export interface Look {
  /** The fields that such a node has: bit *f* stands for field *f*. */
  readonly set: number;
  /**
   * The same fields: those of looks as they are, the others at their defaults.
   * A copy has all of its names from the start, and is fast to fill.
   */
  readonly fields: Changes;
  /** What the strings among them take in UTF-8. */
  readonly stringBytes: number;
}

/** The look of a node that has no field. */
export const NO_LOOK: Look = { set: 0, fields: {}, stringBytes: 0 };

/** The tables that a look refers to. */
export interface Referred {
  readonly strings: StringTable;
  readonly colors: Table<number>;
}

/** Readers of the fields that are of looks; the others have columns. */
const READERS: { readonly [N in keyof Fields]?: (from: Reader, tables: Referred) => Fields[N] } = {
  kind: readKind,
  classChain: (from, { strings }) => strings.read(from, "a class chain"),
  shape: readShape,
  background: (from, { colors }) => colors.read(from, "a background"),
  border: readBorder,
  text: readStyle,
  mask: readMask,
};

/** The set of the fields that are of looks. */
export const LOOK_FIELDS = FIELD_NAMES.reduce(
  (set, name, field) => (name in READERS ? set | (1 << field) : set),
  0,
);

/** Reads a new look. */
export function readLook(from: Reader, tables: Referred): Look {
  const set = from.uv32("a field set");
  const fields: Changes = {};
  for (const [field, name] of FIELD_NAMES.entries()) {
    if (isIn(set, field)) readInto(fields, name, from, tables);
  }
  const { classChain = "", text } = fields;
  return { set, fields, stringBytes: utf8Bytes(classChain) + utf8Bytes(text?.font ?? "") };
}

function readInto<N extends keyof Fields>(
  fields: Changes,
  name: N,
  from: Reader,
  tables: Referred,
): void {
  fields[name] = READERS[name]?.(from, tables) ?? DEFAULT_FIELDS[name];
}

function readKind(from: Reader): number {
  const kind = from.u8("a kind");
  return kind < KIND_WORDS.length ? kind : 0;
}

function readShape(from: Reader): Shape {
  const flags = from.code("shape flags", SHAPE_FLAGS);
  const radius = () => from.len("a corner radius");
  return {
    clips: (flags & 1) !== 0,
    isContinuous: (flags & 2) !== 0,
    radii: [radius(), radius(), radius(), radius()],
  };
}

function readBorder(from: Reader, { colors }: Referred): Border {
  return { width: from.len("a border"), color: colors.read(from, "a border") };
}

function readStyle(from: Reader, { strings, colors }: Referred): TextStyle {
  const role = from.name("a text role", ROLES);
  const font = strings.read(from, "a font");
  const size = from.len("a font size");
  const weight = from.uv16("a font weight");
  const flags = from.code("text flags", TEXT_FLAGS);
  const color = colors.read(from, "an ink colour");
  const alignment = from.name("an alignment", ALIGNMENTS);
  return {
    role,
    font,
    size,
    weight,
    isItalic: (flags & 1) !== 0,
    isUnderlined: (flags & 2) !== 0,
    isStruck: (flags & 4) !== 0,
    color,
    alignment,
  };
}

function readMask(from: Reader): Mask {
  const start = from.offset;
  const code = from.u8("a mask");
  const action = ACTIONS[code & 3];
  const reason = code >> 2;
  if (action === undefined || reason >= MASK_REASONS.length) throw from.expected("a mask", start);
  return { action, reason };
}
