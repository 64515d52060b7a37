//! Switches recording off where it may be what ends the app.
//!
//! A mark is written before the first capture of a process, and taken away after
//! a while of captures that did no harm, or when the app goes to the background
//! as apps do. Where two processes that began to capture left their mark behind,
//! one after the other, the next ones record nothing, for a day or until there
//! is another version of the recorder.
//!
//! A mark says only that the process ended early, not why: an app that is killed
//! by its debugger twice within half a minute is guarded too.

use crate::keep::{Keep, Note};
use viewreel_format::GuardNote;
use viewreel_seams::Now;

/// Captures have done no harm so long after the first one, in milliseconds.
pub const HEALTHY_MS: u64 = 30_000;

/// How long recording stays off, in milliseconds.
pub const OFF_MS: u64 = 24 * 60 * 60 * 1_000;

/// Marks in a row that switch recording off.
const MARKS: u8 = 2;

/// Guards one process.
#[derive(Clone, Debug)]
pub struct Guard {
    sdk_version: String,
    /// Marks that earlier processes left.
    marks_before: u8,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Off until then by the monotonic clock, in milliseconds.
    Off { until_ms: u64 },
    /// Nothing was captured yet.
    Ready,
    /// The mark is there since that instant of the monotonic clock, in
    /// milliseconds.
    Marked { since_ms: u64 },
    /// Captures have done no harm.
    Healthy,
}

impl Guard {
    /// Reads what earlier processes left, and switches recording off where it is
    /// time to. `sdk_version` is that of the recorder.
    ///
    /// The wall clock may have been set in between. Where it now is before the
    /// time at which recording went off, the day begins anew; so whatever the
    /// clock does, one jump costs one day at most.
    #[must_use]
    pub fn start(keep: &mut dyn Keep, sdk_version: &str, now: Now) -> Self {
        let note = read(keep).filter(|note| note.sdk_version == sdk_version).unwrap_or_default();
        let sdk_version = sdk_version.to_owned();
        let mut guard = Self { sdk_version, marks_before: note.marked_starts, stage: Stage::Ready };
        match note.off_since_ms {
            Some(since_ms) => guard.stay_off(keep, since_ms, now),
            None if note.marked_starts >= MARKS => guard.switch_off(keep, now),
            None => {}
        }
        guard
    }

    /// Whether recording is off.
    #[must_use]
    pub fn is_off(&self, now: Now) -> bool {
        matches!(self.stage, Stage::Off { until_ms } if now.mono_ms < until_ms)
    }

    /// Asks before a capture, the first of which is marked. Whether to capture:
    /// not where recording is off, nor where the mark cannot be written.
    pub fn allows_capture(&mut self, keep: &mut dyn Keep, now: Now) -> bool {
        match self.stage {
            Stage::Off { .. } if self.is_off(now) => false,
            Stage::Off { .. } | Stage::Ready => self.mark(keep, now),
            Stage::Marked { .. } | Stage::Healthy => true,
        }
    }

    /// Lets time pass: takes the mark away where captures have done no harm.
    pub fn tick(&mut self, keep: &mut dyn Keep, now: Now) {
        let is_healthy = |since_ms: u64| now.mono_ms.saturating_sub(since_ms) >= HEALTHY_MS;
        if matches!(self.stage, Stage::Marked { since_ms } if is_healthy(since_ms)) {
            self.clear(keep);
        }
    }

    /// The app went to the background, or ends as it should.
    pub fn background(&mut self, keep: &mut dyn Keep) {
        if matches!(self.stage, Stage::Marked { .. }) {
            self.clear(keep);
        }
    }

    fn mark(&mut self, keep: &mut dyn Keep, now: Now) -> bool {
        let is_marked = self.write(keep, self.marks_before.saturating_add(1), None);
        if is_marked {
            self.stage = Stage::Marked { since_ms: now.mono_ms };
        }
        is_marked
    }

    /// A mark that cannot be taken away now is tried again at the next chance.
    fn clear(&mut self, keep: &mut dyn Keep) {
        if keep.remove(Note::Guard).is_ok() {
            self.stage = Stage::Healthy;
        }
    }

    fn stay_off(&mut self, keep: &mut dyn Keep, since_ms: i64, now: Now) {
        match u64::try_from(now.wall_ms.saturating_sub(since_ms)) {
            Ok(passed_ms) => {
                let left_ms = OFF_MS.saturating_sub(passed_ms);
                self.stage = Stage::Off { until_ms: now.mono_ms.saturating_add(left_ms) };
                self.marks_before = 0;
            }
            Err(_) => self.switch_off(keep, now),
        }
    }

    /// Where this cannot be written, the marks still say the same to the next
    /// process.
    fn switch_off(&mut self, keep: &mut dyn Keep, now: Now) {
        self.write(keep, MARKS, Some(now.wall_ms));
        self.marks_before = 0;
        self.stage = Stage::Off { until_ms: now.mono_ms.saturating_add(OFF_MS) };
    }

    fn write(&self, keep: &mut dyn Keep, marked_starts: u8, off_since_ms: Option<i64>) -> bool {
        let sdk_version = self.sdk_version.clone();
        let note = GuardNote { marked_starts, off_since_ms, sdk_version };
        keep.write(Note::Guard, &note.encode()).is_ok()
    }
}

