import type { Changes, Fields, Line } from "../model.ts";

/** What nodes count towards the limits of their tree. */
export class Weight {
  /** UTF-8 bytes of strings, each use counted. */
  stringBytes = 0;
  lines = 0;

  /** Takes over what another tree weighs. */
  set(other: Weight): void {
    this.stringBytes = other.stringBytes;
    this.lines = other.lines;
  }

  /** A node's fields become others by `changes`. Linear in the strings that change. */
  change(old: Readonly<Fields>, changes: Changes): void {
    const { classChain, controller, identifier, text, lines } = changes;
    if (classChain !== undefined) this.swap(old.classChain, classChain);
    if (controller !== undefined) this.swap(old.controller, controller);
    if (identifier !== undefined) this.swap(old.identifier, identifier);
    if (text !== undefined) this.swap(old.text.font, text.font);
    if (lines === undefined) return;
    this.addLines(old.lines, -1);
    this.addLines(lines, 1);
  }

  /** A node is gone. */
  remove({ classChain, controller, identifier, text, lines }: Readonly<Fields>): void {
    for (const gone of [classChain, controller, identifier, text.font]) this.swap(gone, "");
    this.addLines(lines, -1);
  }

  private swap(old: string, now: string): void {
    this.stringBytes += utf8Bytes(now) - utf8Bytes(old);
  }

  private addLines(lines: readonly Line[], sign: 1 | -1): void {
    this.lines += sign * lines.length;
    for (const { text } of lines) this.stringBytes += sign * utf8Bytes(text);
  }
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
