//! The bounds of what is taken in; those of a segment are in
//! `viewreel_format::limits`.

pub use viewreel_format::limits::{MAX_DECISION_BYTES, MAX_IMAGE_BYTES};

/// Longest body of one request with segments, in bytes.
pub const MAX_BODY_BYTES: usize = 4 << 20;

/// Most segments of one request.
pub const MAX_BODY_SEGMENTS: usize = 1_000;

/// Most bytes that the segments of one request may inflate to, together. A
/// phone that sends 4 MiB of real segments stays below it; a body made to be
/// slow would inflate to gigabytes.
pub const MAX_BODY_INFLATED_BYTES: usize = 128 << 20;

/// Most pictures that the segments of one request may bind, counted once for each
/// segment: rows that one transaction writes.
pub const MAX_BODY_IMAGES: usize = 16_384;

/// Most missing pictures that one answer tells; the rest is told when the first
/// are there.
pub const MAX_MISSING_IMAGES: usize = 256;

/// Most work to play one segment, in nodes visited: what a tree of 10,000 nodes
/// needs that changes 60 times a second for 30 s. Without this
/// bound a small body of tiny changes to a large tree could keep a processor
/// busy for hours.
pub const MAX_PLAY_WORK_NODES: usize = 18_000_000;
