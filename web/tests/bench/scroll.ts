import type { Fields, Record } from "../../player/src/model.ts";
import { KIND } from "../../player/src/words.ts";
import { encodeSegment } from "../support/encoder.ts";
import {
  flatten,
  NO_CHANGE,
  PLAIN_HEADER,
  PLAIN_STATE,
  type SceneNode,
  windowsOf,
} from "../support/scene.ts";

/** Frames of half a minute in which something changes ten times a second. */
const FRAMES = 300;
const FRAME_MS = 100;
const CELLS = 59;
const CELL_PT = 92;

function cell(index: number): SceneNode {
  const top = 10 + 5 * index;
  const text = { role: "static", size: 17, weight: 600, color: 0x1c1c1eff } as const;
  const plain = { font: "", isItalic: false, isUnderlined: false, isStruck: false } as const;
  const style = { ...text, ...plain, alignment: "natural" } as const;
  const label = (id: number, words: string): SceneNode => ({
    id,
    fields: {
      kind: KIND.text,
      classChain: "UILabel:UIView",
      size: { x: 190, y: 24 },
      position: { x: 195, y: 30 + id },
      text: style,
      lines: [{ text: words, x: 0, y: 18, width: 120 + index }],
    },
    children: [],
  });
  const image: SceneNode = {
    id: top + 1,
    fields: { kind: KIND.image, classChain: "UIImageView:UIView", size: { x: 68, y: 68 } },
    children: [],
  };
  return {
    id: top,
    fields: {
      kind: KIND.cell,
      classChain: "ShopCell:UITableViewCell:UIView",
      size: { x: 393, y: CELL_PT },
      position: { x: 196.5, y: CELL_PT * index },
      background: 0xffffffff,
    },
    children: [
      image,
      label(top + 2, `Good ${index}`),
      label(top + 3, `€ ${index}`),
      label(top + 4, "New"),
    ],
  };
}

/** The changes of one frame: the list scrolls, two cells are used again, a number counts. */
function changesOf(frame: number): Record["body"] {
  const [a, b] = [10 + 5 * (frame % CELLS), 10 + 5 * ((frame * 7) % CELLS)];
  const line = { text: `Good ${frame}`, x: 0, y: 18, width: 130 };
  const update = (node: number, fields: Partial<Fields>) => ({ node, fields });
  const updates = [
    update(2, { scroll: { x: 0, y: 3 } }),
    update(a, { position: { x: 0, y: 1 }, generation: frame }),
    update(a + 2, { lines: [line] }),
    update(b + 3, { alpha: frame % 256 }),
  ];
  const unique = updates.filter(
    ({ node }, i) => updates.findIndex((other) => other.node === node) === i,
  );
  return { kind: "diff", diff: { ...NO_CHANGE, base: frame - 1, updates: unique } };
}

/** A segment of half a minute of scrolling through a list: 300 nodes, 300 diffs. */
export function scrollSegment(): Uint8Array {
  const { startMs } = PLAIN_HEADER;
  const cells = Array.from({ length: CELLS }, (_, index) => cell(index));
  const list: SceneNode = { id: 2, fields: { kind: KIND.list }, children: cells };
  const bars: SceneNode[] = [3, 4, 5].map((id) => ({ id, fields: {}, children: [] }));
  const scene: SceneNode[] = [{ id: 1, fields: { kind: KIND.view }, children: [list, ...bars] }];
  const keyframe = { state: 0, windows: windowsOf(scene), nodes: flatten(scene) };
  const frames = Array.from({ length: FRAMES }, (_, i): Record => {
    const timeMs = startMs + (i + 1) * FRAME_MS;
    return { timeMs, body: changesOf(i + 1) };
  });
  const bodies: Record["body"][] = [
    { kind: "state", state: PLAIN_STATE },
    { kind: "keyframe", keyframe },
  ];
  const opening = bodies.map((body) => ({ timeMs: startMs, body }));
  return encodeSegment(PLAIN_HEADER, [...opening, ...frames], 20);
}
