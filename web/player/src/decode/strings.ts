import { MAX_SEGMENT_STRING_BYTES, MAX_STRING_BYTES, MAX_TABLE_STRINGS } from "./limits.ts";
import type { Reader } from "./reader.ts";

/** A string and what it takes in UTF-8. */
interface Entry {
  readonly text: string;
  readonly bytes: number;
}

/** The string table of a segment: strings are numbered from 1 in order of first use. */
export class StringTable {
  private readonly entries: Entry[] = [{ text: "", bytes: 0 }];
  /** Bytes of the strings read so far, once per use. */
  private usedBytes = 0;

  /** Reads a `str`; the empty string stands for "none". */
  read(from: Reader, what: string): string {
    const start = from.offset;
    const { text, bytes } = this.entry(from, what);
    this.usedBytes += bytes;
    if (this.usedBytes > MAX_SEGMENT_STRING_BYTES) {
      throw from.over("string bytes in a segment", MAX_SEGMENT_STRING_BYTES, start);
    }
    return text;
  }

  private entry(from: Reader, what: string): Entry {
    const start = from.offset;
    const number = from.uv32(what);
    const known = this.entries[number];
    if (known !== undefined) return known;
    if (number !== this.entries.length) throw from.expected("a number of the string table", start);
    return this.define(from, what);
  }

  private define(from: Reader, what: string): Entry {
    if (this.entries.length > MAX_TABLE_STRINGS) throw from.over("strings", MAX_TABLE_STRINGS);
    const start = from.offset;
    const text = from.text(what, MAX_STRING_BYTES);
    if (text === "") throw from.expected("a string that is not empty", start);
    const entry = { text, bytes: new TextEncoder().encode(text).length };
    this.entries.push(entry);
    return entry;
  }
}
