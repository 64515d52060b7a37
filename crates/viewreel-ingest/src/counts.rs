//! How often each outcome was given.

use std::sync::atomic::{AtomicU64, Ordering};
use viewreel_format::Outcome;

/// Number of outcomes there are.
const KINDS: usize = Outcome::ALL.len();

/// How often each outcome was given since the process started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts([u64; KINDS]);

impl OutcomeCounts {
    /// How often `outcome` was given.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.iter().find(|&(known, _)| known == outcome).map_or(0, |(_, count)| count)
    }

    /// Every outcome and how often it was given.
    pub fn iter(&self) -> impl Iterator<Item = (Outcome, u64)> + '_ {
        Outcome::ALL.iter().copied().zip(self.0.iter().copied())
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counters([AtomicU64; KINDS]);

impl Counters {
    pub(crate) fn count(&self, given: Outcome) {
        for (kind, counter) in Outcome::ALL.iter().zip(&self.0) {
            counter.fetch_add(u64::from(*kind == given), Ordering::Relaxed);
        }
    }

    pub(crate) fn read(&self) -> OutcomeCounts {
        OutcomeCounts(std::array::from_fn(|kind| self.0[kind].load(Ordering::Relaxed)))
    }
}
