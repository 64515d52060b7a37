import { MAX_STRING_BYTES, MAX_TABLE_STRINGS } from "./limits.ts";
import type { Reader } from "./reader.ts";

/** The string table of a segment: strings are numbered from 1 in order of first use. */
export class StringTable {
  private readonly strings: string[] = [""];

  /** Reads a `str`; the empty string stands for "none". */
  read(from: Reader, what: string): string {
    const start = from.offset;
    const number = from.uv32(what);
    const known = this.strings[number];
    if (known !== undefined) return known;
    if (number !== this.strings.length) throw from.expected("a number of the string table", start);
    return this.define(from, what);
  }

  private define(from: Reader, what: string): string {
    if (this.strings.length > MAX_TABLE_STRINGS) throw from.over("strings", MAX_TABLE_STRINGS);
    const start = from.offset;
    const text = from.text(what, MAX_STRING_BYTES);
    if (text === "") throw from.expected("a string that is not empty", start);
    this.strings.push(text);
    return text;
  }
}
