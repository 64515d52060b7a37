import type { Changes, Fields } from "../model.ts";
import type { Columns } from "./columns.ts";
import { drafts, point } from "./drafts.ts";
import { readLines } from "./lines.ts";
import { LOOK_FIELDS, type Look } from "./look.ts";
import {
  type FieldReader,
  readAlphas,
  readControls,
  readPositions,
  readScrolls,
  readSizes,
  readTransforms,
} from "./moving.ts";
import { FIELD_NAMES, isIn } from "./names.ts";

/** One more than the greatest content mode. */
const CONTENT_MODES = 4;
/** Fields that a field set has room for. */
const MAX_FIELDS = 32;

/** Readers of the fields that have columns; the others are of looks. */
const READERS: { readonly [name in keyof Fields]?: FieldReader } = {
  controller: readControllers,
  identifier: readIdentifiers,
  generation: readGenerations,
  size: readSizes,
  position: readPositions,
  scroll: readScrolls,
  anchor: readAnchors,
  transform: readTransforms,
  gradient: readGradients,
  shadow: readShadows,
  alpha: readAlphas,
  z: readZs,
  blur: readBlurs,
  hidden: readHidden,
  lines: readLines,
  image: readImages,
  control: readControls,
};

/**
 * Reads the columns of a node table; `looks` are those of its rows, `nodes` say
 * which node each moves with, or {@link STILL}.
 */
export function readFields(
  from: Columns,
  looks: readonly Look[],
  nodes: readonly number[],
): Changes[] {
  const all = looks.map(({ fields }): Changes => ({ ...fields }));
  const union = looks.reduce((union, { set }) => union | set, 0) & ~LOOK_FIELDS;
  for (let field = 0; field < MAX_FIELDS; field++) {
    if (!isIn(union, field)) continue;
    const has = (_: unknown, i: number) => isIn(looks[i]?.set ?? 0, field);
    readerOf(field)(from, all.filter(has), nodes.filter(has));
  }
  return all;
}

function readerOf(field: number): FieldReader {
  const name = FIELD_NAMES[field];
  return (name && READERS[name]) ?? passUnknown;
}

/** Passes over a field of a later version. */
function passUnknown({ from }: Columns, rows: readonly Changes[]): void {
  for (const _ of rows) from.pass(from.count("bytes of a field"), "an unknown field");
}

function readControllers(from: Columns, rows: readonly Changes[]): void {
  for (const row of rows) row.controller = from.str("a controller class");
}

function readIdentifiers(from: Columns, rows: readonly Changes[]): void {
  for (const row of rows) row.identifier = from.str("an identifier");
}

function readGenerations({ from }: Columns, rows: readonly Changes[]): void {
  for (const row of rows) row.generation = from.uv32("a generation");
}

function readZs({ from }: Columns, rows: readonly Changes[]): void {
  for (const row of rows) row.z = from.f32("a z position");
}

function readBlurs({ from }: Columns, rows: readonly Changes[]): void {
  for (const row of rows) row.blur = from.u8("a blur style");
}

function readHidden({ from }: Columns, rows: readonly Changes[]): void {
  for (const row of rows) row.hidden = from.flag("a hidden flag");
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
  for (const image of images) image.average = spread(from.u16("an average colour"));
  for (const image of images) image.tint = columns.color("a tint");
}

/** The colour whose parts have four bits each here: 0 to 15 stand for 0 to 255. */
function spread(coarse: number): number {
  const [red, green] = [coarse & 0xf000, coarse & 0x0f00];
  const [blue, alpha] = [coarse & 0x00f0, coarse & 0x000f];
  return ((red << 12) | (green << 8) | (blue << 4) | alpha) * 17;
}
