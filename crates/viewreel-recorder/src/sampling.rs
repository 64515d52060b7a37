//! Which part of all sessions is recorded.
//!
//! Whether a session is in the sample follows from its id alone, so that every
//! process, platform and server that asks gets the same answer. The rule is
//! [`VARIANT`] and is never changed: it would choose other sessions.

use xxhash_rust::xxh32::xxh32;

/// The name of the rule, for where it has to be told: xxHash32 (seed 0) of the
/// session id in UTF-8, times 31 in 64 bits, modulo a million. AmplitudeCore-Swift
/// has it as `Sample.isInSample`.
pub const VARIANT: &str = "xxhash32x31";

/// The sessions of which a rate says how many are recorded.
const MILLION: u32 = 1_000_000;

/// The part of all sessions that is recorded, from 0 (none, the default) to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct SampleRate(f64);

impl SampleRate {
    /// Every session.
    pub const ALL: Self = Self(1.0);

    /// That fraction of the sessions. What is no number and what is negative is
    /// none of them, what is above 1 is all.
    #[must_use]
    pub fn new(fraction: f64) -> Self {
        let is_number = !fraction.is_nan();
        Self(if is_number { fraction.clamp(0.0, 1.0) } else { 0.0 })
    }

    /// So many of a million sessions.
    #[must_use]
    pub fn from_ppm(ppm: u32) -> Self {
        Self::new(f64::from(ppm) / f64::from(MILLION))
    }

    /// Whether it is no session at all.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 <= 0.0
    }

    /// Whether the session of that id is in the sample.
    #[must_use]
    pub fn selects(self, session_id: &str) -> bool {
        f64::from(bucket(session_id)) / f64::from(MILLION) < self.0
    }
}

/// In which of a million equal parts of all sessions this one is, from 0.
fn bucket(session_id: &str) -> u32 {
    let widened = u64::from(xxh32(session_id.as_bytes(), 0)) * 31;
    // Less than a million.
    (widened % u64::from(MILLION)) as u32
}

#[cfg(test)]
mod tests {
    use super::{MILLION, SampleRate, bucket};
    use xxhash_rust::xxh32::xxh32;

    /// Session id, its hash, its bucket.
    const VECTORS: [(&str, u32, u32); 9] = [
        ("1700000000000", 1_072_223_047, 914_457),
        ("1699922971244", 3_325_347_034, 758_054),
        ("577782000", 1_243_009_535, 295_585),
        ("1", 3_068_971_186, 106_766),
        ("0", 1_212_501_170, 536_270),
        ("-1", 602_628_616, 487_096),
        ("session-123", 1_546_599_111, 572_441),
        ("custom|a@b.c:1=x", 3_370_238_548, 394_988),
        ("1396381378123", 4_233_483_057, 974_767),
    ];

    #[test]
    fn sessions_are_in_the_buckets_that_other_platforms_put_them_in() {
        for (id, hash, expected) in VECTORS {
            assert_eq!((xxh32(id.as_bytes(), 0), bucket(id)), (hash, expected), "{id}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_specification() {
        assert_eq!(xxh32(b"Nobody inspects the spammish repetition", 0), 0xe229_3b2f);
        assert_eq!(xxh32(b"I want an unsigned 32-bit seed!", 0), 0xf7a3_5af8);
        assert_eq!(xxh32(b"I want an unsigned 32-bit seed!", 1), 0xd8d4_b4ba);
    }

    #[test]
    fn a_rate_selects_the_buckets_below_it() {
        for (id, _, bucket) in VECTORS {
            assert!(!SampleRate::from_ppm(bucket).selects(id), "{id}");
            assert!(SampleRate::from_ppm(bucket + 1).selects(id), "{id}");
            assert!(!SampleRate::new(f64::from(bucket) / f64::from(MILLION)).selects(id), "{id}");
        }
    }

    #[test]
    fn odd_rates_are_none_or_all() {
        let selects_all = |rate: f64| VECTORS.map(|(id, ..)| SampleRate::new(rate).selects(id));
        for none in [0.0, -0.0, -1.0, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(selects_all(none), [false; 9], "{none}");
        }
        for all in [1.0, 7.0, f64::INFINITY] {
            assert_eq!(selects_all(all), [true; 9], "{all}");
        }
        assert_eq!(SampleRate::default(), SampleRate::from_ppm(0));
        assert_eq!(SampleRate::ALL, SampleRate::from_ppm(2_000_000));
    }

    #[test]
    fn a_tenth_of_many_sessions_is_about_a_tenth() {
        let rate = SampleRate::new(0.1);
        let chosen = (0..100_000_u64)
            .filter(|n| rate.selects(&(1_700_000_000_000 + n * 7_919).to_string()))
            .count();
        assert!((9_700..10_300).contains(&chosen), "{chosen}");
    }
}
