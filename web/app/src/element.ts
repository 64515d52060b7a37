import {
  childrenOf,
  className,
  kindWord,
  MAX_DRAWN_LEVELS,
  type Moment,
  reasonWord,
  type TreeNode,
  visibleWindows,
} from "../../player/src/index.ts";

/** A node of the view tree as a row of a list. */
export interface Element {
  readonly id: number;
  /** From 1. */
  readonly level: number;
  readonly kind: string;
  readonly className: string;
  readonly identifier: string;
  /** Kept text, else empty. */
  readonly text: string;
  /** Why it is masked, else empty. */
  readonly mask: string;
  readonly isHidden: boolean;
}

/** What is drawn of the view tree, in pre-order; as deep as it is drawn. */
export function elementsOf(moment: Moment): Element[] {
  const list: Element[] = [];
  for (const { root } of visibleWindows(moment)) {
    const node = moment.tree.get(root);
    if (node) collect(node, 1, list);
  }
  return list;
}

function collect(node: TreeNode, level: number, into: Element[]): void {
  if (level > MAX_DRAWN_LEVELS) return;
  into.push(elementOf(node, level));
  for (const child of childrenOf(node)) collect(child, level + 1, into);
}

function elementOf({ id, fields }: TreeNode, level: number): Element {
  return {
    id,
    level,
    kind: kindWord(fields.kind),
    className: className(fields.classChain),
    identifier: fields.identifier,
    text: fields.lines.map(({ text }) => text).join(" "),
    mask: fields.mask.action === "keep" ? "" : reasonWord(fields.mask.reason),
    isHidden: fields.hidden || fields.alpha === 0,
  };
}
