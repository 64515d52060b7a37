import { readChecksum } from "./checksum.ts";
import type { Reader } from "./reader.ts";
import { RecordTime } from "./time.ts";

/** The last bytes of a segment. */
export interface SegmentFooter {
  /** Record time of the last record; rounded above 2⁵³. */
  readonly endMs: number;
  readonly chunks: number;
  /** How many records the writer counted; a hint. */
  readonly records: number;
  /** Length of the whole segment. */
  readonly bytes: number;
}

/** Reads the footer behind its tag. */
export function readFooter(from: Reader, startMs: bigint, chunks: number): SegmentFooter {
  const time = new RecordTime(startMs);
  time.pass(from);
  const countAt = from.offset;
  const counted = from.uv32("a chunk count");
  if (counted !== chunks) throw from.expected("the number of chunks", countAt);
  const records = from.uv32("an entry count");
  readChecksum(from, 0, "segment");
  return { endMs: time.ms, chunks, records, bytes: from.offset };
}
