//! Writing a reel.

use super::index::Index;
use super::trailer::Trailer;
use super::{HEADER_BYTES, MAGIC, UNIT_BYTES, VERSION, manifest, order};
use crate::bytes::Writer;
use crate::error::FormatError;
use crate::segment::reader::SealedSegment;

/// Whether a segment is one that a recorder sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// It is.
    #[default]
    Whole,
    /// It was cut out of a longer one.
    Piece,
}

/// Builds a reel. Sans I/O: [`ReelWriter::begin`], [`ReelWriter::push`] and
/// [`ReelWriter::finish`] give bytes to append to the file; nothing that was given
/// is ever changed. Takes about 40 bytes of memory for a segment.
#[derive(Debug, Default)]
pub struct ReelWriter {
    index: Index,
    /// Bytes given out so far.
    len: u64,
}

impl ReelWriter {
    /// A writer and the bytes of the header.
    #[must_use]
    pub fn begin() -> (Self, Vec<u8>) {
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&(HEADER_BYTES as u16).to_le_bytes());
        (Self { index: Index::default(), len: out.len() as u64 }, out)
    }

    /// Adds the next segment in the order of [`order()`]: its bytes as they are,
    /// and padding.
    ///
    /// # Errors
    /// Where it is of another replay than those before, or one too many. Nothing
    /// was added then.
    pub fn push(&mut self, segment: &SealedSegment<'_>, cut: Cut) -> Result<Vec<u8>, FormatError> {
        self.index.push(segment, cut)?;
        let mut out = segment.bytes().to_vec();
        out.resize(out.len().next_multiple_of(UNIT_BYTES as usize), 0);
        self.len += out.len() as u64;
        Ok(out)
    }

    /// Pages, manifest and trailer.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let (pages, manifest) = manifest::write(self.index);
        let mut out = Writer { bytes: pages.concat() };
        let trailer = Trailer {
            manifest_at: self.len + out.bytes.len() as u64,
            manifest_len: u32::try_from(manifest.len()).unwrap_or(u32::MAX),
            crc: crc32fast::hash(&manifest),
        };
        out.bytes.extend(manifest);
        trailer.write(&mut out);
        out.bytes
    }
}

/// Writes a reel of sealed segments, which may come in any order and are copied
/// as they are.
///
/// # Errors
/// Where one of them is no sealed segment or of another replay.
pub fn write<T: AsRef<[u8]>>(segments: &[T]) -> Result<Vec<u8>, FormatError> {
    let parsed = segments.iter().map(|bytes| SealedSegment::parse(bytes.as_ref()));
    let (mut writer, mut out) = ReelWriter::begin();
    for segment in order(parsed.collect::<Result<_, _>>()?) {
        out.extend(writer.push(&segment, Cut::Whole)?);
    }
    out.extend(writer.finish());
    Ok(out)
}
