//! Which segments to send, and what their answers mean.

use crate::conditions::Phase;
use crate::counters::Counters;
use crate::journal::Journal;
use crate::task::{Answer, Task, UploadResult, UploadTask};
use std::collections::HashMap;
use viewreel_format::Outcome;
use viewreel_model::SegmentId;
use viewreel_seams::Now;
use viewreel_seams::backoff::Backoff;
use viewreel_spool::{Entry, Spool};

/// Most bytes of one request, but for a segment that is larger on its own.
const MAX_REQUEST_BYTES: u64 = 512 * 1024;

/// Most segments of one request in the foreground.
const MAX_REQUEST_SEGMENTS: usize = 200;

/// How long a segment is kept where the server says «later» but not when, in
/// milliseconds.
const DEFAULT_HOLD_MS: u64 = 60_000;

/// Shortest time that a segment is kept where the server says «later», in
/// milliseconds: by the phone's clock the server's «later» may be over already.
const LEAST_HOLD_MS: u64 = 10_000;

/// Longest time that a server can ask to wait, in milliseconds.
const LONGEST_HOLD_MS: u64 = 24 * 60 * 60 * 1_000;

/// Stands between the names of files in the id of a task; no name contains it.
const NAME_SEPARATOR: char = '/';

/// What is known about sending. All times are by the monotonic clock.
#[derive(Debug)]
pub(crate) struct Uploads {
    backoff: Backoff,
    /// From when on the next request may be made.
    not_before_ms: u64,
    /// Segments that the server wants later, with the time from which on.
    held: HashMap<SegmentId, u64>,
    max_request_bytes: u64,
    /// The task that was handed out last and whose result is not known.
    out: Option<String>,
}

impl Default for Uploads {
    fn default() -> Self {
        Self {
            backoff: Backoff::default(),
            not_before_ms: 0,
            held: HashMap::new(),
            max_request_bytes: MAX_REQUEST_BYTES,
            out: None,
        }
    }
}

impl Uploads {
    pub(crate) fn next_task(&mut self, now: Now, phase: Phase, entries: &[Entry]) -> Task {
        if now.mono_ms < self.not_before_ms {
            return Task::Wait(self.not_before_ms - now.mono_ms);
        }
        self.held.retain(|_, until_ms| *until_ms > now.mono_ms);
        let batch = self.batch(phase, entries);
        if batch.is_empty() {
            return self.wait_for_held(now);
        }
        let task = upload(&batch);
        self.out = Some(task.id.clone());
        Task::Upload(task)
    }

