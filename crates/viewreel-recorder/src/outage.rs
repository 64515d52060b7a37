//! A stretch of which nothing could be kept.

use viewreel_model::record::{Body, GapReason};
use viewreel_seams::Now;
use viewreel_spool::Cutoff;

/// How long after the file system refused it is tried again, in milliseconds.
const RETRY_MS: u64 = 1_000;

/// A stretch of the replay of which nothing is in the spool, and which the next
/// segment tells of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outage {
    reason: GapReason,
    /// Record time; before 0 where an earlier run was cut off.
    since_ms: i64,
    /// Record time from which on the file system is tried again.
    retry_at_ms: u64,
}

impl Outage {
    /// From the last record of an earlier run of the replay to the start of this
    /// one. Only the wall clock has seen both; where it went back, nothing is said.
    pub(crate) fn since_cutoff(cutoff: &Cutoff, start: Now) -> Option<Self> {
        let since_ms = cutoff.wall_ms.saturating_sub(start.wall_ms);
        let reason = GapReason::CaptureFailed;
        (since_ms < 0).then_some(Self { reason, since_ms, retry_at_ms: 0 })
    }

    /// The file system refused, and it may be for the first time. What is dropped
    /// from now on is dropped on purpose: nothing is kept in memory instead.
    pub(crate) fn of_disk(before: Option<Self>, now_ms: u64) -> Self {
        let since_ms = i64::try_from(now_ms).unwrap_or(i64::MAX);
        let new = Self { reason: GapReason::Discarded, since_ms, retry_at_ms: 0 };
        Self { retry_at_ms: now_ms.saturating_add(RETRY_MS), ..before.unwrap_or(new) }
    }

    /// Whether the file system is to be left alone.
    pub(crate) fn rests(&self, now_ms: u64) -> bool {
        now_ms < self.retry_at_ms
    }

    /// Whether it is the file system that has refused.
    pub(crate) fn is_of_disk(&self) -> bool {
        self.retry_at_ms > 0
    }

    /// What the segment that begins at `now_ms` says of it.
    pub(crate) fn gap(&self, now_ms: u64) -> Body {
        let duration_ms = i64::try_from(now_ms).unwrap_or(i64::MAX).saturating_sub(self.since_ms);
        Body::Gap { reason: self.reason, duration_ms: duration_ms.max(0).unsigned_abs() }
    }
}
