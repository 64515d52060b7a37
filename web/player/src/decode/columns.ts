import {
  MAX_DIFFERENCE_UNITS,
  MAX_LENGTH_UNITS,
  MAX_LINE_PT,
  TURN_BITS,
  UNITS_PER_PT,
  UNITS_PER_TURN,
} from "./limits.ts";
import type { Lane, Motion } from "./motion.ts";
import type { Reader } from "./reader.ts";
import type { Tables } from "./tables.ts";

/** What the columns of a node table are read from. */
export class Columns {
  readonly from: Reader;
  readonly tables: Tables;
  private readonly motion: Motion;
  /** Largest difference that a field of this table can have, in units. */
  private readonly mostUnits: number;

  /** Where all nodes are new, differences count from 0: they are lengths themselves. */
  constructor(from: Reader, tables: Tables, motion: Motion, areAllNew: boolean) {
    this.from = from;
    this.tables = tables;
    this.motion = motion;
    this.mostUnits = areAllNew ? MAX_LENGTH_UNITS : MAX_DIFFERENCE_UNITS;
  }

  str(what: string): string {
    return this.tables.strings.read(this.from, what);
  }

  color(what: string): number {
    return this.tables.colors.read(this.from, what);
  }

  /** What a length changes by, in points: what moves in the lane, and `basePt`. */
  difference(what: string, lane: Lane, node: number, basePt = 0): number {
    const start = this.from.offset;
    const moved = this.motion.expected(lane, node) + this.from.sv(what);
    const units = moved + basePt * UNITS_PER_PT;
    if (Math.abs(units) > this.mostUnits) throw this.from.expected(`${what} in range`, start);
    this.motion.note(lane, node, moved);
    return units / UNITS_PER_PT;
  }

  /** What moves in the lane, from `least` to `most` of its units. */
  moving(what: string, lane: Lane, node: number, most: number, least = -most): number {
    const start = this.from.offset;
    const value = this.motion.expected(lane, node) + this.from.sv(what);
    if (value > most || value < least) throw this.from.expected(`${what} in range`, start);
    this.motion.note(lane, node, value);
    return value;
  }

  /** A rotation that moves in the lane, in turns above −½ and up to ½. */
  turn(what: string, lane: Lane, node: number): number {
    const entry = this.from.svModulo(what, TURN_BITS);
    const value = withinTurn(this.motion.expected(lane, node) + entry);
    this.motion.note(lane, node, value);
    return value / UNITS_PER_TURN;
  }

  /** A width in whole points, of which is written how much shorter than `wholePt` it is. */
  shortfall(what: string, wholePt: number): number {
    const start = this.from.offset;
    const width = Math.floor(wholePt) - this.from.sv(what);
    if (width < 0 || width > MAX_LINE_PT) throw this.from.expected(`${what} in range`, start);
    return width;
  }
}

/** The same rotation above minus half a turn and up to half a turn. */
function withinTurn(units: number): number {
  const turned = units % UNITS_PER_TURN;
  if (turned > UNITS_PER_TURN / 2) return turned - UNITS_PER_TURN;
  return turned > -UNITS_PER_TURN / 2 ? turned + 0 : turned + UNITS_PER_TURN;
}
