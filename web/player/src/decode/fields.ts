import type { Changes, Fields } from "../model.ts";
import { KIND_WORDS, MASK_REASONS } from "../words.ts";
import type { Columns } from "./columns.ts";
import { drafts, point } from "./drafts.ts";
import { readLines } from "./lines.ts";
import {
  type FieldReader,
  readAlphas,
  readControls,
  readPositions,
  readScrolls,
  readSizes,
  readTransforms,
} from "./moving.ts";

const ACTIONS = ["keep", "mask", "replace"] as const;
/** One more than the greatest content mode. */
const CONTENT_MODES = 4;
/** Fields that a field set has room for. */
const MAX_FIELDS = 32;

/** One reader per field; its place in the list is the field's number. */
const FIELD_READERS: readonly FieldReader[] = [
  (from, rows) => {
    for (const row of rows) row.kind = readKind(from);
  },
  (from, rows) => {
    for (const row of rows) row.classChain = from.str("a class chain");
  },
  (from, rows) => {
    for (const row of rows) row.controller = from.str("a controller class");
  },
  (from, rows) => {
    for (const row of rows) row.identifier = from.str("an identifier");
  },
  (from, rows) => {
    for (const row of rows) row.generation = from.from.uv32("a generation");
  },
  readSizes,
  readPositions,
  readScrolls,
  readAnchors,
  readTransforms,
  (from, rows) => {
    for (const row of rows) row.shape = from.tables.shapes.read(from.from, "a shape");
  },
  (from, rows) => {
    for (const row of rows) row.background = from.color("a background");
  },
  readGradients,
  readBorders,
  readShadows,
  readAlphas,
  (from, rows) => {
    for (const row of rows) row.z = from.from.f32("a z position");
  },
  (from, rows) => {
    for (const row of rows) row.blur = from.from.u8("a blur style");
  },
  (from, rows) => {
    for (const row of rows) row.hidden = from.from.flag("a hidden flag");
  },
  (from, rows) => {
    for (const row of rows) row.text = from.tables.styles.read(from.from, "a text style");
  },
  readLines,
  readImages,
  readControls,
  (from, rows) => {
    for (const row of rows) row.mask = readMask(from);
  },
];

/**
 * Reads the fields of a node table; `sets` says which of them each row has,
 * `nodes` which node it moves with, or {@link STILL}.
 */
export function readFields(
  from: Columns,
  sets: readonly number[],
  nodes: readonly number[],
): Changes[] {
  const all = sets.map((): Changes => ({}));
  const union = sets.reduce((set, more) => set | more, 0);
  for (let field = 0; field < MAX_FIELDS; field++) {
    if (((union >>> field) & 1) === 0) continue;
    const has = (_: unknown, i: number) => (((sets[i] ?? 0) >>> field) & 1) === 1;
    (FIELD_READERS[field] ?? passUnknown)(from, all.filter(has), nodes.filter(has));
  }
  return all;
}

/** Passes over a field of a later version. */
function passUnknown({ from }: Columns, rows: readonly Changes[]): void {
  for (const _ of rows) from.pass(from.count("bytes of a field"), "an unknown field");
}

function readKind({ from }: Columns): number {
  const kind = from.u8("a kind");
  return kind < KIND_WORDS.length ? kind : 0;
}

function readAnchors({ from }: Columns, rows: readonly Changes[]): void {
  const anchors = drafts(rows, "anchor", point);
  for (const anchor of anchors) anchor.x = from.ratio("an anchor");
  for (const anchor of anchors) anchor.y = from.ratio("an anchor");
}

function readGradients(columns: Columns, rows: readonly Changes[]): void {
  const { from } = columns;
  const what = "a gradient";
  const gradients = drafts(rows, "gradient", () => ({ end: 0, from: point(), to: point() }));
  for (const gradient of gradients) gradient.end = columns.color(what);
  for (const gradient of gradients) gradient.from.x = from.ratio(what);
  for (const gradient of gradients) gradient.from.y = from.ratio(what);
  for (const gradient of gradients) gradient.to.x = from.ratio(what);
  for (const gradient of gradients) gradient.to.y = from.ratio(what);
}

function readBorders(columns: Columns, rows: readonly Changes[]): void {
  const borders = drafts(rows, "border", () => ({ width: 0, color: 0 }));
  for (const border of borders) border.width = columns.from.len("a border");
  for (const border of borders) border.color = columns.color("a border");
}

function readShadows(columns: Columns, rows: readonly Changes[]): void {
  const what = "a shadow";
  const shadows = drafts(rows, "shadow", () => ({ color: 0, radius: 0, offset: point() }));
  for (const shadow of shadows) shadow.color = columns.color(what);
  for (const shadow of shadows) shadow.radius = columns.from.len(what);
  for (const shadow of shadows) shadow.offset.x = columns.from.len(what);
  for (const shadow of shadows) shadow.offset.y = columns.from.len(what);
}

function readImages(columns: Columns, rows: readonly Changes[]): void {
  const { from } = columns;
  const draft = () => ({ handle: 0, contentMode: 0, average: 0, tint: 0 });
  const images = drafts(rows, "image", draft);
  for (const image of images) image.handle = from.uv32("an image handle");
  for (const image of images) image.contentMode = from.code("a content mode", CONTENT_MODES);
  for (const image of images) image.average = columns.color("an average colour");
  for (const image of images) image.tint = columns.color("a tint");
}

function readMask({ from }: Columns): Fields["mask"] {
  const start = from.offset;
  const code = from.u8("a mask");
  const action = ACTIONS[code & 3];
  const reason = code >> 2;
  if (action === undefined || reason >= MASK_REASONS.length) throw from.expected("a mask", start);
  return { action, reason };
}
