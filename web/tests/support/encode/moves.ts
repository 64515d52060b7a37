import type { Writer } from "./writer.ts";

/** The letters of the columns that move. */
export type Letter =
  | "a"
  | "b"
  | "c"
  | "d"
  | "e"
  | "f"
  | "g"
  | "h"
  | "i"
  | "j"
  | "k"
  | "l"
  | "m"
  | "n";

/** What a diff says of nodes that it does not place, by letter and node. */
type Said = ReadonlyMap<string, number>;

/** Writes the columns that move, straight from the definition of what is expected. */
export class Moves {
  /** The diff before, and the one before that. */
  private past: Said[] = [];
  private now = new Map<string, number>();
  private placed: ReadonlySet<number> = new Set();

  /** Begins a diff that places these nodes. */
  beginDiff(placed: readonly number[]): void {
    this.past = [this.now, ...this.past].slice(0, 2);
    this.now = new Map();
    this.placed = new Set(placed);
  }

  /** Begins a keyframe, in which all nodes are placed. */
  beginKeyframe(nodes: readonly number[]): void {
    this.past = [];
    this.now = new Map();
    this.placed = new Set(nodes);
  }

  write(out: Writer, letter: Letter, node: number, units: number): void {
    const key = `${letter} ${node}`;
    out.sv(units - this.expected(letter, node));
    if (!this.placed.has(node)) this.now.set(key, units);
  }

  private expected(letter: Letter, node: number): number {
    const [last, lastButOne] = this.past.map((said) => said.get(`${letter} ${node}`));
    if (this.placed.has(node) || last === undefined) return 0;
    const step = last - (lastButOne ?? last);
    return letter <= "f" ? last : last + step;
  }
}