    /// The oldest segments that may be sent, as many as fit into one request. The
    /// system sends files as they are, so in the background it is one.
    fn batch<'a>(&self, phase: Phase, entries: &'a [Entry]) -> Vec<&'a Entry> {
        let ready = entries.iter().filter(|entry| !self.held.contains_key(&entry.segment_id));
        let mut bytes = 0;
        let fits = |entry: &&Entry| {
            let is_first = bytes == 0;
            bytes += entry.bytes;
            is_first || bytes <= self.max_request_bytes
        };
        let most = match phase {
            Phase::Foreground => MAX_REQUEST_SEGMENTS,
            Phase::Background => 1,
        };
        ready.take_while(fits).take(most).collect()
    }

    fn wait_for_held(&self, now: Now) -> Task {
        match self.held.values().min() {
            Some(until_ms) => Task::Wait(until_ms.saturating_sub(now.mono_ms)),
            None => Task::Done,
        }
    }

    /// Takes a result. What it says of segments holds whoever asked for it; what it
    /// says of the request is for the task that is out alone, or else a report that
    /// comes twice would count twice. False where it says nothing any more.
    pub(crate) fn report(
        &mut self,
        now: Now,
        id: &str,
        result: &UploadResult,
        journal: &mut Journal,
        counters: &mut Counters,
    ) -> bool {
        let is_out = self.out.take_if(|out| out == id).is_some();
        let asked = spooled(&journal.spool, id);
        match result {
            UploadResult::Answered(answers) if is_out || !asked.is_empty() => {
                let about = answers.iter().filter(|answer| asked.contains(&answer.segment_id));
                about.for_each(|answer| self.settle(now, *answer, journal, counters));
                if is_out {
                    self.conclude(now, id, journal);
                }
            }
            UploadResult::FileLost { name } if is_named(id, name) && is_spooled(journal, name) => {
                lose(journal, name, counters);
            }
            _ if !is_out => return false,
            UploadResult::Refused { status: 413, .. } => self.shrink(id, journal, counters),
            UploadResult::Refused { retry_after_ms, .. } => {
                self.wait(now, *retry_after_ms, journal);
            }
            _ => self.wait(now, None, journal),
        }
        true
    }

    /// A request is well answered where every segment is accounted for.
    fn conclude(&mut self, now: Now, id: &str, journal: &mut Journal) {
        let left = spooled(&journal.spool, id);
        match left.iter().all(|segment_id| self.held.contains_key(segment_id)) {
            true => self.backoff.reset(),
            false => self.wait(now, None, journal),
        }
    }

    fn wait(&mut self, now: Now, retry_after_ms: Option<u64>, journal: &mut Journal) {
        let wait_ms = self.backoff.next_wait_ms(journal.rng());
        let asked_ms = retry_after_ms.unwrap_or(0).min(LONGEST_HOLD_MS);
        self.not_before_ms = now.mono_ms.saturating_add(wait_ms.max(asked_ms));
    }

    /// The request was too large: halve it; a single segment that is too large
    /// will never be taken.
    fn shrink(&mut self, id: &str, journal: &mut Journal, counters: &mut Counters) {
        let entries = || names(id).filter_map(|name| journal.spool.find(name));
        let bytes: u64 = entries().map(|entry| entry.bytes).sum();
        if names(id).count() > 1 {
            self.max_request_bytes = (bytes / 2).max(1);
        } else if let Some(segment_id) = entries().next().map(|entry| entry.segment_id) {
            counters.segments_refused += 1;
            forget(journal, segment_id, counters);
        }
    }

    fn settle(&mut self, now: Now, answer: Answer, journal: &mut Journal, counters: &mut Counters) {
        let segment_id = answer.segment_id;
        if !journal.spool.entries().iter().any(|entry| entry.segment_id == segment_id) {
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
                let until_ms = now.mono_ms.saturating_add(hold_ms(now, answer.until_ms));
                self.held.insert(segment_id, until_ms);
            }
        }
    }
}

/// How long from now on the server does not want a segment, in milliseconds.
fn hold_ms(now: Now, until_ms: Option<i64>) -> u64 {
    let hold_ms = until_ms.map(|until_ms| until_ms.saturating_sub(now.wall_ms).max(0));
    let hold_ms = hold_ms.map_or(DEFAULT_HOLD_MS, i64::unsigned_abs);
    hold_ms.clamp(LEAST_HOLD_MS, LONGEST_HOLD_MS)
}

fn upload(batch: &[&Entry]) -> UploadTask {
    let names: Vec<&str> = batch.iter().map(|entry| entry.name()).collect();
    UploadTask {
        id: names.join(&NAME_SEPARATOR.to_string()),
        segments: batch.iter().map(|entry| entry.segment_id).collect(),
        files: batch.iter().map(|entry| entry.path.clone()).collect(),
        bytes: batch.iter().map(|entry| entry.bytes).sum(),
    }
}

fn names(id: &str) -> impl Iterator<Item = &str> {
    id.split(NAME_SEPARATOR)
}

fn is_named(id: &str, name: &str) -> bool {
    names(id).any(|named| named == name)
}

fn is_spooled(journal: &Journal, name: &str) -> bool {
    journal.spool.find(name).is_some()
}

/// The segments of a task that are still there.
fn spooled(spool: &Spool, id: &str) -> Vec<SegmentId> {
    names(id).filter_map(|name| spool.find(name)).map(|entry| entry.segment_id).collect()
}

fn lose(journal: &mut Journal, name: &str, counters: &mut Counters) {
    let Some(segment_id) = journal.spool.find(name).map(|entry| entry.segment_id) else { return };
    counters.segments_failed += 1;
    forget(journal, segment_id, counters);
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
