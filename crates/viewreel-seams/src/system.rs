//! The operating system's clock and randomness, for binaries.

use crate::{Clock, Now, Rng};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The machine's clocks. The monotonic one counts from the clock's creation; on
/// Linux it stands still while the machine sleeps, so it is for servers and
/// tools. The host of a recorder passes its own.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

#[allow(clippy::disallowed_methods, reason = "this is where time enters")]
impl SystemClock {
    /// A clock that starts now.
    #[must_use]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is where time enters")]
impl Clock for SystemClock {
    fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now {
            mono_ms: u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX),
            wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
        }
    }
}

/// Random bits from the operating system.
#[derive(Debug, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    /// # Panics
    /// Where the operating system has no randomness to give: no key or id may
    /// be made then.
    fn next_u64(&mut self) -> u64 {
        getrandom::u64().expect("the operating system gives random bits")
    }
}
