/** What went wrong when a record was applied. */
export type TreeTrouble = "base" | "unknown-node" | "misplaced" | "limit";

/** A diff that does not fit the tree it was applied to. Never says what was recorded. */
export class TreeError extends Error {
  override readonly name = "TreeError";
  readonly trouble: TreeTrouble;

  constructor(trouble: TreeTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}
