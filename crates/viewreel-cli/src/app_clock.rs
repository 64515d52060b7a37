//! The clock of an app that runs in the past.

use viewreel_seams::{Clock, Now};

/// Shows another time than the clock that it goes by.
pub(crate) struct AppClock<'a> {
    clock: &'a dyn Clock,
    /// What that clock showed, in milliseconds of its monotonic time, when this one
    /// showed `then`.
    started_ms: u64,
    then: Now,
}

impl<'a> AppClock<'a> {
    /// A clock that shows `now` at present.
    pub(crate) fn showing(now: Now, clock: &'a dyn Clock) -> Self {
        Self { clock, started_ms: clock.now().mono_ms, then: now }
    }
}

impl Clock for AppClock<'_> {
    fn now(&self) -> Now {
        self.then.plus_ms(self.clock.now().mono_ms.saturating_sub(self.started_ms))
    }
}
