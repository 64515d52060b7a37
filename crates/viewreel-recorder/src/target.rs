//! Where the bytes of segments go.

use crate::ring::Ring;
use viewreel_format::{ReplayId, SegmentHeader};
use viewreel_spool::{Spool, SpoolError};

/// Where the bytes of segments go. It has the verbs of the spool.
#[derive(Debug, Default)]
pub(crate) struct Target {
    place: Place,
    pub(crate) ring: Ring,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere.
    Off,
    /// Into memory, of which so many milliseconds are kept.
    Ring { keep_ms: u64 },
    #[default]
    Spool,
}

impl Target {
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    pub(crate) fn turn_to(&mut self, place: Place) {
        self.place = place;
    }

    /// The replay under which segments are written.
    pub(crate) fn replay(&self, replay: &ReplayId) -> ReplayId {
        if self.place == Place::Spool { replay.clone() } else { Ring::nobody() }
    }

    pub(crate) fn begin(
        &mut self,
        spool: &mut Spool,
        header: &SegmentHeader,
        bytes: &[u8],
    ) -> Result<(), SpoolError> {
        match self.place {
            Place::Spool => spool.begin(header, bytes)?,
            Place::Ring { .. } | Place::Off => self.ring.begin(header, bytes),
        }
        Ok(())
    }

    pub(crate) fn append(&mut self, spool: &mut Spool, bytes: &[u8]) -> Result<(), SpoolError> {
        match self.place {
            Place::Spool => spool.append(bytes)?,
            Place::Ring { .. } | Place::Off => self.ring.append(bytes),
        }
        Ok(())
    }

    /// How many segments were trimmed for it; `None` where it is held.
    pub(crate) fn seal(
        &mut self,
        spool: &mut Spool,
        bytes: &[u8],
        run_ms: u64,
    ) -> Result<Option<u32>, SpoolError> {
        match self.place {
            Place::Spool => spool.seal(bytes, run_ms).map(Some),
            Place::Ring { .. } | Place::Off => {
                self.ring.seal(bytes);
                Ok(None)
            }
        }
    }

    pub(crate) fn abandon(&mut self, spool: &mut Spool) -> Result<(), SpoolError> {
        match self.place {
            Place::Spool => spool.abandon()?,
            Place::Ring { .. } | Place::Off => self.ring.abandon(),
        }
        Ok(())
    }

    /// Whether a segment of that age is to be sealed so that it can be forgotten
    /// in time.
    pub(crate) fn wants_seal(&self, age_ms: u64) -> bool {
        matches!(self.place, Place::Ring { keep_ms } if age_ms >= Ring::part_ms(keep_ms))
    }

    /// Forgets what is held for too long; whether nothing is held any more.
    pub(crate) fn trim(&mut self, now_ms: u64) -> bool {
        let Place::Ring { keep_ms } = self.place else { return false };
        self.ring.trim(now_ms, keep_ms);
        self.ring.is_empty()
    }
}
