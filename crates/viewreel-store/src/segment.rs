//! Segments as the store takes and gives them.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use viewreel_format::ReplayId;
use viewreel_model::record::ReplayMeta;
use viewreel_model::{ImageId, MaskLevel, Run, SegmentId, Size};

/// A project, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectId(pub i64);

/// SHA-256 of the bytes of a segment or picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checksum(pub [u8; 32]);

impl Checksum {
    /// The checksum of `bytes`. O(n).
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// When a segment plays, within what an index and a browser can count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    record_start_ms: i64,
    record_end_ms: i64,
    wall_ms: i64,
}

impl Span {
    /// Latest record time, in milliseconds: what a JSON number can say exactly.
    pub const MAX_RECORD_MS: u64 = 1 << 53;

    /// Furthest wall clock from 1970 on either side, in milliseconds: what a
    /// browser's date can say.
    pub const MAX_WALL_MS: u64 = 8_640_000_000_000_000;

    /// A span from `record_start_ms` to `record_end_ms` (milliseconds since the
    /// start of the run) that began at the phone's wall clock `wall_ms`
    /// (milliseconds since 1970), or `None` where a time is out of range or the
    /// end lies before the start.
    #[must_use]
    pub fn new(record_start_ms: u64, record_end_ms: u64, wall_ms: i64) -> Option<Self> {
        let is_valid = record_start_ms <= record_end_ms
            && record_end_ms <= Self::MAX_RECORD_MS
            && wall_ms.unsigned_abs() <= Self::MAX_WALL_MS;
        let record_start_ms = i64::try_from(record_start_ms).ok()?;
        let record_end_ms = i64::try_from(record_end_ms).ok()?;
        is_valid.then_some(Self { record_start_ms, record_end_ms, wall_ms })
    }

    /// Record time of the start, milliseconds since the start of the run.
    #[must_use]
    pub const fn record_start_ms(self) -> i64 {
        self.record_start_ms
    }

    /// Record time of the last record, milliseconds since the start of the run.
    #[must_use]
    pub const fn record_end_ms(self) -> i64 {
        self.record_end_ms
    }

    /// The phone's wall clock at the start of the run, milliseconds since 1970.
    #[must_use]
    pub const fn anchor_ms(self) -> i64 {
        self.wall_ms - self.record_start_ms
    }
}

/// What the list and the manifest say of a replay, from the state record of a
/// segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentFacts {
    /// The level in force at the segment's start.
    pub mask_level: MaskLevel,
    /// Size of the main screen, in points.
    pub viewport: Size,
    /// App and device.
    pub meta: ReplayMeta,
}

/// A validated segment on its way into the store.
#[derive(Clone, Debug)]
pub struct NewSegment {
    /// The replay it belongs to.
    pub replay: ReplayId,
    /// Drawn by the phone.
    pub id: SegmentId,
    /// The recording process.
    pub run: Run,
    /// Place within the run.
    pub seq: u32,
    /// When it plays.
    pub span: Span,
    /// What it says of its replay.
    pub facts: SegmentFacts,
    /// The pictures that it binds; the replay then refers to them.
    pub images: BTreeSet<ImageId>,
    /// The segment as it was sent.
    pub bytes: Bytes,
}

/// What became of a segment. Nothing else is possible once a commit returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// Its bytes and its row are on disk.
    Stored,
    /// The same bytes were stored before.
    Duplicate,
    /// Other bytes were stored under its id; these are kept aside.
    Conflict,
}

/// A stored segment, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRow {
    /// Drawn by the phone.
    pub id: SegmentId,
    /// The recording process.
    pub run: Run,
    /// Place within the run.
    pub seq: u32,
    /// Record time of the start, milliseconds since the start of the run.
    pub record_start_ms: i64,
    /// Record time of the last record, milliseconds since the start of the run.
    pub record_end_ms: i64,
    /// Length in bytes.
    pub byte_len: u64,
}
