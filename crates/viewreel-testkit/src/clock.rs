//! A clock that moves when it is told to.

use std::sync::Mutex;
use viewreel_seams::{Clock, Now};

/// A clock for tests: both hands move together, by [`MockClock::advance`].
#[derive(Debug, Default)]
pub struct MockClock(Mutex<Now>);

impl MockClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: Now) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves both hands on.
    ///
    /// # Panics
    /// Where another thread panicked while it used the clock.
    pub fn advance(&self, ms: u64) {
        let mut now = self.0.lock().expect("no thread panics while it moves the clock");
        *now = now.plus_ms(ms);
    }
}

impl Clock for MockClock {
    fn now(&self) -> Now {
        *self.0.lock().expect("no thread panics while it moves the clock")
    }
}
