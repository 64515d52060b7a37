/** The bounds of the format; a reader rejects what exceeds them. */

/** Most bytes of a segment. */
export const MAX_SEGMENT_BYTES = 1 << 20;
/** Most bytes of all chunks of a segment, inflated. */
export const MAX_SEGMENT_INFLATED_BYTES = 8 << 20;
/** What all chunks up to one may inflate to: so much … */
export const FREE_INFLATED_BYTES = 64 << 10;
/** … and so many times the bytes of the segment up to that chunk's end. */
export const MAX_INFLATION = 256;
/** Most chunks of a segment. */
export const MAX_SEGMENT_CHUNKS = 4_096;
/** Longest header, in bytes. */
export const MAX_HEADER_BYTES = 512;
/** Longest device or session id, in bytes. */
export const MAX_ID_BYTES = 128;
/** Most nodes of a tree. */
export const MAX_NODES = 10_000;
/** Most nodes of a tree while a diff is being applied: all of an old tree and all of a new one. */
export const MAX_NODES_DURING_DIFF = 2 * MAX_NODES;
/** Most entries of one list of a diff. */
export const MAX_DIFF_ENTRIES = 10_000;
/** Most siblings that the shifts of a diff move together. */
export const MAX_SHIFTED = 10_000;
/** Deepest place of a node; roots have depth 0. */
export const MAX_DEPTH = 256;
/** Longest string, in UTF-8 bytes. */
export const MAX_STRING_BYTES = 4_096;
/** Most bytes of all strings of a tree, and of a diff, counted once per use. */
export const MAX_TREE_STRING_BYTES = 1 << 20;
/** Most bytes of the strings of a track, counted once per use. */
export const MAX_TRACK_STRING_BYTES = 64 << 20;
/** Most lines of text in a tree, and in a diff. */
export const MAX_LINES = 20_000;
/** Most windows. */
export const MAX_WINDOWS = 64;
/** Most viewports in a state record. */
export const MAX_VIEWPORTS = 16;
/** Most fingers in a state record. */
export const MAX_OPEN_TOUCHES = 16;
/** Most touches of one record. */
export const MAX_TOUCHES = 4_096;
/** Most image records of a segment. */
export const MAX_IMAGE_RECORDS = 4_096;
/** Most bytes of one encoded picture. */
export const MAX_IMAGE_BYTES = 512 << 10;
/** Longest log message, in UTF-8 bytes. */
export const MAX_LOG_BYTES = 8_192;
/** Most entries of a track's string table; what is met then is not numbered. */
export const MAX_TABLE_STRINGS = 65_536;
/** Most entries of each other table of a track. */
export const MAX_TABLE_ENTRIES = 4_096;
/** Largest absolute length, in units of 1/32 pt. */
export const MAX_LENGTH_UNITS = 1 << 23;
/** Largest absolute difference of two lengths, in the same unit. */
export const MAX_DIFFERENCE_UNITS = 1 << 24;
/** Largest absolute ratio, in units of 1/4096. */
export const MAX_RATIO_UNITS = 1 << 23;
/** Widest line of text, in points. */
export const MAX_LINE_PT = 1 << 18;
/** Units of the wire in one point. */
export const UNITS_PER_PT = 32;
/** Units of the wire in the ratio 1. */
export const UNITS_PER_ONE = 4_096;
/** Units of the wire in a whole turn, and the bits that they take. */
export const UNITS_PER_TURN = 16_384;
export const TURN_BITS = 14;
