/** The bounds of the format; a reader rejects what exceeds them. */

/** Most bytes of a segment. */
export const MAX_SEGMENT_BYTES = 1 << 20;
/** Most bytes of all chunks of a segment, inflated. */
export const MAX_SEGMENT_INFLATED_BYTES = 8 << 20;
/** Most chunks of a segment. */
export const MAX_SEGMENT_CHUNKS = 4_096;
/** Most bytes of one chunk, inflated. */
export const MAX_CHUNK_INFLATED_BYTES = 4 << 20;
/** Most nodes of a tree. */
export const MAX_NODES = 10_000;
/** Deepest nesting of a tree; roots have depth 0. */
export const MAX_DEPTH = 256;
/** Longest string, in UTF-8 bytes. */
export const MAX_STRING_BYTES = 4_096;
/** Most bytes of the strings of a segment, counted once per use. */
export const MAX_SEGMENT_STRING_BYTES = 64 << 20;
/** Most strings in the table of a segment. */
export const MAX_TABLE_STRINGS = 65_536;
/** Most bytes of all strings of a tree, counted once per use. */
export const MAX_TREE_STRING_BYTES = 1 << 20;
/** Most lines of text in a tree. */
export const MAX_LINES = 20_000;
/** Most windows. */
export const MAX_WINDOWS = 64;
/** Most viewports in a state record. */
export const MAX_VIEWPORTS = 16;
/** Most fingers in a state record. */
export const MAX_OPEN_TOUCHES = 16;
/** Longest log message, in UTF-8 bytes. */
export const MAX_LOG_BYTES = 8_192;
/** Longest device or session id, in bytes. */
export const MAX_ID_BYTES = 128;
/** Most entries of one list of a diff: all of an old tree and all of a new one. */
export const MAX_DIFF_ENTRIES = 2 * MAX_NODES;
/** Largest absolute length, in units of 1/32 pt. */
export const MAX_LENGTH_UNITS = 1 << 23;
/** Units of the wire in one point. */
export const UNITS_PER_PT = 32;
