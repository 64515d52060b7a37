import { DEFAULT_FIELDS, type Shape, type TextStyle } from "../model.ts";
import { utf8Bytes } from "../tree/weight.ts";
import type { Reader } from "./reader.ts";
import { StringTable } from "./strings.ts";
import { Table } from "./table.ts";

const ROLES = ["none", "static", "input", "hint"] as const;
const ALIGNMENTS = ["natural", "left", "center", "right", "justified"] as const;
/** One more than the flags that a text style and a shape have. */
const TEXT_FLAGS = 8;
const SHAPE_FLAGS = 4;

/** Colours as `0xRRGGBBAA`. */
class ColorTable extends Table<number> {
  protected override readonly none = 0;

  protected override define(from: Reader): number {
    return from.u32("a colour");
  }
}

/** Sets of fields: bit *f* stands for field *f*. */
class SetTable extends Table<number> {
  protected override readonly none = 0;

  protected override define(from: Reader): number {
    return from.uv32("a field set");
  }
}

class ShapeTable extends Table<Shape> {
  protected override readonly none = DEFAULT_FIELDS.shape;

  protected override define(from: Reader): Shape {
    const flags = from.code("shape flags", SHAPE_FLAGS);
    const radius = () => from.len("a corner radius");
    return {
      clips: (flags & 1) !== 0,
      isContinuous: (flags & 2) !== 0,
      radii: [radius(), radius(), radius(), radius()],
    };
  }
}

class StyleTable extends Table<TextStyle> {
  protected override readonly none = DEFAULT_FIELDS.text;
  private readonly strings: StringTable;
  private readonly colors: ColorTable;

  constructor(strings: StringTable, colors: ColorTable) {
    super();
    this.strings = strings;
    this.colors = colors;
  }

  /** Each use of a style is one of its font. */
  protected override reuse({ font }: TextStyle, from: Reader, start: number): void {
    this.strings.use(utf8Bytes(font), from, start);
  }

  protected override define(from: Reader): TextStyle {
    const role = from.name("a text role", ROLES);
    const font = this.strings.read(from, "a font");
    const size = from.len("a font size");
    const weight = from.uv16("a font weight");
    const flags = from.code("text flags", TEXT_FLAGS);
    const color = this.colors.read(from, "an ink colour");
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
}

/** The tables of a track; they grow from record to record. */
export class Tables {
  readonly strings = new StringTable();
  readonly colors = new ColorTable();
  readonly sets = new SetTable();
  readonly styles = new StyleTable(this.strings, this.colors);
  readonly shapes = new ShapeTable();
}
