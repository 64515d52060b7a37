import { useMemo } from "preact/hooks";
import {
  childrenOf,
  className,
  kindWord,
  type Moment,
  reasonWord,
  type TreeNode,
  visibleWindows,
} from "../../player/src/index.ts";
import { Icon } from "./icons.tsx";
import { Rows } from "./rows.tsx";
import type { Playing } from "./theatre.tsx";

/** Deeper rows are not indented further. */
const MAX_INDENT = 14;

interface Element {
  readonly id: number;
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

/** The view tree of the current frame. Pointing at a row outlines it on the screen. */
export function Elements({ player, state }: Playing) {
  const { frameKey } = state.value;
  const elements = useMemo(() => listOf(player.current), [player, frameKey]);
  if (elements.length === 0) return <p class="empty">Nothing is on the screen at this moment.</p>;
  return (
    <Rows
      label="Elements on the screen"
      role="tree"
      items={elements}
      follow={-1}
      describe={({ level }, isActive) => ({
        role: "treeitem",
        "aria-level": level,
        "aria-selected": isActive,
      })}
      point={(element) => player.highlight(element?.id ?? null)}
      row={(element) => <ElementRow element={element} />}
    />
  );
}

function ElementRow({ element }: { readonly element: Element }) {
  const { level, kind, mask, identifier, text, isHidden } = element;
  const indent = { "--indent": String(Math.min(level - 1, MAX_INDENT)) };
  return (
    <div class={isHidden ? "element is-hidden" : "element"} style={indent}>
      <span class="kind">{kind}</span>
      {mask === "" ? null : (
        <span class="mask">
          <Icon name="lock" size={13} />
          {mask}
        </span>
      )}
      {text === "" ? null : <q>{text}</q>}
      {identifier === "" ? null : <span class="identifier">{identifier}</span>}
      <span class="class">{element.className}</span>
    </div>
  );
}

function listOf(moment: Moment | null): Element[] {
  if (!moment) return [];
  const list: Element[] = [];
  for (const { root } of visibleWindows(moment)) {
    const node = moment.tree.get(root);
    if (node) collect(node, 1, list);
  }
  return list;
}

function collect(node: TreeNode, level: number, into: Element[]): void {
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
