import type { Placement } from "../model.ts";
import { MAX_DEPTH } from "./limits.ts";
import { type Reader, unzigzag } from "./reader.ts";

/** The link of a node whose parent and sibling are written out. */
const EXPLICIT = 0;
/** The link of a first child of the node placed before. */
const FIRST_CHILD = 1;
/** The link of the next sibling of the node placed before; links above climb from there. */
const SIBLING = 2;

const MAX_NODE_ID = 0xffffffff;

/** Reads where the first `count` of the nodes `ids` of a diff are placed. */
export function readPlacements(from: Reader, ids: readonly number[], count: number): Placement[] {
  const links = readLinks(from, count);
  const parents = readExplicit(from, ids, links);
  const siblings = readExplicit(from, ids, links);
  return new Path().resolve(ids, links, parents, siblings);
}

/** Reads where the nodes of a keyframe stand, of which the first is a root. */
export function readKeyframePlacements(from: Reader, ids: readonly number[]): Placement[] {
  const links = readKeyframeLinks(from, ids.length);
  return new Path().resolve(ids, links, [0], [0]);
}

/** How many nodes a link can climb to after one at `depth` is followed by `link`; 0 is none. */
function depthAfter(depth: number, link: number): number {
  if (link === EXPLICIT) return 1;
  if (depth === 0) return 0;
  return link === FIRST_CHILD ? depth + 1 : depth - (link - SIBLING);
}

function readLinks(from: Reader, count: number): number[] {
  const links: number[] = [];
  let depth = 0;
  for (let i = 0; i < count; i++) {
    const start = from.offset;
    const link = from.uv32("a link");
    depth = depthAfter(depth, link);
    if (depth < 1) throw from.expected("a link within the table", start);
    links.push(link);
  }
  return links;
}

/** The first node has no link; it is written out as a root without its column. */
function readKeyframeLinks(from: Reader, count: number): number[] {
  const links = count > 0 ? [EXPLICIT] : [];
  let depth = 1;
  while (links.length < count) {
    const start = from.offset;
    const link = from.uv32("a link");
    depth = link === EXPLICIT ? 0 : depthAfter(depth, link);
    if (depth < 1) throw from.expected("a link within the keyframe", start);
    if (depth - 1 > MAX_DEPTH) throw from.over("levels of nesting", MAX_DEPTH, start);
    links.push(link);
  }
  return links;
}

/** For each explicit link 0 or the id of another node, as a distance from the node's own. */
function readExplicit(from: Reader, ids: readonly number[], links: readonly number[]): number[] {
  const others: number[] = [];
  for (const [i, link] of links.entries()) {
    if (link === EXPLICIT) others.push(readOther(from, ids[i] ?? 0));
  }
  return others;
}

function readOther(from: Reader, id: number): number {
  const start = from.offset;
  const distance = from.uv("a node");
  if (distance === 0) return 0;
  const other = id + unzigzag(distance - 1);
  if (other < 1 || other > MAX_NODE_ID) throw from.expected("a node id", start);
  return other;
}

/** The node placed last and its parents, as far as they were placed by links of the same table. */
class Path {
  private readonly ids: number[] = [];
  /** The parent of the first of them. */
  private home = 0;

  /** What links that were checked mean; the explicit ones stand in lists of their own. */
  resolve(
    ids: readonly number[],
    links: readonly number[],
    parents: readonly number[],
    siblings: readonly number[],
  ): Placement[] {
    let explicit = 0;
    return links.map((link, i) => {
      const node = ids[i] ?? 0;
      if (link !== EXPLICIT) return this.follow(node, link);
      const home = { node, parent: parents[explicit] ?? 0, after: siblings[explicit] ?? 0 };
      explicit++;
      return this.begin(home);
    });
  }

  private begin(placement: Placement): Placement {
    this.ids.length = 0;
    this.ids.push(placement.node);
    this.home = placement.parent;
    return placement;
  }

  private follow(node: number, link: number): Placement {
    const after = link === FIRST_CHILD ? 0 : this.climb(link - SIBLING);
    const parent = this.ids.at(-1) ?? this.home;
    this.ids.push(node);
    return { node, parent, after };
  }

  /** Leaves the `levels`-th parent of the node placed last, and returns it. */
  private climb(levels: number): number {
    this.ids.length -= levels;
    return this.ids.pop() ?? 0;
  }
}
