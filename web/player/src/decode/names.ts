import type { Fields } from "../model.ts";

/** The fields that this version knows; the place of each in the list is its number. */
export const FIELD_NAMES = [
  "kind",
  "classChain",
  "controller",
  "identifier",
  "generation",
  "size",
  "position",
  "scroll",
  "anchor",
  "transform",
  "shape",
  "background",
  "gradient",
  "border",
  "shadow",
  "alpha",
  "z",
  "blur",
  "hidden",
  "text",
  "lines",
  "image",
  "control",
  "mask",
] as const satisfies readonly (keyof Fields)[];

/** Whether the field of that number is in a set, in which bit *f* stands for field *f*. */
export function isIn(set: number, field: number): boolean {
  return ((set >>> field) & 1) === 1;
}
