//! The bounds of every tree, as named constants. Decoders reject what exceeds
//! them; the capture decoder cuts instead, because a frame is never dropped for
//! the length of one of its strings.

/// Most nodes in one tree. Capturers cut larger trees with a placeholder.
pub const MAX_NODES: usize = 10_000;

/// Deepest nesting of one tree; a window has depth 0. Deeper nodes are cut.
pub const MAX_DEPTH: usize = 256;

/// Longest string of a node, in UTF-8 bytes. Longer ones are cut at a
/// character boundary.
pub const MAX_STRING_BYTES: usize = 4_096;

/// Longest text of a raw node, in UTF-8 bytes; the rest is cut. What is kept of it is
/// broken into lines, each of which is a string of its own.
pub const MAX_RAW_TEXT_BYTES: usize = 32 * 1_024;

/// Most bytes of all strings of one tree together.
pub const MAX_TREE_STRING_BYTES: usize = 1 << 20;

/// Most laid-out lines of text in one tree.
pub const MAX_LINES: usize = 20_000;

/// Most windows on the screens of one device.
pub const MAX_WINDOWS: usize = 64;

/// Most regions of one capture.
pub const MAX_REGIONS: usize = 1_024;

/// Most screens that a state knows; further ones are left out.
pub const MAX_VIEWPORTS: usize = 16;

/// Most fingers that a state knows to be down; further ones are left out.
pub const MAX_OPEN_TOUCHES: usize = 16;

/// Most image records of one segment, those that restate a binding included.
pub const MAX_IMAGE_RECORDS: usize = 4_096;

/// Most earlier states of a tree that are kept for later diffs; one more makes
/// the oldest be forgotten.
pub const MAX_KEPT_STATES: usize = 4;
