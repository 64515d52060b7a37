//! Which segments go when there are too many.

use crate::entry::Entry;
use std::collections::{HashMap, HashSet};
use viewreel_format::ReplayId;
use viewreel_model::SegmentId;

/// What the spool may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all sealed segments together.
    pub max_bytes: u64,
    /// Sealed segments.
    pub max_segments: usize,
    /// Age of a segment by the spool's own clock (see [`Spool`](crate::Spool)),
    /// in milliseconds. Segment ids are remembered for 8 days by the server, so
    /// this is at most 7.
    pub max_age_ms: u64,
    /// Bytes that the host's volume must have free for a segment to be begun.
    pub min_free_bytes: u64,
}

impl Limits {
    /// No limits, for recordings that are written or sent at once: they must not
    /// be trimmed, however long they are and however long ago they began.
    pub const NONE: Self = Self {
        max_bytes: u64::MAX,
        max_segments: usize::MAX,
        max_age_ms: u64::MAX,
        min_free_bytes: 0,
    };
}

impl Default for Limits {
    /// 50 MB in 10,000 segments, 7 days, and 100 MB to be left to others.
    fn default() -> Self {
        Self {
            max_bytes: 50_000_000,
            max_segments: 10_000,
            max_age_ms: 7 * 24 * 60 * 60 * 1_000,
            min_free_bytes: 100_000_000,
        }
    }
}

/// The segments to remove of `entries` in order of age: those that are too old,
/// then whole replays from the least recently recorded on, and of the replay that
/// was recorded last, or still is, only as many as need be, its oldest first.
/// `now_ms` is the spool's own clock. Takes O(n log n) for n entries.
pub(crate) fn victims(
    entries: &[Entry],
    limits: Limits,
    now_ms: i64,
    current: Option<&ReplayId>,
) -> HashSet<SegmentId> {
    let (old, mut rest): (Vec<_>, Vec<_>) =
        entries.iter().partition(|entry| is_old(entry, limits, now_ms));
    let mut gone = old.into_iter().map(|entry| entry.segment_id).collect();
    let mut left = Left::of(&rest);
    if left.fits(limits) {
        return gone;
    }
    sort_by_replay(&mut rest, current);
    let last = rest.last().map(|entry| &entry.replay);
    let goes_with = |a: &&Entry, b: &&Entry| a.replay == b.replay && Some(&a.replay) != last;
    let parts = rest.chunk_by(goes_with);
    for entry in parts.take_while(|part| left.lose(part, limits)).flatten() {
        gone.insert(entry.segment_id);
    }
    gone
}

fn is_old(entry: &Entry, limits: Limits, now_ms: i64) -> bool {
    let age_ms = now_ms.saturating_sub(entry.born_ms);
    u64::try_from(age_ms).is_ok_and(|age_ms| age_ms > limits.max_age_ms)
}

/// Replays in the order of their newest segments, the current one last; the
/// segments of each stay in order.
fn sort_by_replay(entries: &mut [&Entry], current: Option<&ReplayId>) {
    let latest: HashMap<&ReplayId, usize> =
        entries.iter().enumerate().map(|(at, entry)| (&entry.replay, at)).collect();
    entries.sort_by_key(|entry| {
        let is_current = Some(&entry.replay) == current;
        (is_current, latest.get(&entry.replay).copied())
    });
}

/// What the spool would still hold.
struct Left {
    bytes: u64,
    segments: usize,
}

impl Left {
    fn of(entries: &[&Entry]) -> Self {
        Self { bytes: bytes(entries), segments: entries.len() }
    }

    fn fits(&self, limits: Limits) -> bool {
        self.bytes <= limits.max_bytes && self.segments <= limits.max_segments
    }

    /// Takes these segments away, unless what is left fits already.
    fn lose(&mut self, part: &[&Entry], limits: Limits) -> bool {
        let is_too_much = !self.fits(limits);
        if is_too_much {
            self.bytes -= bytes(part);
            self.segments -= part.len();
        }
        is_too_much
    }
}

fn bytes(entries: &[&Entry]) -> u64 {
    entries.iter().map(|entry| entry.bytes).sum()
}
