import type { LeftOut } from "./model.ts";

/** The numbers of the format as words for people and as names in code. */

/** Names of node kinds, by number. */
export const KIND_WORDS = [
  "unknown",
  "view",
  "text",
  "image",
  "symbol",
  "text input",
  "search bar",
  "button",
  "switch",
  "slider",
  "stepper",
  "segmented",
  "page control",
  "date picker",
  "picker",
  "progress",
  "activity",
  "navigation bar",
  "tab bar",
  "toolbar",
  "alert",
  "menu",
  "scroll",
  "list",
  "cell",
  "web view",
  "map",
  "video",
  "camera",
  "canvas",
  "PDF",
  "remote view",
  "keyboard",
  "blur",
  "gradient",
  "shape",
  "placeholder",
] as const;

/** Numbers of node kinds, by name. */
export const KIND = {
  unknown: 0,
  view: 1,
  text: 2,
  image: 3,
  symbol: 4,
  textInput: 5,
  searchBar: 6,
  button: 7,
  switch: 8,
  slider: 9,
  stepper: 10,
  segmented: 11,
  pageControl: 12,
  datePicker: 13,
  picker: 14,
  progress: 15,
  activity: 16,
  navigationBar: 17,
  tabBar: 18,
  toolbar: 19,
  alert: 20,
  menu: 21,
  scroll: 22,
  list: 23,
  cell: 24,
  webView: 25,
  map: 26,
  video: 27,
  camera: 28,
  canvas: 29,
  pdf: 30,
  remoteView: 31,
  keyboard: 32,
  blur: 33,
  gradient: 34,
  shape: 35,
  placeholder: 36,
} as const;

/** Mask reasons as they are named in the format, by number. */
export const MASK_REASONS = [
  "none",
  "level",
  "secure",
  "content-type",
  "pattern",
  "override",
  "ancestor",
  "region",
  "opaque-content",
  "unknown-layer",
  "keyboard",
  "limit",
] as const;

/** Mask reasons for people, by number. */
const REASON_WORDS = [
  "masked",
  "mask level",
  "secure field",
  "sensitive field",
  "sensitive text",
  "set by the app",
  "set by the app",
  "masked region",
  "not captured",
  "unknown layer",
  "keyboard",
  "screen too large",
] as const;

/** The kind's name for people. */
export function kindWord(kind: number): string {
  return KIND_WORDS[kind] ?? "unknown";
}

/** Why something is masked, for people. */
export function reasonWord(reason: number): string {
  return REASON_WORDS[reason] ?? "masked";
}

/** Why a picture was left out, for people: in one word and, where there is room, in more. */
const LEFT_OUT_WORDS: { readonly [why in LeftOut]: readonly [string, string] } = {
  "too-large": ["Too large", "Picture too large"],
  "over-limit": ["Over limit", "Too many pictures"],
  unreadable: ["Unreadable", "Picture unreadable"],
};

/** Why nobody has a picture, for people. */
export function leftOutWord(why: LeftOut, isLong: boolean): string {
  return LEFT_OUT_WORDS[why][isLong ? 1 : 0];
}

/** The most derived class of a chain `PayButton:UIButton:UIView`. */
export function className(chain: string): string {
  const end = chain.indexOf(":");
  return end < 0 ? chain : chain.slice(0, end);
}
