import { crc32, deflateRawSync } from "node:zlib";
import type {
  Body,
  Diff,
  Fields,
  Keyboard,
  Keyframe,
  Line,
  Point,
  Record,
  State,
  TextStyle,
  Touch,
  Viewport,
  Window,
} from "../../player/src/model.ts";
import { Interner, Writer } from "./writer.ts";

const nameCode = (names: readonly string[], name: string) => Math.max(0, names.indexOf(name));
const ROLES = ["none", "static", "input", "hint"];
const ALIGNMENTS = ["natural", "left", "center", "right", "justified"];
const ACTIONS = ["keep", "mask", "replace"];
const ORIENTATIONS = ["portrait", "upside-down", "landscape-left", "landscape-right"];
const PHASES = ["down", "move", "up", "cancel"];
const LIFECYCLES = ["active", "inactive", "background", "terminating"];
const LEVELS = ["light", "medium", "conservative"];
const LOG_LEVELS = ["log", "warn", "error"];
const GAP_REASONS = ["disabled", "background", "discarded", "capture-failed", "blocked"];

const FIELD_NAMES = [
  "kind",
  "classChain",
  "controller",
  "identifier",
  "generation",
  "position",
  "size",
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

type FieldWriters = {
  readonly [name in keyof Fields]: (out: Writer, strings: Interner, value: Fields[name]) => void;
};

const string = (out: Writer, strings: Interner, value: string) => strings.write(out, value);
const byte = (out: Writer, _: Interner, value: number) => out.u8(value);
const color = (out: Writer, _: Interner, value: number) => out.u32(value);
const point = (out: Writer, _: Interner, value: Point) => out.point(value);

const FIELD_WRITERS: FieldWriters = {
  kind: byte,
  classChain: string,
  controller: string,
  identifier: string,
  generation: (out, _, value) => out.uv(value),
  position: point,
  size: point,
  scroll: point,
  anchor: (out, _, value) => floats(out, [value.x, value.y]),
  transform: (out, _, t) => {
    floats(out, [t.a, t.b, t.c, t.d]);
    out.point({ x: t.tx, y: t.ty });
  },
  shape: (out, _, shape) => {
    out.u8((shape.clips ? 1 : 0) | (shape.isContinuous ? 2 : 0));
    for (const radius of shape.radii) out.len(radius);
  },
  background: color,
  gradient: (out, _, { end, from, to }) => {
    out.u32(end);
    floats(out, [from.x, from.y, to.x, to.y]);
  },
  border: (out, _, border) => {
    out.len(border.width);
    out.u32(border.color);
  },
  shadow: (out, _, shadow) => {
    out.u32(shadow.color);
    out.len(shadow.radius);
    out.point(shadow.offset);
  },
  alpha: byte,
  z: (out, _, value) => out.f32(value),
  blur: byte,
  hidden: (out, _, value) => out.u8(value ? 1 : 0),
  text: writeTextStyle,
  lines: writeLines,
  image: (out, _, image) => {
    out.uv(image.handle);
    out.u8(image.contentMode);
    out.u32(image.average);
    out.u32(image.tint);
  },
  control: (out, _, control) => {
    out.u8(control.flags);
    out.f32(control.value);
    out.uv(control.index);
    out.uv(control.count);
  },
  mask: (out, _, mask) => {
    out.u8(nameCode(ACTIONS, mask.action));
    out.u8(mask.reason);
  },
};

function floats(out: Writer, values: readonly number[]): void {
  for (const value of values) out.f32(value);
}

function writeTextStyle(out: Writer, strings: Interner, text: TextStyle): void {
  out.u8(nameCode(ROLES, text.role));
  strings.write(out, text.font);
  out.len(text.size);
  out.uv(text.weight);
  out.u8((text.isItalic ? 1 : 0) | (text.isUnderlined ? 2 : 0) | (text.isStruck ? 4 : 0));
  out.u32(text.color);
  out.u8(nameCode(ALIGNMENTS, text.alignment));
}

function writeLines(out: Writer, strings: Interner, lines: readonly Line[]): void {
  out.uv(lines.length);
  for (const line of lines) {
    strings.write(out, line.text);
    out.point(line);
    out.len(line.width);
  }
}

function writeFields(out: Writer, strings: Interner, fields: Partial<Fields>): void {
  const present = FIELD_NAMES.filter((name) => fields[name] !== undefined);
  out.uv(present.reduce((set, name) => set + 2 ** FIELD_NAMES.indexOf(name), 0));
  for (const name of present) writeField(out, strings, fields, name);
}

function writeField<N extends keyof Fields>(
  out: Writer,
  strings: Interner,
  fields: Partial<Fields>,
  name: N,
): void {
  const value = fields[name];
  if (value !== undefined) FIELD_WRITERS[name](out, strings, value);
}

function writeWindows(out: Writer, windows: readonly Window[]): void {
  out.uv(windows.length);
  for (const { root, scene, level } of windows) {
    out.uv(root);
    out.uv(scene);
    out.f32(level);
  }
}

function writeKeyframe(out: Writer, strings: Interner, keyframe: Keyframe): void {
  out.uv(keyframe.state);
  writeWindows(out, keyframe.windows);
  out.uv(keyframe.nodes.length);
  const places = new Map(keyframe.nodes.map(({ id }, index) => [id, index]));
  for (const [index, { id, parent, fields }] of keyframe.nodes.entries()) {
    out.uv(id);
    out.uv(parent === 0 ? 0 : index - (places.get(parent) ?? 0));
    writeFields(out, strings, fields);
  }
}

function writeDiff(out: Writer, strings: Interner, diff: Diff): void {
  out.uv(diff.base);
  out.u8(diff.windows ? 1 : 0);
  if (diff.windows) writeWindows(out, diff.windows);
  out.uv(diff.placements.length);
  for (const { node, parent, after } of diff.placements)
    for (const id of [node, parent, after]) out.uv(id);
  out.uv(diff.updates.length);
  for (const { node, fields } of diff.updates) {
    out.uv(node);
    writeFields(out, strings, fields);
  }
  out.uv(diff.removals.length);
  for (const id of diff.removals) out.uv(id);
}

function writeViewport(out: Writer, strings: Interner, viewport: Viewport): void {
  out.uv(viewport.scene);
  out.point({ x: viewport.width, y: viewport.height });
  out.f32(viewport.scale);
  for (const inset of viewport.safeArea) out.len(inset);
  out.u8(nameCode(ORIENTATIONS, viewport.orientation));
  out.u8(viewport.isDark ? 1 : 0);
  strings.write(out, viewport.textSize);
  out.u8(viewport.isRightToLeft ? 1 : 0);
}

function writeKeyboard(out: Writer, { isVisible, frame }: Keyboard): void {
  out.u8(isVisible ? 1 : 0);
  for (const length of [frame.x, frame.y, frame.width, frame.height]) out.len(length);
}

function writeTouch(out: Writer, touch: Touch): void {
  out.uv(touch.pointer);
  out.u8(nameCode(PHASES, touch.phase));
  out.point(touch);
  out.u8(touch.isMasked ? 1 : 0);
}

function writeState(out: Writer, strings: Interner, state: State): void {
  out.u8(nameCode(LEVELS, state.maskLevel));
  out.uv(state.viewports.length);
  for (const viewport of state.viewports) writeViewport(out, strings, viewport);
  strings.write(out, state.screen);
  out.u8(nameCode(LIFECYCLES, state.lifecycle));
  writeKeyboard(out, state.keyboard);
  out.uv(state.openTouches.length);
  for (const touch of state.openTouches) writeTouch(out, touch);
  const { userId, appName, appVersion, osName, osVersion, deviceModel, locale, sdk } = state.meta;
  const meta = [userId, appName, appVersion, osName, osVersion, deviceModel, locale, sdk];
  for (const text of meta) strings.write(out, text);
}

/** Writes a body and returns the number of its kind. */
function writeBody(out: Writer, strings: Interner, body: Body): number {
  switch (body.kind) {
    case "state":
      writeState(out, strings, body.state);
      return 1;
    case "keyframe":
      writeKeyframe(out, strings, body.keyframe);
      return 2;
    case "diff":
      writeDiff(out, strings, body.diff);
      return 3;
    case "touch":
      writeTouch(out, body.touch);
      return 4;
    case "viewport":
      writeViewport(out, strings, body.viewport);
      return 5;
    case "lifecycle":
      out.u8(nameCode(LIFECYCLES, body.lifecycle));
      return 6;
    case "screen":
    case "event":
      strings.write(out, body.name);
      return body.kind === "screen" ? 7 : 9;
    case "keyboard":
      writeKeyboard(out, body.keyboard);
      return 8;
    case "log":
      out.u8(nameCode(LOG_LEVELS, body.level));
      out.text(body.message);
      return 10;
    case "gap":
      out.u8(nameCode(GAP_REASONS, body.reason));
      out.uv(body.durationMs);
      return 11;
  }
}

/** What stands in a header. */
export interface HeaderFields {
  /** 32 hex digits. */
  readonly segmentId: string;
  readonly run: bigint;
  readonly seq: number;
  readonly startMs: number;
  readonly wallMs: number;
  readonly utcOffsetMin: number;
  readonly deviceId: string;
  readonly sessionId: string;
}

function encodeHeader(header: HeaderFields, version: number): number[] {
  const out = new Writer();
  out.raw(Buffer.from("VRSG"));
  out.u16(version);
  out.u16(0);
  out.raw(Buffer.from(header.segmentId, "hex"));
  out.u64(header.run);
  out.u32(header.seq);
  out.u64(BigInt(header.startMs));
  out.u64(BigInt(header.wallMs));
  out.u16(header.utcOffsetMin);
  out.text(header.deviceId);
  out.text(header.sessionId);
  const length = out.bytes.length + 4;
  out.bytes[6] = length & 0xff;
  out.bytes[7] = length >> 8;
  out.u32(crc32(Uint8Array.from(out.bytes)));
  return out.bytes;
}

/** The bytes of a chunk that holds `inflated`. */
export function encodeChunk(inflated: Uint8Array): Uint8Array {
  const deflated = deflateRawSync(inflated);
  const out = new Writer();
  out.u8(0x43);
  out.u32(inflated.length);
  out.u32(deflated.length);
  out.u32(crc32(deflated));
  out.raw(deflated);
  return Uint8Array.from(out.bytes);
}

/** A sealed segment around finished chunks. */
export function seal(
  header: HeaderFields,
  chunks: readonly Uint8Array[],
  endMs: number,
  records: number,
  version = 0,
): Uint8Array {
  const out = new Writer();
  out.raw(encodeHeader(header, version));
  for (const chunk of chunks) out.raw(chunk);
  out.u8(0x46);
  out.u64(BigInt(endMs));
  out.u32(chunks.length);
  out.u32(records);
  out.u32(out.bytes.length + 8);
  out.u32(crc32(Uint8Array.from(out.bytes)));
  return Uint8Array.from(out.bytes);
}

/** The inflated bytes of records, the first of which comes after `sinceMs`. */
export function encodeRecords(
  records: readonly Record[],
  sinceMs: number,
  strings = new Interner(),
): Uint8Array {
  const out = new Writer();
  let before = sinceMs;
  for (const { timeMs, body } of records) {
    const part = new Writer();
    out.u8(writeBody(part, strings, body));
    out.uv(timeMs - before);
    out.uv(part.bytes.length);
    out.raw(part.bytes);
    before = timeMs;
  }
  return Uint8Array.from(out.bytes);
}

/** A sealed segment of these records, `perChunk` of them in each chunk. */
export function encodeSegment(
  header: HeaderFields,
  records: readonly Record[],
  perChunk = 16,
): Uint8Array {
  const strings = new Interner();
  const chunks: Uint8Array[] = [];
  let before = header.startMs;
  for (let i = 0; i < records.length; i += perChunk) {
    const part = records.slice(i, i + perChunk);
    chunks.push(encodeChunk(encodeRecords(part, before, strings)));
    before = part.at(-1)?.timeMs ?? before;
  }
  return seal(header, chunks, before, records.length);
}
