//! How long to wait before trying again.

use crate::Rng;

/// First wait, in milliseconds.
pub const FIRST_WAIT_MS: u64 = 1_000;

/// Longest wait, in milliseconds.
pub const LONGEST_WAIT_MS: u64 = 5 * 60 * 1_000;

/// Exponential backoff with equal jitter (Brooker, «Exponential Backoff and
/// Jitter», 2015): each wait is drawn from the upper half of a range that
/// doubles with every failure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Starts anew after a success.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// The wait after one more failure, in milliseconds.
    pub fn next_wait_ms(&mut self, rng: &mut dyn Rng) -> u64 {
        let range = FIRST_WAIT_MS << self.failures.min(20);
        self.failures = self.failures.saturating_add(1);
        let range = range.min(LONGEST_WAIT_MS);
        range / 2 + rng.next_u64() % (range / 2 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Backoff, FIRST_WAIT_MS, LONGEST_WAIT_MS};
    use crate::SeededRng;

    #[test]
    fn waits_grow_up_to_the_longest_and_start_anew_after_a_success() {
        let (mut backoff, mut rng) = (Backoff::default(), SeededRng::new(1));
        let waits: Vec<u64> = (0..64).map(|_| backoff.next_wait_ms(&mut rng)).collect();
        assert!(waits[0] <= FIRST_WAIT_MS && waits[0] >= FIRST_WAIT_MS / 2);
        assert!(
            waits[20..].iter().all(|wait| (LONGEST_WAIT_MS / 2..=LONGEST_WAIT_MS).contains(wait))
        );
        backoff.reset();
        assert!(backoff.next_wait_ms(&mut rng) <= FIRST_WAIT_MS);
    }
}