/// A note that cannot be read is none: a guard that nobody can lift would be
/// worse than one more start.
fn read(keep: &dyn Keep) -> Option<GuardNote> {
    GuardNote::decode(&keep.read(Note::Guard).ok()??).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keep::memory::Memory;

    const START: Now = Now { mono_ms: 500, wall_ms: 1_764_000_000_000 };

    fn start(keep: &mut Memory, now: Now) -> Guard {
        Guard::start(keep, "1.0", now)
    }

    /// A process that captures and dies `after_ms` later.
    fn dies(keep: &mut Memory, now: Now, after_ms: u64) {
        let mut guard = start(keep, now);
        assert!(guard.allows_capture(keep, now));
        guard.tick(keep, now.plus_ms(after_ms));
    }

    fn died_twice() -> Memory {
        let mut keep = Memory::default();
        dies(&mut keep, START, HEALTHY_MS - 1);
        dies(&mut keep, START.plus_ms(60_000), 0);
        keep
    }

    #[test]
    fn two_marks_in_a_row_switch_recording_off_for_a_day() {
        let mut keep = died_twice();
        let mut guard = start(&mut keep, START);
        assert!(guard.is_off(START) && !guard.allows_capture(&mut keep, START));
        let nearly = START.plus_ms(OFF_MS - 1);
        assert!(guard.is_off(nearly) && start(&mut keep, nearly).is_off(nearly));
        let later = START.plus_ms(OFF_MS);
        assert!(!guard.is_off(later) && guard.allows_capture(&mut keep, later));
    }

    #[test]
    fn after_the_day_it_takes_two_more_marks() {
        let mut keep = died_twice();
        assert!(start(&mut keep, START).is_off(START));
        let later = START.plus_ms(OFF_MS);
        dies(&mut keep, later, 0);
        dies(&mut keep, later.plus_ms(1_000), 0);
        assert!(start(&mut keep, later.plus_ms(2_000)).is_off(later.plus_ms(2_000)));
    }

    #[test]
    fn one_mark_does_not_switch_off_and_a_healthy_process_takes_it_away() {
        for is_healthy_by_time in [true, false] {
            let mut keep = Memory::default();
            dies(&mut keep, START, 0);
            let mut guard = start(&mut keep, START);
            assert!(guard.allows_capture(&mut keep, START));
            match is_healthy_by_time {
                true => guard.tick(&mut keep, START.plus_ms(HEALTHY_MS)),
                false => guard.background(&mut keep),
            }
            assert!(keep.notes.is_empty());
            dies(&mut keep, START, 0);
            assert!(!start(&mut keep, START).is_off(START));
        }
    }

    #[test]
    fn the_first_capture_alone_is_marked() {
        let mut keep = Memory::default();
        let mut guard = start(&mut keep, START);
        guard.background(&mut keep);
        guard.tick(&mut keep, START.plus_ms(HEALTHY_MS));
        assert!(keep.notes.is_empty());
        assert!(guard.allows_capture(&mut keep, START) && !keep.notes.is_empty());
        guard.background(&mut keep);
        assert!(guard.allows_capture(&mut keep, START) && keep.notes.is_empty());
    }

    #[test]
    fn a_process_that_captures_nothing_leaves_everything_as_it_was() {
        let mut keep = Memory::default();
        dies(&mut keep, START, 0);
        let before = keep.notes.clone();
        start(&mut keep, START).background(&mut keep);
        assert_eq!(keep.notes, before);
    }

    #[test]
    fn another_version_begins_anew() {
        let mut keep = died_twice();
        assert!(!Guard::start(&mut keep.clone(), "1.1", START).is_off(START));
        assert!(start(&mut keep, START).is_off(START));
        assert!(!Guard::start(&mut keep, "1.1", START).is_off(START));
    }

    #[test]
    fn a_wall_clock_that_jumps_costs_a_day_at_most() {
        let mut keep = died_twice();
        assert!(start(&mut keep, START).is_off(START));
        let back = Now { wall_ms: 7, ..START };
        let guard = start(&mut keep, back);
        assert!(guard.is_off(back) && !guard.is_off(back.plus_ms(OFF_MS)));
        assert!(!start(&mut keep, back.plus_ms(OFF_MS)).is_off(back.plus_ms(OFF_MS)));
        for wall_ms in [i64::MIN, i64::MAX] {
            let odd = Now { wall_ms, ..START };
            let guard = start(&mut keep, odd);
            assert!(!guard.is_off(odd.plus_ms(OFF_MS)), "{wall_ms}");
        }
    }

    #[test]
    fn without_a_mark_there_is_no_capture() {
        let mut keep = Memory { is_broken: true, ..Memory::default() };
        let mut guard = start(&mut keep, START);
        assert!(!guard.allows_capture(&mut keep, START));
        keep.is_broken = false;
        assert!(guard.allows_capture(&mut keep, START));
    }

    #[test]
    fn a_mark_that_cannot_be_taken_away_is_tried_again() {
        let mut keep = Memory::default();
        let mut guard = start(&mut keep, START);
        assert!(guard.allows_capture(&mut keep, START));
        keep.is_broken = true;
        guard.tick(&mut keep, START.plus_ms(HEALTHY_MS));
        keep.is_broken = false;
        assert!(!keep.notes.is_empty());
        guard.tick(&mut keep, START.plus_ms(HEALTHY_MS + 1_000));
        assert!(keep.notes.is_empty());
    }

    #[test]
    fn a_note_that_nobody_can_read_is_none() {
        let mut keep = Memory::default();
        keep.notes.insert(Note::Guard, b"VRGD or not".to_vec());
        assert!(!start(&mut keep, START).is_off(START));
    }
}
