import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Height of a row, in CSS pixels; the style sheet says the same. */
const ROW_PX = 34;
/** Rows kept above and below what is seen. */
const MARGIN = 8;

interface RowsProps<T> {
  readonly label: string;
  readonly role: "listbox" | "tree";
  readonly items: readonly T[];
  readonly row: (item: T, isActive: boolean) => ComponentChildren;
  /** Attributes of the row's element beside its place. */
  readonly describe: (
    item: T,
    isActive: boolean,
  ) => { [name: string]: string | number | boolean | undefined };
  /** A row was chosen by click or Enter. */
  readonly choose?: (item: T) => void;
  /** A row is pointed at or was moved to; `null` when none is any more. */
  readonly point?: (item: T | null) => void;
  /** Row that is kept in sight; −1 for none. */
  readonly follow: number;
}

/** A long list of rows of one height, of which only those in sight exist. */
export function Rows<T>(props: RowsProps<T>) {
  const { items, label, role } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(-1);
  const height = box.current?.clientHeight ?? 600;
  const first = Math.max(0, Math.floor(top / ROW_PX) - MARGIN);
  const last = Math.min(items.length, Math.ceil((top + height) / ROW_PX) + MARGIN);
  useEffect(() => reveal(box.current, props.follow), [props.follow]);
  const move = (to: number) => {
    const next = Math.min(items.length - 1, Math.max(0, to));
    setActive(next);
    reveal(box.current, next);
    props.point?.(items[next] ?? null);
  };
  const indexOf = (event: Event) => {
    const line = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    return Number(line?.getAttribute("data-index") ?? -1);
  };
  const click = (event: Event) => {
    setActive(indexOf(event));
    chosen(props, items[indexOf(event)]);
  };
  // The rows are reached by the arrow keys of the list that holds them.
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles know the active row
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is that of a list or a tree
    <div
      ref={box}
      class="scroller"
      role={role}
      aria-label={label}
      aria-activedescendant={active >= first && active < last ? `${role}-${active}` : undefined}
      tabIndex={0}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => keyDown(event, active, move, () => chosen(props, items[active]))}
      onClick={click}
      onPointerOver={(event) => props.point?.(items[indexOf(event)] ?? null)}
      onPointerLeave={() => props.point?.(null)}
      onBlur={() => props.point?.(null)}
    >
      <div class="runway" role="presentation" style={{ height: `${items.length * ROW_PX}px` }}>
        {items.slice(first, last).map((item, i) => (
          <div
            key={first + i}
            id={`${role}-${first + i}`}
            data-index={first + i}
            class={first + i === active ? "line is-active" : "line"}
            style={{ top: `${(first + i) * ROW_PX}px` }}
            {...props.describe(item, first + i === active)}
          >
            {props.row(item, first + i === active)}
          </div>
        ))}
      </div>
    </div>
  );
}

function chosen<T>({ choose }: RowsProps<T>, item: T | undefined): void {
  if (item !== undefined) choose?.(item);
}

/** Scrolls a row into sight. */
function reveal(box: HTMLElement | null, index: number): void {
  if (!box || index < 0) return;
  const [top, bottom] = [index * ROW_PX, (index + 1) * ROW_PX];
  if (top < box.scrollTop) box.scrollTop = top - ROW_PX;
  else if (bottom > box.scrollTop + box.clientHeight)
    box.scrollTop = bottom + ROW_PX - box.clientHeight;
}

function keyDown(
  event: TargetedKeyboardEvent<HTMLElement>,
  active: number,
  move: (to: number) => void,
  choose: () => void,
): void {
  if (event.key === "ArrowDown") move(active + 1);
  else if (event.key === "ArrowUp") move(active - 1);
  else if (event.key === "Enter") choose();
  else return;
  event.preventDefault();
}
