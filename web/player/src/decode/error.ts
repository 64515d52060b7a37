/**
 * What is wrong with stored bytes: another format version, a checksum that
 * does not hold, a limit that is exceeded, or anything else.
 */
export type ErrorClass = "version" | "checksum" | "limit" | "expected";

/** Where in a segment something stands. */
export interface Place {
  /** The track whose inflated bytes `offset` counts in; without it, `offset` counts in the stored bytes. */
  readonly track?: number;
  /** In bytes, from 0. */
  readonly offset: number;
}

/**
 * Stored bytes that do not follow the format. Names the place and what was
 * expected there, never what was recorded.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly class: ErrorClass;
  readonly place: Place;

  constructor(errorClass: ErrorClass, place: Place, message: string) {
    super(`${message} at ${placeWords(place)}`);
    this.class = errorClass;
    this.place = place;
  }
}

function placeWords({ track, offset }: Place): string {
  return track === undefined ? `byte ${offset}` : `byte ${offset} of track ${track}`;
}
