import STATIC_LINES from "../../../../assets/format/static-strings-v1.txt?raw";
import type { Shape, TextStyle } from "../../../player/src/model.ts";
import type { Writer } from "./writer.ts";

const STATIC = STATIC_LINES.trimEnd().split("\n");
const MAX_STRINGS = 65_536;
const MAX_ENTRIES = 4_096;
export const ROLES = ["none", "static", "input", "hint"];
export const ALIGNMENTS = ["natural", "left", "center", "right", "justified"];

/** The strings of a track. */
export class StringTable {
  private readonly numbers = new Map<string, number>();
  private count = 0;

  write(out: Writer, text: string): void {
    const known = this.numbers.get(text);
    if (text === "") out.uv(0);
    else if (known !== undefined) out.uv(known + 3);
    else this.define(out, text);
  }

  private define(out: Writer, text: string): void {
    const line = STATIC.indexOf(text);
    out.uv(line < 0 ? 1 : 2);
    if (line < 0) out.text(text);
    else out.uv(line);
    if (this.count < MAX_STRINGS) this.numbers.set(text, this.count++);
  }
}

/** Values of one kind; those that are the same in JSON are one. */
class Table<T> {
  private readonly numbers = new Map<string, number>();
  private readonly none: string;
  private readonly define: (out: Writer, value: T) => void;
  private count = 0;

  constructor(none: T, define: (out: Writer, value: T) => void) {
    this.none = JSON.stringify(none);
    this.define = define;
  }

  write(out: Writer, value: T): void {
    const key = JSON.stringify(value);
    const known = key === this.none ? -2 : this.numbers.get(key);
    out.uv((known ?? -1) + 2);
    if (known !== undefined) return;
    this.define(out, value);
    if (this.count < MAX_ENTRIES) this.numbers.set(key, this.count++);
  }
}

const NO_SHAPE: Shape = { clips: false, isContinuous: false, radii: [0, 0, 0, 0] };
const NO_TEXT: TextStyle = {
  role: "none",
  font: "",
  size: 0,
  weight: 0,
  isItalic: false,
  isUnderlined: false,
  isStruck: false,
  color: 0,
  alignment: "natural",
};

function writeShape(out: Writer, { clips, isContinuous, radii }: Shape): void {
  out.u8((clips ? 1 : 0) | (isContinuous ? 2 : 0));
  for (const radius of radii) out.len(radius);
}

/** The tables of a track. */
export class Tables {
  readonly strings = new StringTable();
  readonly colors = new Table<number>(0, (out, color) => out.u32(color));
  readonly sets = new Table<number>(0, (out, set) => out.uv(set));
  readonly shapes = new Table<Shape>(NO_SHAPE, writeShape);
  readonly styles = new Table<TextStyle>(NO_TEXT, (out, style) => this.writeStyle(out, style));

  private writeStyle(out: Writer, text: TextStyle): void {
    out.u8(ROLES.indexOf(text.role));
    this.strings.write(out, text.font);
    out.len(text.size);
    out.uv(text.weight);
    out.u8((text.isItalic ? 1 : 0) | (text.isUnderlined ? 2 : 0) | (text.isStruck ? 4 : 0));
    this.colors.write(out, text.color);
    out.u8(ALIGNMENTS.indexOf(text.alignment));
  }
}
