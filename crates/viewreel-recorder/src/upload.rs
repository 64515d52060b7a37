//! Which segments to send, and what their answers mean.

use crate::counters::Counters;
use crate::journal::Journal;
use std::collections::HashMap;
use std::path::PathBuf;
use viewreel_format::Outcome;
use viewreel_model::SegmentId;
use viewreel_seams::Now;
use viewreel_seams::backoff::Backoff;
use viewreel_spool::Entry;

/// Most bytes of one request.
const MAX_BATCH_BYTES: u64 = 4 << 20;

/// Most segments of one request.
const MAX_BATCH_SEGMENTS: usize = 1_000;

/// How long a segment is kept where the server says «later» but not when, in
/// milliseconds.
const DEFAULT_HOLD_MS: i64 = 60_000;

/// Shortest time that a segment is kept where the server says «later», in
/// milliseconds: by the phone's clock the server's «later» may be over already.
const LEAST_HOLD_MS: i64 = 10_000;

/// Longest time that a server can ask to wait, in milliseconds.
const LONGEST_HOLD_MS: i64 = 24 * 60 * 60 * 1_000;

/// What the platform should do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Send these files, one after the other, as the body of one request to
    /// `POST /api/v1/segments`.
    Upload(UploadTask),
    /// Ask again after this long, in milliseconds.
    Wait(u64),
    /// Nothing waits to be sent.
    Idle,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadTask {
    /// The segments, in order.
    pub segments: Vec<SegmentId>,
    /// Their files, in the same order.
    pub files: Vec<PathBuf>,
    /// Bytes of all files.
    pub bytes: u64,
}

