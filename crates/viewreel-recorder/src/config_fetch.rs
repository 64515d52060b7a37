//! When to fetch the config record.

use crate::task::{ConfigResult, Task};
use viewreel_seams::backoff::Backoff;
use viewreel_seams::{Now, Rng};

/// A wish for the config record, which lasts until there is an answer.
#[derive(Debug, Default)]
pub(crate) struct ConfigFetch {
    is_wanted: bool,
    /// Whether a task was handed out whose result is not known.
    is_out: bool,
    backoff: Backoff,
    /// Monotonic clock from which on the next request may be made.
    not_before_ms: u64,
}

impl ConfigFetch {
    pub(crate) fn request(&mut self) {
        self.is_wanted = true;
    }

    pub(crate) fn is_wanted(&self) -> bool {
        self.is_wanted
    }

    pub(crate) fn next_task(&mut self, now: Now) -> Task {
        match self.not_before_ms.checked_sub(now.mono_ms) {
            _ if !self.is_wanted => Task::Done,
            Some(wait_ms @ 1..) => Task::Wait(wait_ms),
            _ => {
                self.is_out = true;
                Task::FetchConfig
            }
        }
    }

    /// Takes a result; false where it answers no task.
    pub(crate) fn report(&mut self, now: Now, result: &ConfigResult, rng: &mut dyn Rng) -> bool {
        let is_ours = std::mem::take(&mut self.is_out);
        match result {
            _ if !is_ours => {}
            ConfigResult::Unreachable => {
                self.not_before_ms = now.mono_ms.saturating_add(self.backoff.next_wait_ms(rng));
            }
            ConfigResult::Loaded(_) | ConfigResult::NotFound | ConfigResult::Unauthorized => {
                self.is_wanted = false;
                self.backoff.reset();
            }
        }
        is_ours
    }
}
