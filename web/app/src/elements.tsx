import { useMemo } from "preact/hooks";
import { type Element, elementsOf } from "./element.ts";
import { Icon } from "./icons.tsx";
import { Rows } from "./rows.tsx";
import type { Playing } from "./theatre.tsx";

/** Deeper rows are not indented further. */
const MAX_INDENT = 14;

/** The view tree of the current frame. Pointing at a row outlines it on the screen. */
export function Elements({ player, state }: Playing) {
  const { frameKey } = state.value;
  const elements = useMemo(() => {
    return player.current ? elementsOf(player.current) : [];
  }, [player, frameKey]);
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
