/**
 * What does not fit when a segment is played, in the words of the format. Only
 * the last is the player's own: a segment asks for more work than any real one.
 */
export type TreeErrorKind =
  | "no opening"
  | "wrong base"
  | "too long"
  | "unknown node"
  | "parent inside node"
  | "too deep"
  | "too many nodes"
  | "not a sibling"
  | "short run"
  | "out of range"
  | "window not a root"
  | "too much text"
  | "too much work";

/** What cannot be played: mostly a diff that does not fit the tree it is applied to. Never says what was recorded. */
export class TreeError extends Error {
  override readonly name = "TreeError";
  readonly kind: TreeErrorKind;

  constructor(kind: TreeErrorKind) {
    super(`does not play: ${kind}`);
    this.kind = kind;
  }
}
