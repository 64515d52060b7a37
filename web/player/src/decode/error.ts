/** What kind of trouble stored bytes are in. */
export type FormatTrouble = "expected" | "limit" | "checksum" | "version";

/** Where in a segment something stands: in the stored bytes, or in an inflated chunk. */
export interface Place {
  /** Number of the chunk whose inflated bytes `offset` counts in; `null` for the stored bytes. */
  readonly chunk: number | null;
  /** In bytes, from 0. */
  readonly offset: number;
}

/**
 * Stored bytes that do not follow the format. Names the place and what was
 * expected there, never what was recorded.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly trouble: FormatTrouble;
  readonly place: Place;

  constructor(trouble: FormatTrouble, place: Place, message: string) {
    super(`${message} at ${placeWords(place)}`);
    this.trouble = trouble;
    this.place = place;
  }
}

function placeWords(place: Place): string {
  return place.chunk === null
    ? `byte ${place.offset}`
    : `byte ${place.offset} of chunk ${place.chunk}`;
}

/** Something other than `what` stands at `place`. */
export function expected(place: Place, what: string): FormatError {
  return new FormatError("expected", place, `expected ${what}`);
}

/** There is more of `what` than `limit`. */
export function over(place: Place, what: string, limit: number): FormatError {
  return new FormatError("limit", place, `more than ${limit} ${what}`);
}
