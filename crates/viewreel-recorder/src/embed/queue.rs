//! What was said and not recorded yet.

use crate::recorder::Effort;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use viewreel_capture::{CaptureBuffer, Said};
use viewreel_seams::Now;

/// Most frames that wait; one more pushes the oldest out.
pub const MAX_FRAMES: usize = 2;

/// Most that waits in all. A worker that is away for a minute, and a hand on the
/// screen all the while, do not fill it; what comes when it is full is lost.
pub const MAX_SAID: usize = 16_384;

/// Most log lines that wait, so that a flood of them leaves room for everything else.
const MAX_LOGS_WAITING: usize = 1_024;

/// What was said under one epoch of the policy.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) now: Now,
    pub(super) epoch: u64,
    /// `None` where it was a frame that was pushed out.
    pub(super) said: Option<Said>,
    /// Of a frame.
    pub(super) effort: Effort,
}

/// What was lost on the way to the worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Frames that newer ones pushed out.
    pub frames: u64,
    /// Frames that were captured before recording stopped, or turned to another
    /// session, and came after it.
    pub stale_frames: u64,
    /// Other inputs, for which there was no room.
    pub inputs: u64,
}

/// A bounded queue between many threads and one.
#[derive(Debug, Default)]
pub(super) struct Queue(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    entries: VecDeque<Entry>,
    /// How many entries were taken, ever.
    taken: u64,
    /// Which entries are frames, by how many came before them, ever.
    frames: VecDeque<u64>,
    /// Whether a frame was lost that left no entry.
    has_lost_frame: bool,
    /// How many entries are log lines.
    logs: usize,
    /// Buffers to capture into.
    spare: Vec<CaptureBuffer>,
    lost: Lost,
}

impl Queue {
    /// Puts something in. O(1).
    pub(super) fn push(&self, now: Now, epoch: u64, said: Said) {
        self.push_with(now, epoch, said, Effort::default());
    }

    /// Puts a frame in, with what it cost. O(1).
    pub(super) fn push_with(&self, now: Now, epoch: u64, said: Said, effort: Effort) {
        let mut waiting = self.waiting();
        let is_frame = matches!(said, Said::Capture(_));
        let is_log = matches!(said, Said::Log { .. });
        if waiting.entries.len() >= MAX_SAID || is_log && waiting.logs >= MAX_LOGS_WAITING {
            return waiting.lose(is_frame);
        }
        waiting.logs += usize::from(is_log);
        if is_frame {
            waiting.make_room_for_a_frame();
        }
        waiting.entries.push_back(Entry { now, epoch, said: Some(said), effort });
    }

    /// Takes the oldest, if it is of that epoch or an earlier one.
    pub(super) fn take(&self, epoch: u64) -> Option<Entry> {
        self.waiting().take(epoch)
    }

    /// An empty buffer, one that was used before where there is one.
    pub(super) fn buffer(&self) -> CaptureBuffer {
        self.waiting().spare.pop().unwrap_or_default()
    }

    /// Takes a buffer back.
    pub(super) fn recycle(&self, buffer: CaptureBuffer) {
        self.waiting().recycle(buffer);
    }

    /// Whether a frame was lost since the last time that is no entry.
    pub(super) fn take_lost_frame(&self) -> bool {
        std::mem::take(&mut self.waiting().has_lost_frame)
    }

    pub(super) fn lose_stale_frame(&self) {
        self.waiting().lost.stale_frames += 1;
    }

    pub(super) fn lost(&self) -> Lost {
        self.waiting().lost
    }

    /// Nothing here panics while it holds the lock.
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn lose(&mut self, is_frame: bool) {
        match is_frame {
            true => self.lost.frames += 1,
            false => self.lost.inputs += 1,
        }
        // A frame that has no entry leaves nobody knowing the screen.
        self.has_lost_frame |= is_frame;
    }

    fn make_room_for_a_frame(&mut self) {
        if self.frames.len() >= MAX_FRAMES {
            self.push_out_oldest_frame();
        }
        self.frames.push_back(self.taken + self.entries.len() as u64);
    }

    fn push_out_oldest_frame(&mut self) {
        let Some(before) = self.frames.pop_front() else { return };
        let at = before.saturating_sub(self.taken) as usize;
        let frame = self.entries.get_mut(at).and_then(|entry| entry.said.take());
        self.lost.frames += 1;
        if let Some(Said::Capture(buffer)) = frame {
            self.recycle(buffer);
        }
    }

    fn recycle(&mut self, mut buffer: CaptureBuffer) {
        if self.spare.len() <= MAX_FRAMES {
            buffer.clear();
            self.spare.push(buffer);
        }
    }

    fn take(&mut self, epoch: u64) -> Option<Entry> {
        let entry = self.entries.pop_front_if(|entry| entry.epoch <= epoch)?;
        self.frames.pop_front_if(|before| *before == self.taken);
        self.taken += 1;
        self.logs -= usize::from(matches!(entry.said, Some(Said::Log { .. })));
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viewreel_model::CaptureId;
    use viewreel_model::record::Touch;

    fn frame(queue: &Queue) {
        queue.push(Now::default(), 0, Said::Capture(queue.buffer()));
    }

    fn touch(queue: &Queue) {
        queue.push(Now::default(), 0, Said::Touch { view: CaptureId(1), touch: Touch::default() });
    }

    /// `f` for a frame, `t` for a touch, `-` for a frame that was pushed out.
    fn drained(queue: &Queue) -> String {
        let letter = |entry: Entry| match entry.said {
            Some(Said::Capture(_)) => 'f',
            Some(_) => 't',
            None => '-',
        };
        std::iter::from_fn(|| queue.take(0)).map(letter).collect()
    }

    #[test]
    fn a_frame_too_many_pushes_the_oldest_out_and_no_touch() {
        let queue = Queue::default();
        for _ in 0..4 {
            touch(&queue);
            frame(&queue);
        }
        assert_eq!(drained(&queue), "t-t-tftf");
        assert_eq!(queue.lost(), Lost { frames: 2, ..Lost::default() });
        frame(&queue);
        frame(&queue);
        assert_eq!(drained(&queue), "ff");
    }

    #[test]
    fn what_comes_when_it_is_full_is_lost_and_counted() {
        let queue = Queue::default();
        (0..MAX_SAID + 3).for_each(|_| touch(&queue));
        frame(&queue);
        assert_eq!(queue.lost(), Lost { frames: 1, inputs: 3, stale_frames: 0 });
        assert_eq!(drained(&queue).len(), MAX_SAID);
    }

    #[test]
    fn what_was_said_under_a_later_epoch_waits() {
        let queue = Queue::default();
        queue.push(Now::default(), 1, Said::Touch { view: CaptureId(1), touch: Touch::default() });
        assert!(queue.take(0).is_none());
        assert!(queue.take(1).is_some());
    }
}
