//! The bounds of stored bytes; those of trees and states are in
//! `viewreel_model::limits`.

/// Most bytes of a segment.
pub const MAX_SEGMENT_BYTES: usize = 1 << 20;

/// Most bytes of all chunks of a segment, inflated.
pub const MAX_SEGMENT_INFLATED_BYTES: usize = 8 << 20;

/// Most chunks of a segment: more than one a second of its longest age, and more
/// than one for every 8 KB that it may inflate to.
pub const MAX_SEGMENT_CHUNKS: usize = 4_096;

/// Most bytes of one chunk, inflated.
pub const MAX_CHUNK_INFLATED_BYTES: usize = 4 << 20;

/// Most strings in the string table of a segment.
pub const MAX_TABLE_STRINGS: usize = 65_536;

/// Most bytes of all strings of a segment, counted once per use: what readers
/// copy. Without it a few KB of references would be gigabytes.
pub const MAX_SEGMENT_STRING_BYTES: usize = 64 << 20;

/// Longest message of a log record, in bytes.
pub const MAX_LOG_BYTES: usize = 8_192;

/// Longest device or session id, in bytes.
pub const MAX_ID_BYTES: usize = 128;

/// Most segments in a reel.
pub const MAX_REEL_SEGMENTS: usize = 1 << 20;
