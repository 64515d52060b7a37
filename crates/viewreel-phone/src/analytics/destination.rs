//! The files of events that wait to be carried away.

use super::batch::{Answer, Batch, line};
use super::disk::{Contents, Disk};
use super::event::Event;
use super::plugin::{Pass, Place, Plugin};
use std::cell::Cell;
use viewreel_seams::Now;

/// The key of the vendor's own destination.
pub const SEGMENT_IO: &str = "Segment.io";

/// Bytes of a file of events from which on it is closed.
pub const MAX_FILE_BYTES: usize = 475_000;

/// Writes events into files, of which one is open, and says when they are to be
/// carried away: after so many events, after so much time, or when asked.
pub(crate) struct Destination {
    disk: Disk,
    flush_at: usize,
    flush_interval_ms: u64,
    /// Events since the last flush.
    count: Cell<usize>,
    /// Of the last flush, by the monotonic clock, in milliseconds.
    flushed_ms: Cell<u64>,
    is_asked: Cell<bool>,
    is_foreground: Cell<bool>,
}

impl Destination {
    pub(crate) fn new(disk: Disk, flush_at: usize, flush_interval_ms: u64, now: Now) -> Self {
        Self {
            disk,
            flush_at,
            flush_interval_ms,
            count: Cell::new(0),
            flushed_ms: Cell::new(now.mono_ms),
            is_asked: Cell::new(false),
            is_foreground: Cell::new(true),
        }
    }

    /// Everything is to be carried away.
    pub(crate) fn flush(&self) {
        self.is_asked.set(true);
    }

    /// The clock of flushes stands still in the background.
    pub(crate) fn set_foreground(&self, is_foreground: bool) {
        self.is_foreground.set(is_foreground);
    }

    /// Whether it is time to carry everything away.
    pub(crate) fn wants_flush(&self, now: Now) -> bool {
        let since_ms = now.mono_ms.saturating_sub(self.flushed_ms.get());
        let is_time = self.is_foreground.get() && since_ms >= self.flush_interval_ms;
        self.is_asked.get() || is_time || self.count.get() >= self.flush_at
    }

    /// Closes the open file and carries all files away, the oldest first. What is
    /// not taken stays and is tried again at the next flush.
    pub(crate) fn carry_away(&self, now: Now, carry: &mut dyn FnMut(&Batch) -> Answer) {
        self.is_asked.set(false);
        self.count.set(0);
        self.flushed_ms.set(now.mono_ms);
        close(&mut self.disk.write());
        let files = std::mem::take(&mut self.disk.write().closed);
        let left = files.into_iter().filter(|batch| !carry(batch).settles()).collect();
        self.disk.write().closed = left;
    }
}

fn close(contents: &mut Contents) {
    if contents.open.is_empty() {
        return;
    }
    let events = std::mem::take(&mut contents.open);
    contents.open_bytes = 0;
    contents.closed.push_back(Batch { index: contents.next_index, events });
    contents.next_index += 1;
}

impl Plugin for Destination {
    fn name(&self) -> &'static str {
        SEGMENT_IO
    }

    fn place(&self) -> Place {
        Place::Destination
    }

    fn execute(&self, _: Pass<'_>, event: Event) -> Option<Event> {
        let contents = &mut *self.disk.write();
        contents.open_bytes += line(&event).len();
        contents.open.push(event.clone());
        if contents.open_bytes >= MAX_FILE_BYTES {
            close(contents);
        }
        self.count.set(self.count.get() + 1);
        Some(event)
    }
}
