//! When views are read, and for how long the main thread may be busy with it.
//!
//! Time on the main thread is the app's. A bank gives out so much of it a second;
//! a capture that took longer is followed by a longer rest. Whatever it costs, a
//! screen that changes is seen every two seconds, and once more when it has come to
//! rest.
//!
//! | quality | captures a second, at most | pictures, at most this many pixels wide or high |
//! |---|---|---|
//! | low | 2 | 320 |
//! | medium | 5 | 640 |
//! | high | 10 | 1,280 |
//! | automatic | 10 while a capture takes 3 ms or less in the mean, else 5, and from 6 ms on 2 | as of that |

use viewreel_format::Quality;

/// Time on the main thread that captures may take, in microseconds for each
/// millisecond that passes: 30 ms a second.
const BANK_US_PER_MS: u64 = 30;

/// Most time that is saved up, in microseconds.
const BANK_US: u64 = 30_000;

/// While a screen changes it is captured at least so often, in milliseconds.
const FLOOR_MS: u64 = 2_000;

/// What has not changed for so long is at rest, in milliseconds.
const REST_MS: u64 = 250;

/// From this mean time of a capture on, in microseconds, automatic takes the next
/// lower quality.
const HIGH_UP_TO_US: u64 = 3_000;
const MEDIUM_UP_TO_US: u64 = 6_000;

/// Longest time of one capture, in microseconds: a quarter of a frame at 60 Hz, and
/// at 120 Hz.
const CAP_US: u64 = 4_000;
const FAST_CAP_US: u64 = 2_000;

/// What a quality asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Shortest time between two captures, in milliseconds.
    pub interval_ms: u64,
    /// Longest side of a picture, in pixels; larger ones are made smaller.
    pub picture_px: u32,
}

const LOW: Profile = Profile { interval_ms: 500, picture_px: 320 };
const MEDIUM: Profile = Profile { interval_ms: 200, picture_px: 640 };
const HIGH: Profile = Profile { interval_ms: 100, picture_px: 1_280 };

/// What a host does next about captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Read the views now. When so much time has passed, in microseconds, what was
    /// not read yet is left as it was, and comes first the next time.
    Now {
        /// The cap.
        cap_us: u64,
    },
    /// Not before so many milliseconds have passed.
    In(u64),
    /// Not before something changes.
    WhenItChanges,
}

/// Says when views are read. All times are of one monotonic clock, in milliseconds.
#[derive(Clone, Debug)]
pub struct Cadence {
    quality: Quality,
    cap_us: u64,
    /// What is saved up; below zero after a capture that took too long.
    bank_us: i64,
    bank_at_ms: u64,
    /// Mean time of a capture.
    mean_us: u64,
    captured_ms: Option<u64>,
    /// The last change that no capture shows whole.
    changed_ms: Option<u64>,
}

impl Cadence {
    /// The cadence of an app that has captured nothing yet. `is_fast` says whether the
    /// screen shows more than 60 frames a second.
    #[must_use]
    pub const fn new(quality: Quality, is_fast: bool) -> Self {
        Self {
            quality,
            cap_us: if is_fast { FAST_CAP_US } else { CAP_US },
            bank_us: BANK_US as i64,
            bank_at_ms: 0,
            mean_us: 0,
            captured_ms: None,
            changed_ms: None,
        }
    }

    /// Another quality from now on.
    pub const fn set_quality(&mut self, quality: Quality) {
        self.quality = quality;
    }

