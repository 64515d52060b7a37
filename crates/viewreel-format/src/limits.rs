//! The bounds of stored bytes; those of trees and states are in
//! `viewreel_model::limits`.

/// Most bytes of a segment.
pub const MAX_SEGMENT_BYTES: usize = 1 << 20;

/// Most bytes of all chunks of a segment, inflated.
pub const MAX_SEGMENT_INFLATED_BYTES: usize = 8 << 20;

/// Most chunks of a segment: more than one a second of its longest age, and more
/// than one for every 8 KB that it may inflate to.
pub const MAX_SEGMENT_CHUNKS: usize = 4_096;

/// Bytes that the first bytes of a segment may inflate to.
pub const FREE_INFLATED_BYTES: usize = 64 << 10;

/// Most bytes that each stored byte of a segment may inflate to beyond
/// [`FREE_INFLATED_BYTES`].
pub const MAX_INFLATION: usize = 256;

/// Most touches in one record.
pub const MAX_TOUCHES: usize = 4_096;

/// Most entries of one list of a diff: no node stands twice in one.
pub const MAX_DIFF_ENTRIES: usize = viewreel_model::limits::MAX_NODES;

/// Most values in a table of a track other than its strings; what comes later is
/// written out.
pub const MAX_TABLE_VALUES: usize = 4_096;

/// Most strings in the string table of a track; what comes later is written out.
pub const MAX_TABLE_STRINGS: usize = 65_536;

/// Most bytes of all strings of a track, counted once per use: what readers
/// copy. Without it a few KB of references would be gigabytes.
pub const MAX_TRACK_STRING_BYTES: usize = 64 << 20;

/// Most bytes of one encoded picture.
pub const MAX_IMAGE_BYTES: usize = 512 << 10;

/// Most pixels of one picture: decoded they are 64 MiB.
pub const MAX_IMAGE_PIXELS: u32 = 1 << 24;

/// Longest message of a log record, in bytes.
pub const MAX_LOG_BYTES: usize = 8_192;

/// Longest header of a segment, in bytes.
pub const MAX_HEADER_BYTES: usize = 512;

/// Longest device or session id, in bytes.
pub const MAX_ID_BYTES: usize = 128;

/// Most segments in a reel.
pub const MAX_REEL_SEGMENTS: usize = 1 << 20;

/// Most segments in one list of a manifest; a reel of more has pages of so many.
pub const MAX_LIST_SEGMENTS: usize = 4_096;

/// Most recording processes of a reel.
pub const MAX_REEL_RUNS: usize = 4_096;

/// Most bytes of a manifest, or of one of its pages, as stored.
pub const MAX_MANIFEST_BYTES: usize = 256 << 10;

/// Most bytes of a manifest, or of one of its pages, inflated. Together with the
/// counts above it bounds what reading one takes: 2 MiB, whatever the bytes are.
pub const MAX_MANIFEST_INFLATED_BYTES: usize = 512 << 10;

/// Latest replay time, in milliseconds: what a JSON number can say exactly.
pub const MAX_REPLAY_MS: u64 = (1 << 53) - 1;

/// Most buckets of the activity of a reel.
pub const MAX_ACTIVITY_BUCKETS: usize = 1_024;

/// Most changes of the screen that a manifest tells.
pub const MAX_SCREEN_CHANGES: usize = 4_096;

/// Most names of screens in a manifest.
pub const MAX_SCREEN_NAMES: usize = 1_024;

/// Most bytes of all names of screens in a manifest.
pub const MAX_SCREEN_NAME_BYTES: usize = 64 << 10;

/// Longest config record, in bytes.
pub const MAX_CONFIG_BYTES: usize = 4_096;

/// Longest minimum duration that a config record asks for, in milliseconds: one
/// day.
pub const MAX_MIN_DURATION_MS: u32 = 86_400_000;

/// Most entries of one list of a config record.
pub const MAX_CONFIG_ENTRIES: usize = 64;

/// Longest string of a config record, in bytes.
pub const MAX_CONFIG_STRING_BYTES: usize = 256;

/// Most steps of the selector of an override.
pub const MAX_OVERRIDE_STEPS: usize = 8;

/// Most values of one targeting rule.
pub const MAX_RULE_VALUES: usize = 64;

/// Most decision records of one request.
pub const MAX_DECISIONS: usize = 64;

/// Most bytes of the decision records of one request: what [`MAX_DECISIONS`] with
/// the longest ids take, and as much again for what later versions add.
pub const MAX_DECISION_BYTES: usize = 32 << 10;