/// What the server said of one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which segment.
    pub segment_id: SegmentId,
    /// What became of it.
    pub outcome: Outcome,
    /// For `quota` and `throttled`: the wall clock from which on it may be sent
    /// again, milliseconds since 1970 UTC.
    pub until_ms: Option<i64>,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadResult {
    /// Status 200, with an outcome for each segment.
    Answered(Vec<Answer>),
    /// Another status: nothing was stored.
    Refused {
        /// The status.
        status: u16,
        /// What `Retry-After` asks for, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// The file of this segment cannot be read any more; nothing was sent.
    FileLost(SegmentId),
    /// No answer arrived. The server may or may not have stored the segments.
    Unreachable,
}

/// What is known about sending.
#[derive(Debug)]
pub(crate) struct Uploads {
    backoff: Backoff,
    /// Monotonic clock from which on the next request may be made.
    not_before_ms: u64,
    /// Segments that the server wants later, with the wall clock from which on.
    held: HashMap<SegmentId, i64>,
    max_batch_bytes: u64,
}

impl Default for Uploads {
    fn default() -> Self {
        Self {
            backoff: Backoff::default(),
            not_before_ms: 0,
            held: HashMap::new(),
            max_batch_bytes: MAX_BATCH_BYTES,
        }
    }
}

impl Uploads {
    pub(crate) fn next_task(&mut self, now: Now, entries: &[Entry]) -> Task {
        if now.mono_ms < self.not_before_ms {
            return Task::Wait(self.not_before_ms - now.mono_ms);
        }
        self.held.retain(|_, until_ms| *until_ms > now.wall_ms);
        let ready = || entries.iter().filter(|entry| !self.held.contains_key(&entry.segment_id));
        let mut bytes = 0;
        let fits = |entry: &&Entry| {
            let is_first = bytes == 0;
            bytes += entry.bytes;
            is_first || bytes <= self.max_batch_bytes
        };
        let batch: Vec<&Entry> = ready().take_while(fits).take(MAX_BATCH_SEGMENTS).collect();
        if batch.is_empty() {
            return self.wait_for_held(now);
        }
        Task::Upload(UploadTask {
            segments: batch.iter().map(|entry| entry.segment_id).collect(),
            files: batch.iter().map(|entry| entry.path.clone()).collect(),
            bytes: batch.iter().map(|entry| entry.bytes).sum(),
        })
    }

    fn wait_for_held(&self, now: Now) -> Task {
        match self.held.values().min() {
            Some(until_ms) => Task::Wait(until_ms.saturating_sub(now.wall_ms).unsigned_abs()),
            None => Task::Idle,
        }
    }

    pub(crate) fn report(
        &mut self,
        now: Now,
        task: &UploadTask,
        result: &UploadResult,
        journal: &mut Journal,
        counters: &mut Counters,
    ) {
        match result {
            UploadResult::Answered(answers) => {
                let asked =
                    answers.iter().filter(|answer| task.segments.contains(&answer.segment_id));
                asked.for_each(|answer| self.settle(now, *answer, journal, counters));
                let is_settled =
                    |id: &SegmentId| self.held.contains_key(id) || !is_spooled(journal, *id);
                if task.segments.iter().all(is_settled) {
                    self.backoff.reset();
                } else {
                    self.wait(now, None, journal);
                }
            }
            UploadResult::Refused { status: 413, .. } => {
                self.shrink(task, journal, counters);
            }
            UploadResult::Refused { retry_after_ms, .. } => {
                self.wait(now, *retry_after_ms, journal);
            }
            UploadResult::FileLost(segment_id) => {
                counters.segments_failed += 1;
                forget(journal, *segment_id, counters);
            }
            UploadResult::Unreachable => self.wait(now, None, journal),
        }
    }

    fn wait(&mut self, now: Now, retry_after_ms: Option<u64>, journal: &mut Journal) {
        let wait_ms = self.backoff.next_wait_ms(journal.rng());
        let asked_ms = retry_after_ms.unwrap_or(0).min(LONGEST_HOLD_MS.unsigned_abs());
        self.not_before_ms = now.mono_ms.saturating_add(wait_ms.max(asked_ms));
    }

    /// The request was too large: halve it; a single segment that is too large
    /// will never be taken.
    fn shrink(&mut self, task: &UploadTask, journal: &mut Journal, counters: &mut Counters) {
        match task.segments.as_slice() {
            [only] => {
                counters.segments_refused += 1;
                forget(journal, *only, counters);
            }
            _ => self.max_batch_bytes = (task.bytes / 2).max(1),
        }
    }

    fn settle(&mut self, now: Now, answer: Answer, journal: &mut Journal, counters: &mut Counters) {
        let segment_id = answer.segment_id;
        if !is_spooled(journal, segment_id) {
            return;
        }
        match answer.outcome {
            Outcome::Stored | Outcome::Duplicate => {
                counters.segments_acked += 1;
                forget(journal, segment_id, counters);
            }
            Outcome::Conflict | Outcome::Invalid => {
                counters.segments_refused += 1;
                forget(journal, segment_id, counters);
            }
            Outcome::Deleted | Outcome::Expired | Outcome::Stopped => {
                discard(journal, segment_id, counters);
            }
            Outcome::Quota | Outcome::Throttled => {
                let after = |ms: i64| now.wall_ms.saturating_add(ms);
                let until_ms = answer.until_ms.unwrap_or(after(DEFAULT_HOLD_MS));
                let until_ms = until_ms.clamp(after(LEAST_HOLD_MS), after(LONGEST_HOLD_MS));
                self.held.insert(segment_id, until_ms);
            }
        }
    }
}

fn is_spooled(journal: &Journal, segment_id: SegmentId) -> bool {
    journal.spool.entries().iter().any(|entry| entry.segment_id == segment_id)
}

fn forget(journal: &mut Journal, segment_id: SegmentId, counters: &mut Counters) {
    if journal.spool.remove(segment_id).is_err() {
        counters.segments_failed += 1;
    }
}

/// Discards the replay that a segment belongs to, and stops recording it.
fn discard(journal: &mut Journal, segment_id: SegmentId, counters: &mut Counters) {
    let entry = journal.spool.entries().iter().find(|entry| entry.segment_id == segment_id);
    let Some(replay) = entry.map(|entry| entry.replay.clone()) else { return };
    journal.stop_if(&replay, counters);
    match journal.spool.discard(&replay) {
        Ok(count) => counters.segments_discarded += u64::from(count),
        Err(_) => counters.segments_failed += 1,
    }
}
