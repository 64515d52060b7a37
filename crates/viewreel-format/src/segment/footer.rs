//! The footer: what makes a file of chunks a segment.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;

pub(crate) const TAG: u8 = b'F';

/// Most bytes of a footer, tag included.
pub(crate) const MAX_FOOTER_BYTES: usize = 1 + 10 + 5 + 5 + 4;

/// Bytes of a checksum.
pub(crate) const CRC_BYTES: usize = 4;

/// The last bytes of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Footer {
    /// Record time of the last entry, milliseconds since the run's start.
    pub end_ms: u64,
    /// Number of chunks.
    pub chunks: u32,
    /// Number of entries, those of kinds that are not known included.
    pub records: u32,
}

impl Footer {
    /// The footer's bytes; `crc` has hashed all bytes of the segment before it,
    /// which begins at `start_ms`.
    pub(crate) fn write(&self, start_ms: u64, mut crc: crc32fast::Hasher) -> Vec<u8> {
        let mut out = Writer::default();
        out.u8(TAG);
        out.uv(self.end_ms.saturating_sub(start_ms));
        out.uv(u64::from(self.chunks));
        out.uv(u64::from(self.records));
        crc.update(&out.bytes);
        out.u32(crc.finalize());
        out.bytes
    }

    /// Reads what follows the tag of a segment of so many chunks, without the
    /// checksum.
    pub(crate) fn read(
        from: &mut Reader<'_>,
        start_ms: u64,
        chunks: usize,
    ) -> Result<Self, FormatError> {
        let is_right = |count: u32| (count as usize == chunks).then_some(count);
        Ok(Self {
            end_ms: from.map("an end time", Reader::uv, |ms| start_ms.checked_add(ms))?,
            chunks: from.map("the number of chunks", Reader::uv32, is_right)?,
            records: from.uv32("a record count")?,
        })
    }
}
