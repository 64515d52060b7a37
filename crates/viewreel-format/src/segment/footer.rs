//! The footer: what makes a file of chunks a segment.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;

pub(crate) const TAG: u8 = b'F';

/// Bytes of a footer, tag included.
pub(crate) const FOOTER_BYTES: usize = 25;

/// The last bytes of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Footer {
    /// Record time of the last record, milliseconds since the run's start.
    pub end_ms: u64,
    /// Number of chunks.
    pub chunks: u32,
    /// Number of records.
    pub records: u32,
    /// Length of the whole segment, in bytes.
    pub bytes: u32,
}

impl Footer {
    /// The footer's bytes; `crc` has hashed all bytes of the segment before it.
    pub(crate) fn write(&self, mut crc: crc32fast::Hasher) -> Vec<u8> {
        let mut out = Writer::default();
        out.u8(TAG);
        out.bytes.extend_from_slice(&self.end_ms.to_le_bytes());
        out.u32(self.chunks);
        out.u32(self.records);
        out.u32(self.bytes);
        crc.update(&out.bytes);
        out.u32(crc.finalize());
        out.bytes
    }

    /// Reads what follows the tag: the footer and its checksum.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<(Self, u32), FormatError> {
        let footer = Self {
            end_ms: from.u64("an end time")?,
            chunks: from.u32("a chunk count")?,
            records: from.u32("a record count")?,
            bytes: from.u32("a segment length")?,
        };
        Ok((footer, from.u32("a segment checksum")?))
    }
}
