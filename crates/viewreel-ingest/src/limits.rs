//! The bounds of what is taken in; those of a segment are in
//! `viewreel_format::limits`.

/// Longest body of one request, in bytes.
pub const MAX_BODY_BYTES: usize = 4 << 20;

/// Most work to play one segment, in nodes visited: what a tree of 10,000 nodes
/// needs that changes 60 times a second for 30 s. Without this
/// bound a small body of tiny changes to a large tree could keep a processor
/// busy for hours.
pub const MAX_PLAY_WORK_NODES: usize = 18_000_000;
