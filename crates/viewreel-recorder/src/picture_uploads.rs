//! Pictures on their way to the server.

use crate::counters::Counters;
use crate::task::{PictureResult, PictureTask, Task};
use std::collections::HashMap;
use viewreel_format::Outcome;
use viewreel_seams::backoff::Backoff;
use viewreel_seams::{Now, Rng};
use viewreel_spool::{PictureEntry, Pictures};

/// How long a picture is kept where the server says «later», in milliseconds.
const HOLD_MS: u64 = 60_000;

/// Longest time that a server can ask to wait, in milliseconds.
const LONGEST_WAIT_MS: u64 = 24 * 60 * 60 * 1_000;

/// What is known about sending. All times are by the monotonic clock.
#[derive(Debug, Default)]
pub(crate) struct PictureUploads {
    backoff: Backoff,
    /// From when on the next request may be made.
    not_before_ms: u64,
    /// Files of pictures that the server wants later, with the time from which on.
    held: HashMap<String, u64>,
    /// The task that was handed out last and whose result is not known.
    out: Option<String>,
    /// Whether the server has no place for pictures.
    is_unwanted: bool,
}

impl PictureUploads {
    /// Whether there is something to send, now or later.
    pub(crate) fn is_empty(&self, pictures: &Pictures) -> bool {
        self.is_unwanted || !pictures.entries().iter().any(PictureEntry::waits)
    }

    /// One picture a request: its file is the body.
    pub(crate) fn next_task(&mut self, now: Now, pictures: &Pictures) -> Task {
        if now.mono_ms < self.not_before_ms {
            return Task::Wait(self.not_before_ms - now.mono_ms);
        }
        self.held.retain(|_, until_ms| *until_ms > now.mono_ms);
        let mut waiting = pictures.entries().iter().filter(|entry| entry.waits());
        let ready = waiting.find(|entry| !self.held.contains_key(entry.name()));
        let Some(entry) = ready else { return self.wait_for_held(now) };
        self.out = Some(entry.name().to_owned());
        Task::SendPicture(PictureTask {
            id: entry.name().to_owned(),
            device_id: entry.device_id.clone(),
            image_id: entry.image_id,
            file: entry.path.clone(),
            bytes: entry.bytes,
        })
    }

    fn wait_for_held(&self, now: Now) -> Task {
        let first = self.held.values().min();
        first.map_or(Task::Done, |until_ms| Task::Wait(until_ms.saturating_sub(now.mono_ms)))
    }

    /// Takes a result; false where it answers no task.
    pub(crate) fn report(
        &mut self,
        now: Now,
        id: &str,
        result: &PictureResult,
        pictures: &mut Pictures,
        rng: &mut dyn Rng,
        counters: &mut Counters,
    ) -> bool {
        let is_out = self.out.take_if(|out| out == id).is_some();
        let waits = pictures.named(id).is_some_and(PictureEntry::waits);
        match result {
            PictureResult::Answered(outcome) if waits => {
                self.backoff.reset();
                self.settle(now, id, *outcome, pictures, counters);
            }
            PictureResult::FileLost if waits => refuse(id, pictures, counters),
            _ if !is_out => return false,
            PictureResult::Refused { status: 404 | 405, .. } => self.is_unwanted = true,
            PictureResult::Refused { status: 401 | 408 | 429 | 500.., retry_after_ms } => {
                self.wait(now, *retry_after_ms, rng);
            }
            PictureResult::Refused { .. } => refuse(id, pictures, counters),
            _ => self.wait(now, None, rng),
        }
        true
    }

    fn settle(
        &mut self,
        now: Now,
        id: &str,
        outcome: Outcome,
        pictures: &mut Pictures,
        counters: &mut Counters,
    ) {
        match outcome {
            Outcome::Stored | Outcome::Duplicate => {
                counters.pictures_acked += 1;
                pictures.settle(id);
            }
            Outcome::Quota | Outcome::Throttled => {
                self.held.insert(id.to_owned(), now.mono_ms.saturating_add(HOLD_MS));
            }
            Outcome::Conflict
            | Outcome::Invalid
            | Outcome::Deleted
            | Outcome::Expired
            | Outcome::Stopped => refuse(id, pictures, counters),
        }
    }

    fn wait(&mut self, now: Now, retry_after_ms: Option<u64>, rng: &mut dyn Rng) {
        let asked_ms = retry_after_ms.unwrap_or(0).min(LONGEST_WAIT_MS);
        let wait_ms = self.backoff.next_wait_ms(rng).max(asked_ms);
        self.not_before_ms = now.mono_ms.saturating_add(wait_ms);
    }
}

/// The server will never take it, so it is not sent again.
fn refuse(id: &str, pictures: &mut Pictures, counters: &mut Counters) {
    counters.pictures_refused += 1;
    pictures.settle(id);
}
