import { crc32 } from "./crc32.ts";
import { FormatError } from "./error.ts";
import type { Reader } from "./reader.ts";

/** Bytes of a checksum. */
export const CRC_BYTES = 4;

/** Reads a checksum and checks that it holds for all bytes from `start` up to it. */
export function readChecksum(from: Reader, start: number, of: string): void {
  const covered = from.since(start);
  const stored = from.u32(`a checksum of the ${of}`);
  if (crc32(covered) === stored) return;
  throw new FormatError("checksum", from.place(start), `wrong checksum of the ${of}`);
}
