import STATIC_LINES from "../../../../assets/format/static-strings-v1.txt?raw";
import type { Changes } from "../../../player/src/model.ts";
import type { Writer } from "./writer.ts";

const STATIC = STATIC_LINES.trimEnd().split("\n");
const MAX_STRINGS = 65_536;
const MAX_ENTRIES = 4_096;

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
  private count = 0;

  constructor(none: T) {
    this.none = JSON.stringify(none);
  }

  /** Writes a reference; `define` writes the value behind it where it is new. */
  write(out: Writer, value: T, define: () => void): void {
    const key = JSON.stringify(value);
    const known = key === this.none ? -2 : this.numbers.get(key);
    out.uv((known ?? -1) + 2);
    if (known !== undefined) return;
    define();
    if (this.count < MAX_ENTRIES) this.numbers.set(key, this.count++);
  }
}

/** What a node has in common with others: its field set, and the values of fields that are of looks. */
export interface Look {
  readonly set: number;
  readonly values: Changes;
}

/** The tables of a track. */
export class Tables {
  readonly strings = new StringTable();
  readonly looks = new Table<Look>({ set: 0, values: {} });
  private readonly colors = new Table<number>(0);

  writeColor(out: Writer, color: number): void {
    this.colors.write(out, color, () => out.u32(color));
  }
}
