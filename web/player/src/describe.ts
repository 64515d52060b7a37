import { CONTROL, type Fields } from "./model.ts";
import { isHidden, visibleWindows } from "./paint/walk.ts";
import type { Moment } from "./timeline/replay.ts";
import { subtreeOf, type TreeNode } from "./tree/node.ts";
import { KIND, kindWord } from "./words.ts";

/** Longest description, in characters. */
const MAX_LENGTH = 2_000;

const STATE_KINDS = new Set<number>([KIND.switch, KIND.segmented, KIND.slider, KIND.progress]);

/** The screen in words, for people who do not see it. Only what was kept unmasked is in it. */
export function describe(moment: Moment): string {
  const parts: string[] = [];
  let masked = 0;
  for (const node of visibleNodes(moment)) {
    if (node.fields.mask.action !== "keep") masked++;
    else parts.push(...wordsOf(node.fields));
  }
  const screen = moment.around.screen === "" ? [] : [`Screen ${moment.around.screen}.`];
  const hidden = masked === 0 ? [] : [`${masked} masked ${masked === 1 ? "element" : "elements"}.`];
  const text = parts.join(", ");
  const body = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return [...screen, ...(body === "" ? [] : [`${body}.`]), ...hidden].join(" ");
}

function* visibleNodes(moment: Moment): Generator<TreeNode> {
  for (const { root } of visibleWindows(moment)) {
    const top = moment.tree.get(root);
    if (!top) continue;
    for (const node of subtreeOf(top)) if (!isHidden(node)) yield node;
  }
}

function wordsOf({ kind, text, lines, control }: Fields): string[] {
  const said = text.role === "none" ? "" : lines.map((line) => line.text).join(" ");
  const state = STATE_KINDS.has(kind) ? ` ${stateWord(kind, control.flags, control.value)}` : "";
  if (said !== "") return [kind === KIND.button ? `button ${said}` : said];
  return state === "" ? [] : [`${kindWord(kind)}${state}`];
}

function stateWord(kind: number, flags: number, value: number): string {
  if (kind === KIND.slider || kind === KIND.progress) return `${Math.round(value * 100)} %`;
  return flags & CONTROL.on ? "on" : "off";
}