    /// What the quality asks for now.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        match self.quality {
            Quality::Low => LOW,
            Quality::Medium => MEDIUM,
            Quality::High => HIGH,
            Quality::Automatic if self.mean_us <= HIGH_UP_TO_US => HIGH,
            Quality::Automatic if self.mean_us < MEDIUM_UP_TO_US => MEDIUM,
            Quality::Automatic => LOW,
        }
    }

    /// Something on the screen changed, or may have.
    pub fn changed(&mut self, now_ms: u64) {
        self.changed_ms = self.changed_ms.max(Some(now_ms));
    }

    /// What is due.
    #[must_use]
    pub fn due(&self, now_ms: u64) -> Due {
        let Some(changed_ms) = self.changed_ms else { return Due::WhenItChanges };
        let Some(captured_ms) = self.captured_ms else { return Due::Now { cap_us: self.cap_us } };
        let paid_ms = captured_ms + self.rest_ms();
        let floor_ms = captured_ms + FLOOR_MS;
        let settled_ms = (changed_ms + REST_MS).max(captured_ms + self.profile().interval_ms);
        // At rest one more frame is worth some debt.
        let due_ms = paid_ms.min(floor_ms).min(settled_ms.max(captured_ms + REST_MS));
        match due_ms.saturating_sub(now_ms) {
            0 => Due::Now { cap_us: self.cap_us },
            wait_ms => Due::In(wait_ms),
        }
    }

    /// A capture was taken at `now_ms`, or begun then, and took so many microseconds.
    /// `is_cut` says that it came to the cap.
    pub fn captured(&mut self, now_ms: u64, took_us: u64, is_cut: bool) {
        let took_us = took_us.min(u64::from(u32::MAX));
        self.bank_us = self.saved_us(now_ms) - took_us as i64;
        self.bank_at_ms = now_ms;
        self.mean_us = if self.mean_us == 0 { took_us } else { (7 * self.mean_us + took_us) / 8 };
        self.captured_ms = Some(now_ms);
        // What changed up to now is on the picture, unless it was cut.
        self.changed_ms = is_cut.then_some(now_ms);
    }

    /// How long to rest after the last capture, in milliseconds: the interval, and
    /// until the bank has paid for it.
    fn rest_ms(&self) -> u64 {
        let debt_us = self.bank_us.min(0).unsigned_abs();
        self.profile().interval_ms.max(debt_us.div_ceil(BANK_US_PER_MS))
    }

    fn saved_us(&self, now_ms: u64) -> i64 {
        let passed_ms = now_ms.saturating_sub(self.bank_at_ms).min(BANK_US);
        (self.bank_us + (passed_ms * BANK_US_PER_MS) as i64).min(BANK_US as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Due = Due::Now { cap_us: CAP_US };

    /// Captures of a screen that changes all the time, in ten seconds, each taking so
    /// long.
    fn captures(quality: Quality, took_us: u64) -> Vec<u64> {
        let mut cadence = Cadence::new(quality, false);
        let mut times = Vec::new();
        for ms in 0..10_000 {
            cadence.changed(ms);
            if cadence.due(ms) == NOW {
                cadence.captured(ms, took_us, false);
                times.push(ms);
            }
        }
        times
    }

    fn longest_gap(times: &[u64]) -> u64 {
        times.iter().zip(times.iter().skip(1)).map(|(a, b)| b - a).max().unwrap_or(0)
    }

    #[test]
    fn nothing_is_due_while_nothing_changes() {
        let mut cadence = Cadence::new(Quality::High, false);
        assert_eq!(cadence.due(5_000), Due::WhenItChanges);
        cadence.changed(5_000);
        assert_eq!(cadence.due(5_000), NOW);
        cadence.captured(5_000, 1_000, false);
        assert_eq!(cadence.due(9_000), Due::WhenItChanges);
    }

    #[test]
    fn a_cheap_capture_comes_as_often_as_the_quality_says() {
        for (quality, count) in [(Quality::Low, 20), (Quality::Medium, 50), (Quality::High, 100)] {
            assert_eq!(captures(quality, 1_000).len(), count, "{quality:?}");
        }
    }

    #[test]
    fn dear_captures_take_no_more_than_thirty_milliseconds_a_second() {
        for took_us in [4_000, 10_000, 30_000] {
            let taken = captures(Quality::High, took_us).len() as u64 * took_us;
            assert!(taken <= BANK_US + 10 * 1_000 * BANK_US_PER_MS + took_us, "{taken} µs");
            assert!(taken >= 9 * 1_000 * BANK_US_PER_MS, "{taken} µs");
        }
    }

    #[test]
    fn a_screen_that_changes_is_seen_every_two_seconds_whatever_it_costs() {
        let times = captures(Quality::High, 500_000);
        assert!(longest_gap(&times) <= FLOOR_MS && times.len() >= 5, "{times:?}");
    }

    #[test]
    fn what_comes_to_rest_is_captured_once_more() {
        let mut cadence = Cadence::new(Quality::High, false);
        cadence.changed(0);
        cadence.captured(0, 25_000, false);
        cadence.captured(1, 25_000, false);
        cadence.changed(50);
        assert_eq!(cadence.due(299), Due::In(1));
        assert_eq!(cadence.due(300), NOW);
        cadence.captured(300, 1_000, false);
        assert_eq!(cadence.due(10_000), Due::WhenItChanges);
    }

    #[test]
    fn what_was_cut_goes_on_though_nothing_changes() {
        let mut cadence = Cadence::new(Quality::High, true);
        cadence.changed(0);
        assert_eq!(cadence.due(0), Due::Now { cap_us: FAST_CAP_US });
        cadence.captured(0, FAST_CAP_US, true);
        assert_eq!(cadence.due(50), Due::In(50));
        assert_eq!(cadence.due(100), Due::Now { cap_us: FAST_CAP_US });
    }

    #[test]
    fn automatic_follows_what_captures_cost() {
        assert_eq!(captures(Quality::Automatic, 1_000).len(), 100);
        assert_eq!(captures(Quality::Automatic, 4_000).len(), 50);
        assert!(captures(Quality::Automatic, 8_000).len() <= 21);
    }

    #[test]
    fn a_clock_that_goes_back_costs_nothing() {
        let mut cadence = Cadence::new(Quality::High, false);
        cadence.changed(1_000);
        cadence.captured(1_000, 1_000, false);
        cadence.changed(0);
        assert!(matches!(cadence.due(0), Due::In(_)));
        cadence.captured(0, u64::MAX, false);
        cadence.changed(1);
        assert!(matches!(cadence.due(1), Due::In(ms) if ms <= FLOOR_MS));
    }
}
