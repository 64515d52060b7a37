//! Which segments go when there are too many.

use crate::entry::Entry;
use viewreel_format::ReplayId;

/// What the spool may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all sealed segments together.
    pub max_bytes: u64,
    /// Age of a segment by the wall clock, in milliseconds. Segment ids are
    /// remembered for 8 days by the server, so this is at most 7.
    pub max_age_ms: u64,
}

impl Default for Limits {
    /// 50 MB and 7 days.
    fn default() -> Self {
        Self { max_bytes: 50_000_000, max_age_ms: 7 * 24 * 60 * 60 * 1_000 }
    }
}

/// The positions of the entries to remove, of `entries` in order of age: those
/// that are too old, then whole replays from the oldest on, and of the replay
/// that is being recorded its oldest segments last.
pub(crate) fn victims(
    entries: &[Entry],
    limits: Limits,
    now_wall_ms: i64,
    current: Option<&ReplayId>,
) -> Vec<usize> {
    let is_old = |entry: &Entry| {
        let age_ms = now_wall_ms.saturating_sub(entry.wall_ms);
        u64::try_from(age_ms).is_ok_and(|age_ms| age_ms > limits.max_age_ms)
    };
    let mut gone: Vec<bool> = entries.iter().map(is_old).collect();
    let total = |gone: &[bool]| -> u64 {
        entries.iter().zip(gone).filter(|(_, gone)| !**gone).map(|(entry, _)| entry.bytes).sum()
    };
    while total(&gone) > limits.max_bytes {
        let alive =
            || entries.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(entry, _)| entry);
        let oldest = alive().find(|entry| Some(&entry.replay) != current);
        let Some(victim) = oldest.or_else(|| alive().next()).cloned() else { break };
        let is_current = Some(&victim.replay) == current;
        for (entry, gone) in entries.iter().zip(&mut gone) {
            let goes = if is_current {
                entry.segment_id == victim.segment_id
            } else {
                entry.replay == victim.replay
            };
            *gone |= goes;
        }
    }
    gone.iter().enumerate().filter(|(_, gone)| **gone).map(|(at, _)| at).collect()
}
