/** Columns whose numbers move; each is a lane of its own. */
export const LANE = {
  width: 0,
  height: 1,
  x: 2,
  y: 3,
  scrollX: 4,
  scrollY: 5,
  rotation: 6,
  scaleX: 7,
  scaleY: 8,
  skew: 9,
  offsetX: 10,
  offsetY: 11,
  alpha: 12,
  value: 13,
} as const;

/** Number of a lane. */
export type Lane = (typeof LANE)[keyof typeof LANE];

/** The last lane whose values are differences: the same step is expected again. */
const LAST_DIFFERENCE: Lane = LANE.scrollY;
/** The node of a row that nothing is expected of, and that nothing follows from. */
export const STILL = 0;

/** What one diff said of a node in a lane. */
interface Move {
  readonly value: number;
  /** What is expected next. */
  readonly next: number;
}

/** What one diff said, by lane and node. */
type Moves = Map<number, Move>[];

/** What is expected of the numbers of a diff, by those of the diff before. */
export class Motion {
  private before: Moves = [];
  private now: Moves = [];

  /** Goes on to the next diff. */
  advance(): void {
    this.before = this.now;
    this.now = [];
  }

  /** A keyframe: the next diff has none before it. */
  stop(): void {
    this.now = [];
  }

  /** What the lane is expected to have for the node, in its units. */
  expected(lane: Lane, node: number): number {
    return this.before[lane]?.get(node)?.next ?? 0;
  }

  /** Notes what the lane has for the node. */
  note(lane: Lane, node: number, value: number): void {
    if (node === STILL) return;
    const before = this.before[lane]?.get(node)?.value ?? value;
    const next = lane <= LAST_DIFFERENCE ? value : value + (value - before);
    this.now[lane] ??= new Map();
    this.now[lane].set(node, { value, next });
  }
}
