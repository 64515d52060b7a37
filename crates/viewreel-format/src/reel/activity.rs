//! How much happens when.

use super::column;
use super::pieces::Pieces;
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::limits::{MAX_ACTIVITY_BUCKETS, MAX_REPLAY_MS};

/// Largest level.
const MAX_LEVEL: u32 = 15;

/// Bits of the shortest bucket.
const MIN_BITS: u8 = 6;

/// Bits of the longest bucket, with which every replay fits.
const MAX_BITS: u8 = 52;

/// How much happens in each bucket of replay time, the first of which begins
/// with 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    bucket_bits: u8,
    levels: Vec<u8>,
}

impl Activity {
    /// Length of a bucket, in milliseconds.
    #[must_use]
    pub fn bucket_ms(&self) -> u64 {
        1 << self.bucket_bits
    }

    /// For every bucket the number of bits of its number of entries, at most 15.
    #[must_use]
    pub fn levels(&self) -> &[u8] {
        &self.levels
    }

    pub(crate) fn write(&self) -> Pieces {
        let mut body = Pieces::default();
        body.add(|out| {
            out.u8(self.bucket_bits);
            out.count(self.levels.len());
        });
        body.column(&self.levels.iter().map(|&level| u64::from(level)).collect::<Vec<_>>());
        body
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let bits = MIN_BITS..=MAX_BITS;
        let known = |code: u8| bits.contains(&code).then_some(code);
        let bucket_bits = from.code("the length of a bucket", known)?;
        let count = from.count("buckets", MAX_ACTIVITY_BUCKETS)?;
        let levels = column::read(from, count, u64::from(MAX_LEVEL), "a level up to 15")?;
        Ok(Self { bucket_bits, levels: levels.into_iter().map(|level| level as u8).collect() })
    }
}

/// Counts entries while their replay gets longer and longer.
#[derive(Clone, Debug)]
pub(crate) struct Counter {
    bucket_bits: u8,
    counts: Vec<u32>,
}

impl Default for Counter {
    fn default() -> Self {
        Self { bucket_bits: MIN_BITS, counts: vec![0; MAX_ACTIVITY_BUCKETS] }
    }
}

impl Counter {
    /// Counts an entry at that replay time.
    pub(crate) fn add(&mut self, time_ms: u64) {
        self.make_room(time_ms.min(MAX_REPLAY_MS));
        let bucket = (time_ms.min(MAX_REPLAY_MS) >> self.bucket_bits) as usize;
        if let Some(count) = self.counts.get_mut(bucket) {
            *count = count.saturating_add(1);
        }
    }

    /// Makes two buckets one until the time is within the last one.
    pub(crate) fn make_room(&mut self, time_ms: u64) {
        while time_ms >> self.bucket_bits >= MAX_ACTIVITY_BUCKETS as u64 {
            let pairs = self.counts.chunks(2).map(|pair| pair.iter().copied().fold(0, add));
            let mut halved: Vec<u32> = pairs.collect();
            halved.resize(MAX_ACTIVITY_BUCKETS, 0);
            self.counts = halved;
            self.bucket_bits += 1;
        }
    }

    pub(crate) fn finish(self) -> Activity {
        let level = |count: &u32| (u32::BITS - count.leading_zeros()).min(MAX_LEVEL) as u8;
        let mut levels: Vec<u8> = self.counts.iter().map(level).collect();
        let used = levels.iter().rposition(|&level| level > 0).map_or(0, |last| last + 1);
        levels.truncate(used);
        Activity { bucket_bits: self.bucket_bits, levels }
    }
}

fn add(a: u32, b: u32) -> u32 {
    a.saturating_add(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_grow_with_the_replay_and_lose_no_entry() {
        let mut counter = Counter::default();
        (0..100_000).for_each(|n| counter.add(n * 36));
        let activity = counter.finish();
        // 3,600,000 ms in at most 1,024 buckets.
        assert_eq!(activity.bucket_ms(), 4_096);
        assert_eq!(activity.levels().len(), 879);
        assert!(activity.levels().iter().all(|&level| level == 7 || level == 6));
    }

    #[test]
    fn a_level_is_the_number_of_bits_of_a_count() {
        let mut counter = Counter::default();
        (0..4).for_each(|_| counter.add(0));
        (0..1).for_each(|_| counter.add(64 * 3));
        assert_eq!(counter.finish().levels(), [3, 0, 0, 1]);
    }

    #[test]
    fn the_latest_time_there_can_be_is_in_the_last_bucket() {
        let mut counter = Counter::default();
        counter.add(u64::MAX);
        assert!(counter.finish().levels().len() <= MAX_ACTIVITY_BUCKETS);
    }
}
