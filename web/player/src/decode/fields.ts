import type {
  Affine,
  Control,
  Fields,
  Gradient,
  Image,
  Line,
  Mask,
  Point,
  TextStyle,
} from "../model.ts";
import { KIND_WORDS, MASK_REASONS } from "../words.ts";
import { MAX_LINES } from "./limits.ts";
import type { Reader } from "./reader.ts";
import type { StringTable } from "./strings.ts";

const ROLES = ["none", "static", "input", "hint"] as const;
const ALIGNMENTS = ["natural", "left", "center", "right", "justified"] as const;
const ACTIONS = ["keep", "mask", "replace"] as const;

type FieldReader = (from: Reader, strings: StringTable, into: Partial<Fields>) => void;

/** One reader per field; its place in the list is the field's number. */
const FIELD_READERS: readonly FieldReader[] = [
  (from, _, into) => {
    into.kind = readKind(from);
  },
  (from, strings, into) => {
    into.classChain = strings.read(from, "a class chain");
  },
  (from, strings, into) => {
    into.controller = strings.read(from, "a controller class");
  },
  (from, strings, into) => {
    into.identifier = strings.read(from, "an identifier");
  },
  (from, _, into) => {
    into.generation = from.uv32("a generation");
  },
  (from, _, into) => {
    into.position = readPoint(from, "a position");
  },
  (from, _, into) => {
    into.size = readPoint(from, "a size");
  },
  (from, _, into) => {
    into.scroll = readPoint(from, "a bounds origin");
  },
  (from, _, into) => {
    into.anchor = readFraction(from, "an anchor");
  },
  (from, _, into) => {
    into.transform = readTransform(from);
  },
  (from, _, into) => {
    into.shape = readShape(from);
  },
  (from, _, into) => {
    into.background = from.u32("a background");
  },
  (from, _, into) => {
    into.gradient = readGradient(from);
  },
  (from, _, into) => {
    into.border = { width: from.len("a border"), color: from.u32("a border") };
  },
  (from, _, into) => {
    into.shadow = {
      color: from.u32("a shadow"),
      radius: from.len("a shadow"),
      offset: readPoint(from, "a shadow"),
    };
  },
  (from, _, into) => {
    into.alpha = from.u8("an alpha");
  },
  (from, _, into) => {
    into.z = from.f32("a z position");
  },
  (from, _, into) => {
    into.blur = from.u8("a blur style");
  },
  (from, _, into) => {
    into.hidden = from.flag("a hidden flag");
  },
  (from, strings, into) => {
    into.text = readTextStyle(from, strings);
  },
  (from, strings, into) => {
    into.lines = readLines(from, strings);
  },
  (from, _, into) => {
    into.image = readImage(from);
  },
  (from, _, into) => {
    into.control = readControl(from);
  },
  (from, _, into) => {
    into.mask = readMask(from);
  },
];

/** Reads a field set and its payloads. */
export function readFields(from: Reader, strings: StringTable): Partial<Fields> {
  const start = from.offset;
  const set = from.uv32("a field set");
  if (set >= 2 ** FIELD_READERS.length) throw from.expected("a set of known fields", start);
  const fields: Partial<Fields> = {};
  FIELD_READERS.forEach((read, number) => {
    if ((set >>> number) & 1) read(from, strings, fields);
  });
  return fields;
}

function readKind(from: Reader): number {
  const kind = from.u8("a kind");
  return kind < KIND_WORDS.length ? kind : 0;
}

/** Two lengths. */
export function readPoint(from: Reader, what: string): Point {
  return { x: from.len(what), y: from.len(what) };
}

function readFraction(from: Reader, what: string): Point {
  return { x: from.f32(what), y: from.f32(what) };
}

function readTransform(from: Reader): Affine {
  const what = "a transform";
  return {
    a: from.f32(what),
    b: from.f32(what),
    c: from.f32(what),
    d: from.f32(what),
    tx: from.len(what),
    ty: from.len(what),
  };
}

function readShape(from: Reader): Fields["shape"] {
  const flags = from.u8("shape flags");
  const radius = () => from.len("a corner radius");
  return {
    clips: (flags & 1) !== 0,
    isContinuous: (flags & 2) !== 0,
    radii: [radius(), radius(), radius(), radius()],
  };
}

function readGradient(from: Reader): Gradient {
  const what = "a gradient";
  return { end: from.u32(what), from: readFraction(from, what), to: readFraction(from, what) };
}

function readTextStyle(from: Reader, strings: StringTable): TextStyle {
  const role = from.code("a text role", ROLES.length);
  const font = strings.read(from, "a font");
  const size = from.len("a font size");
  const weight = from.uv16("a font weight");
  const flags = from.u8("text flags");
  const color = from.u32("an ink colour");
  const alignment = from.code("an alignment", ALIGNMENTS.length);
  return {
    role: ROLES[role] ?? "none",
    font,
    size,
    weight,
    isItalic: (flags & 1) !== 0,
    isUnderlined: (flags & 2) !== 0,
    isStruck: (flags & 4) !== 0,
    color,
    alignment: ALIGNMENTS[alignment] ?? "natural",
  };
}

function readLines(from: Reader, strings: StringTable): Line[] {
  const count = from.count("lines", MAX_LINES);
  const lines: Line[] = [];
  for (let i = 0; i < count; i++) {
    const text = strings.read(from, "a line");
    lines.push({ text, ...readPoint(from, "a baseline"), width: from.len("a line width") });
  }
  return lines;
}

function readImage(from: Reader): Image {
  return {
    handle: from.uv32("an image handle"),
    contentMode: from.u8("a content mode"),
    average: from.u32("an average colour"),
    tint: from.u32("a tint"),
  };
}

function readControl(from: Reader): Control {
  return {
    flags: from.u8("control flags"),
    value: from.f32("a control value"),
    index: from.uv16("a selected index"),
    count: from.uv16("a segment count"),
  };
}

function readMask(from: Reader): Mask {
  const action = from.code("a mask action", ACTIONS.length);
  const reason = from.code("a mask reason", MASK_REASONS.length);
  return { action: ACTIONS[action] ?? "replace", reason };
}
