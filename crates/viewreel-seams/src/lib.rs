//! Seams to the world: clocks, randomness, ids.
//!
//! Every crate takes time, randomness and ids from here, so that a test can
//! say what they are. It knows nothing of replays. The implementations that
//! really ask the operating system live with the binaries, in the module
//! `system`, behind the feature of that name.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod backoff;
// For binaries. Without random bits they can only stop.
#[cfg(feature = "system")]
#[allow(clippy::expect_used)]
pub mod system;

/// One instant on both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since some fixed start (for a recorder: the start of its
    /// run) on a clock that never goes back and counts while the device sleeps.
    pub mono_ms: u64,
    /// Milliseconds since 1970-01-01 UTC by the wall clock, which may jump.
    pub wall_ms: i64,
}

impl Now {
    /// The instant `ms` later on both clocks.
    #[must_use]
    pub const fn plus_ms(self, ms: u64) -> Self {
        Self {
            mono_ms: self.mono_ms.saturating_add(ms),
            wall_ms: self.wall_ms.saturating_add_unsigned(ms),
        }
    }
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Now;
}

/// Draws random numbers that nobody can guess.
pub trait Rng: Send {
    /// 64 random bits.
    fn next_u64(&mut self) -> u64;

    /// 128 random bits.
    fn next_u128(&mut self) -> u128 {
        u128::from(self.next_u64()) << 64 | u128::from(self.next_u64())
    }
}

/// A reproducible [`Rng`] for tests and scripted sessions: SplitMix64
/// (Steele, Lea, Flood, 2014). Not for secrets.
#[derive(Clone, Debug)]
pub struct SeededRng(u64);

impl SeededRng {
    /// A generator whose numbers are given by `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Rng for SeededRng {
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
