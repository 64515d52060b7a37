//! Replays as the index knows them.

use crate::segment::SegmentFacts;
use viewreel_format::ReplayId;
use viewreel_model::Run;

/// One replay.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayRow {
    /// Which.
    pub id: ReplayId,
    /// The phone's wall clock at the start of the first segment, milliseconds
    /// since 1970.
    pub started_at_ms: i64,
    /// From the start of the first segment to the last record, milliseconds.
    pub duration_ms: u64,
    /// Number of segments.
    pub segments: u64,
    /// Bytes of all segments.
    pub bytes: u64,
    /// The server's wall clock when the latest segment came, milliseconds since
    /// 1970.
    pub received_at_ms: i64,
    /// From the first segment.
    pub facts: SegmentFacts,
}

/// One recording process of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number.
    pub run: Run,
    /// The phone's wall clock at its start, by its segment with the lowest
    /// seq, milliseconds since 1970.
    pub anchor_ms: i64,
}

/// A place in the list of replays, which runs from the newest start to the
/// oldest and, within one millisecond, from the greatest id to the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPosition {
    /// Start of the replay at this place, milliseconds since 1970.
    pub started_at_ms: i64,
    /// The replay at this place.
    pub id: ReplayId,
}
