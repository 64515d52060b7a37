import { MAX_TABLE_ENTRIES } from "./limits.ts";
import type { Reader } from "./reader.ts";

/** Values of one kind that are written once in a track and named by their number from then on. */
export abstract class Table<T> {
  private readonly entries: T[] = [];

  /** What reference 0 names. */
  protected abstract readonly none: T;
  /** Reads a new value. */
  protected abstract define(from: Reader): T;

  /** Reads a reference, and the value that follows a new one. */
  read(from: Reader, what: string): T {
    const start = from.offset;
    const reference = from.uv32(what);
    if (reference === 0) return this.none;
    if (reference === 1) return this.add(this.define(from));
    const known = this.entries[reference - 2];
    if (known === undefined) throw from.expected(`${what} of its table`, start);
    this.reuse(known, from, start);
    return known;
  }

  /** Called where an entry is named by its number, by the reference at `start`. */
  protected reuse(_value: T, _from: Reader, _start: number): void {}

  private add(value: T): T {
    if (this.entries.length < MAX_TABLE_ENTRIES) this.entries.push(value);
    return value;
  }
}
