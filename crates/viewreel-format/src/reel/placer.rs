//! Where segments lie in replay time.

use super::TICK_MS;
use crate::limits::MAX_REPLAY_MS;
use crate::segment::header::SegmentHeader;
use viewreel_model::Run;

/// Places segments, which come in playing order, in replay time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placer {
    origin_ms: Option<i64>,
    run: Option<Run>,
    /// Replay time of record time 0 of the run; before 0 where the replay begins
    /// in the middle of it.
    base_ms: i64,
    start_ms: i64,
    end_ms: i64,
}

/// A segment's span of replay time, in ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u64,
    /// When the last entry has been.
    pub(crate) end: u64,
}

impl Placer {
    /// The wall clock at replay time 0.
    pub(crate) fn origin_ms(&self) -> i64 {
        self.origin_ms.unwrap_or(0)
    }

    /// Places the next segment, which ends at record time `end_ms`.
    pub(crate) fn place(&mut self, header: &SegmentHeader, end_ms: u64) -> Span {
        let origin_ms = *self.origin_ms.get_or_insert(header.wall_ms);
        if self.run != Some(header.run) {
            self.run = Some(header.run);
            let by_clock = header.run_anchor_ms().saturating_sub(origin_ms);
            let after_others = self.end_ms.saturating_sub_unsigned(header.start_ms);
            self.base_ms = by_clock.max(after_others);
        }
        let start_ms = self.base_ms.saturating_add_unsigned(header.start_ms);
        self.start_ms = start_ms.max(self.start_ms).min(MAX_REPLAY_MS as i64);
        let length_ms = end_ms.saturating_sub(header.start_ms).min(MAX_REPLAY_MS);
        self.end_ms = self.end_ms.max(self.start_ms.saturating_add_unsigned(length_ms));
        self.span(length_ms)
    }

    fn span(&self, length_ms: u64) -> Span {
        let start = self.start_ms.unsigned_abs() / TICK_MS;
        let latest = MAX_REPLAY_MS / TICK_MS;
        Span { start, end: (start + length_ms.div_ceil(TICK_MS)).min(latest) }
    }
}
