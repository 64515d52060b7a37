import type { Fields } from "../model.ts";

/** What a node counts towards the limits of its tree. */
export interface Weight {
  /** UTF-8 bytes of its strings, each use counted. */
  readonly stringBytes: number;
  readonly lines: number;
}

/** The weight of a node with these fields. Linear in its strings. */
export function weigh(fields: Fields): Weight {
  let stringBytes =
    utf8Bytes(fields.classChain) +
    utf8Bytes(fields.controller) +
    utf8Bytes(fields.identifier) +
    utf8Bytes(fields.text.font);
  for (const line of fields.lines) stringBytes += utf8Bytes(line.text);
  return { stringBytes, lines: fields.lines.length };
}

const WEIGHT_FIELDS = ["classChain", "controller", "identifier", "text", "lines"] as const;

/** Whether setting these fields can change the weight. */
export function touchesWeight(fields: Partial<Fields>): boolean {
  return WEIGHT_FIELDS.some((name) => name in fields);
}

/** How many bytes the text takes in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 || isSurrogate(unit) ? 1 : 2;
  }
  return bytes;
}

/** Two surrogates are one character of four bytes: each counts two. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
