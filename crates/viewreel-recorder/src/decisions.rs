//! Decision records on their way to the server.

use crate::task::{DecisionsResult, Task};
use viewreel_format::DecisionRecord;
use viewreel_format::limits::MAX_DECISIONS;
use viewreel_seams::backoff::Backoff;
use viewreel_seams::{Now, Rng};

/// Decision records that wait for their answer, as many as one request carries;
/// more push the oldest out. They are in memory alone: what a process did not come
/// to tell is not told.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    waiting: Vec<DecisionRecord>,
    /// How many of them, from the first on, went with the task whose result is not
    /// known.
    out: Option<usize>,
    backoff: Backoff,
    /// Monotonic clock from which on the next request may be made.
    not_before_ms: u64,
    dropped: u64,
}

impl Decisions {
    pub(crate) fn add(&mut self, record: DecisionRecord) {
        if self.waiting.len() >= MAX_DECISIONS {
            self.forget(1);
            self.dropped += 1;
            self.out = self.out.map(|count| count.saturating_sub(1));
        }
        self.waiting.push(record);
    }

    /// Forgets all that wait. What is under way may arrive all the same.
    pub(crate) fn discard(&mut self) {
        self.waiting.clear();
        self.out = self.out.map(|_| 0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Records that were pushed out or refused.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(crate) fn next_task(&mut self, now: Now) -> Task {
        match self.not_before_ms.checked_sub(now.mono_ms) {
            _ if self.waiting.is_empty() => Task::Done,
            Some(wait_ms @ 1..) => Task::Wait(wait_ms),
            _ => self.hand_out(),
        }
    }

    /// What is out is handed out again as it was.
    fn hand_out(&mut self) -> Task {
        let count = self.out.filter(|&count| count > 0).unwrap_or(self.waiting.len());
        match DecisionRecord::encode_all(self.waiting.get(..count).unwrap_or_default()) {
            Ok(body) => {
                self.out = Some(count);
                Task::SendDecisions(body)
            }
            Err(_) => {
                self.drop_out(count);
                Task::Done
            }
        }
    }

    /// Takes a result; false where it answers no task.
    pub(crate) fn report(&mut self, now: Now, result: DecisionsResult, rng: &mut dyn Rng) -> bool {
        let Some(count) = self.out.take() else { return false };
        match result {
            DecisionsResult::Unreachable => {
                self.not_before_ms = now.mono_ms.saturating_add(self.backoff.next_wait_ms(rng));
                return true;
            }
            DecisionsResult::Taken => self.forget(count),
            DecisionsResult::Refused => self.drop_out(count),
            DecisionsResult::Unauthorized => {}
        }
        self.backoff.reset();
        true
    }

    fn drop_out(&mut self, count: usize) {
        self.forget(count);
        self.dropped += count as u64;
    }

    fn forget(&mut self, count: usize) {
        self.waiting.drain(..count.min(self.waiting.len()));
    }
}
