//! When a chunk is cut and a segment is sealed.

/// Longest time that a record waits for its chunk, in milliseconds.
pub(crate) const CHUNK_MS: u64 = 2_000;

/// Most bytes of records in a chunk before it is cut, before compression.
pub(crate) const CHUNK_BYTES: usize = 8 * 1024;

/// Most activity in a segment, in milliseconds.
const MAX_ACTIVE_MS: u64 = 30_000;

/// Longest time from a segment's start to its seal, in milliseconds.
const MAX_AGE_MS: u64 = 60_000;

/// Bytes of a segment after which it is sealed.
const SOFT_BYTES: usize = 64 * 1024;

/// A moment is active up to this long after something happened, in milliseconds.
const ACTIVE_AFTER_MS: u64 = 1_000;

/// The pace of one segment. All times are record times, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    begun_ms: u64,
    last_activity_ms: u64,
    active_ms: u64,
    /// When the oldest record that is in no chunk yet was added.
    waiting_since_ms: Option<u64>,
}

impl Pace {
    pub(crate) fn begin(now_ms: u64) -> Self {
        Self { begun_ms: now_ms, last_activity_ms: now_ms, active_ms: 0, waiting_since_ms: None }
    }

    /// A record was added.
    pub(crate) fn add(&mut self, now_ms: u64) {
        let since_ms = now_ms.saturating_sub(self.last_activity_ms);
        self.active_ms += since_ms.min(ACTIVE_AFTER_MS);
        self.last_activity_ms = self.last_activity_ms.max(now_ms);
        self.waiting_since_ms.get_or_insert(now_ms);
    }

    /// A chunk was cut.
    pub(crate) fn cut(&mut self) {
        self.waiting_since_ms = None;
    }

    /// How long ago the segment began, in milliseconds.
    pub(crate) fn age_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.begun_ms)
    }

    pub(crate) fn wants_cut(&self, now_ms: u64, pending_bytes: usize) -> bool {
        let waits = |since: u64| now_ms.saturating_sub(since) >= CHUNK_MS;
        pending_bytes >= CHUNK_BYTES || self.waiting_since_ms.is_some_and(waits)
    }

    pub(crate) fn wants_seal(&self, now_ms: u64, bytes: usize) -> bool {
        bytes >= SOFT_BYTES || self.active_ms >= MAX_ACTIVE_MS || self.age_ms(now_ms) >= MAX_AGE_MS
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn thirty_seconds_of_activity_make_a_segment() {
        let mut pace = Pace::begin(0);
        for ms in (0..=29_900).step_by(100) {
            pace.add(ms);
            assert!(!pace.wants_seal(ms, 0), "{ms}");
        }
        pace.add(30_000);
        assert!(pace.wants_seal(30_000, 0));
    }

    #[test]
    fn idle_time_is_no_activity_but_makes_a_segment_old() {
        let mut pace = Pace::begin(0);
        pace.add(20_000);
        pace.add(40_000);
        assert!(!pace.wants_seal(59_999, 0));
        assert!(pace.wants_seal(60_000, 0));
    }

    #[test]
    fn a_record_waits_two_seconds_for_its_chunk_at_most() {
        let mut pace = Pace::begin(0);
        assert!(!pace.wants_cut(5_000, 0));
        pace.add(5_000);
        assert!(!pace.wants_cut(6_999, 0));
        assert!(pace.wants_cut(7_000, 0));
        pace.cut();
        assert!(!pace.wants_cut(9_000, 0));
    }
}
