import STATIC_LINES from "../../../../assets/format/static-strings-v1.txt?raw";
import {
  MAX_STRING_BYTES,
  MAX_TABLE_STRINGS,
  MAX_TRACK_STRING_BYTES,
  MAX_TREE_STRING_BYTES,
} from "./limits.ts";
import type { Reader } from "./reader.ts";

/** A string and what it takes in UTF-8. */
interface Entry {
  readonly text: string;
  readonly bytes: number;
}

const NONE: Entry = { text: "", bytes: 0 };

/** Strings that every reader knows, in ASCII, by their number. */
const STATIC: readonly Entry[] = STATIC_LINES.trimEnd()
  .split("\n")
  .map((text) => ({ text, bytes: text.length }));

/** The string table of a track, and how many bytes of strings were used so far. */
export class StringTable {
  private readonly entries: Entry[] = [];
  private trackBytes = 0;
  private recordBytes = 0;

  /** Begins to count the strings of another record. */
  beginRecord(): void {
    this.recordBytes = 0;
  }

  /** Reads a `str`; the empty string stands for "none". */
  read(from: Reader, what: string): string {
    const start = from.offset;
    const { text, bytes } = this.entry(from, what);
    this.use(bytes, from, start);
    return text;
  }

  /** Counts one use of a string of so many bytes, which the value at `start` is. */
  use(bytes: number, from: Reader, start: number): void {
    this.trackBytes += bytes;
    this.recordBytes += bytes;
    if (this.recordBytes > MAX_TREE_STRING_BYTES) {
      throw from.over("string bytes in a record", MAX_TREE_STRING_BYTES, start);
    }
    if (this.trackBytes > MAX_TRACK_STRING_BYTES) {
      throw from.over("string bytes in a track", MAX_TRACK_STRING_BYTES, start);
    }
  }

  private entry(from: Reader, what: string): Entry {
    const start = from.offset;
    const reference = from.uv32(what);
    if (reference === 0) return NONE;
    if (reference === 1) return this.add(define(from, what));
    if (reference === 2) return this.add(readStatic(from, what));
    const known = this.entries[reference - 3];
    if (known === undefined) throw from.expected(`${what} of the string table`, start);
    return known;
  }

  private add(entry: Entry): Entry {
    if (this.entries.length < MAX_TABLE_STRINGS) this.entries.push(entry);
    return entry;
  }
}

function define(from: Reader, what: string): Entry {
  const start = from.offset;
  const bytes = from.count("bytes in a string", MAX_STRING_BYTES);
  if (bytes === 0) throw from.expected(`${what} that is not empty`, start);
  return { text: from.utf8(bytes, what), bytes };
}

function readStatic(from: Reader, what: string): Entry {
  const start = from.offset;
  const entry = STATIC[from.uv32(what)];
  if (entry === undefined) throw from.expected(`${what} among the static strings`, start);
  return entry;
}
