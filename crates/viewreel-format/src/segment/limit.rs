//! The running totals of a segment that its limits speak of.

use crate::error::{FormatError, Place};
use crate::limits::{
    FREE_INFLATED_BYTES, MAX_INFLATION, MAX_SEGMENT_CHUNKS, MAX_SEGMENT_INFLATED_BYTES,
};

/// How many chunks a segment has and what they inflate to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) chunks: usize,
    pub(crate) inflated: usize,
}

impl Totals {
    /// Counts one more chunk.
    pub(crate) fn add(&mut self, inflated: usize) {
        self.chunks += 1;
        self.inflated += inflated;
    }

    /// Whether so much may come out of a segment that has `stored` bytes so far.
    pub(crate) fn is_plausible(self, stored: usize) -> bool {
        self.inflated <= FREE_INFLATED_BYTES + MAX_INFLATION * stored
    }

    /// Checks what was counted; the last chunk begins at `place`, and there are
    /// `stored` bytes up to its end.
    pub(crate) fn check(self, place: Place, stored: usize) -> Result<(), FormatError> {
        let over = |what, limit| Err(FormatError::Limit { place, what, limit });
        if self.chunks > MAX_SEGMENT_CHUNKS {
            return over("chunks in a segment", MAX_SEGMENT_CHUNKS);
        }
        if self.inflated > MAX_SEGMENT_INFLATED_BYTES {
            return over("inflated bytes in a segment", MAX_SEGMENT_INFLATED_BYTES);
        }
        if !self.is_plausible(stored) {
            return over("inflated bytes for its size", MAX_INFLATION);
        }
        Ok(())
    }
}
