//! The last bytes of a reel: where its manifest lies.

use super::{HEADER_BYTES, VERSION};
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::MAX_MANIFEST_BYTES;
use std::ops::Range;

const END_MAGIC: &[u8; 4] = b"VRRE";

/// Where the manifest of a reel lies, and its checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// Offset of the manifest in the file, in bytes.
    pub manifest_at: u64,
    /// Length of the manifest, in bytes.
    pub manifest_len: u32,
    /// CRC-32 of the manifest.
    pub crc: u32,
}

impl Trailer {
    /// Bytes of a trailer.
    pub const BYTES: usize = 22;

    /// Reads the trailer that `tail` ends with: the last bytes of a file, at
    /// least [`Trailer::BYTES`].
    ///
    /// # Errors
    /// Where it is missing, of another version, or names what cannot be.
    pub fn parse(tail: &[u8]) -> Result<Self, FormatError> {
        let start = tail.len().saturating_sub(Self::BYTES);
        let mut from = Reader::new(tail);
        from.take(start, "a trailer")?;
        let trailer = Self {
            manifest_at: from.u64("an offset of a manifest")?,
            manifest_len: from.u32("a length of a manifest")?,
            crc: from.u32("a checksum of a manifest")?,
        };
        let place = from.place();
        let version = from.u16("a format version")?;
        from.map("the magic number VRRE", Reader::array, |it| (it == *END_MAGIC).then_some(()))?;
        match version {
            VERSION => trailer.checked(&Reader::new(tail), start),
            version => Err(FormatError::UnknownVersion { place, version }),
        }
    }

    fn checked(self, from: &Reader<'_>, start: usize) -> Result<Self, FormatError> {
        if self.manifest_len as usize > MAX_MANIFEST_BYTES {
            return Err(from.over_at(start + 8, "bytes in a manifest", MAX_MANIFEST_BYTES));
        }
        let end = self.manifest_at.checked_add(u64::from(self.manifest_len));
        match self.manifest_at >= HEADER_BYTES as u64 && end.is_some() {
            true => Ok(self),
            false => Err(from.expected_at(start, "an offset behind the header")),
        }
    }

    /// Where the manifest lies in the file, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<u64> {
        self.manifest_at..self.manifest_at.saturating_add(u64::from(self.manifest_len))
    }

    /// The manifest within a whole file, which has to end with manifest and
    /// trailer.
    pub(crate) fn manifest_of<'a>(&self, file: &'a [u8]) -> Option<&'a [u8]> {
        let before = file.get(..file.len().checked_sub(Self::BYTES)?)?;
        before.get(usize::try_from(self.manifest_at).ok()?..)
    }

    pub(crate) fn write(self, out: &mut Writer) {
        out.bytes.extend_from_slice(&self.manifest_at.to_le_bytes());
        out.u32(self.manifest_len);
        out.u32(self.crc);
        out.bytes.extend_from_slice(&VERSION.to_le_bytes());
        out.bytes.extend_from_slice(END_MAGIC);
    }
}
