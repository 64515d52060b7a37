//! Closing a segment file whose writer was killed.

use super::chunk::{self, Chunk, Inflater};
use super::footer::{FOOTER_BYTES, Footer};
use super::header::SegmentHeader;
use super::reader::SealedSegment;
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::limits::{MAX_SEGMENT_BYTES, MAX_SEGMENT_CHUNKS, MAX_SEGMENT_INFLATED_BYTES};
use crate::record::framing;
use crate::strings::Strings;

/// How to make a whole segment of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// It is one already.
    Sealed,
    /// Cut the file to `keep_bytes` and append `footer`.
    Cut {
        /// Bytes of the file that hold.
        keep_bytes: usize,
        /// What makes them a segment.
        footer: Vec<u8>,
    },
    /// There is no record in it: delete it.
    Empty,
}

/// Finds the last good chunk of an open segment file, which may be cut at any
/// byte. Chunks whose records do not decode are not good.
///
/// # Errors
/// Where not even the header holds.
pub fn recover(bytes: &[u8]) -> Result<Recovered, FormatError> {
    if SealedSegment::parse(bytes).is_ok() {
        return Ok(Recovered::Sealed);
    }
    let mut from = Reader::new(bytes);
    let header = SegmentHeader::read(&mut from)?;
    let mut good = Good::new(&header);
    let mut keep_bytes = from.place().offset;
    while good.accept(&mut from).is_some() {
        keep_bytes = from.place().offset;
    }
    if good.footer.records == 0 {
        return Ok(Recovered::Empty);
    }
    Ok(Recovered::Cut { keep_bytes, footer: good.close(bytes, keep_bytes) })
}

/// What the good chunks hold.
struct Good {
    strings: Strings,
    inflater: Inflater,
    inflated: usize,
    footer: Footer,
}

impl Good {
    fn new(header: &SegmentHeader) -> Self {
        let footer = Footer { end_ms: header.start_ms, ..Footer::default() };
        Self { strings: Strings::default(), inflater: Inflater::default(), inflated: 0, footer }
    }

    /// Takes the next chunk; `None` where it is missing, damaged, or more than
    /// fits into a segment with its footer.
    fn accept(&mut self, from: &mut Reader<'_>) -> Option<()> {
        if from.u8("a chunk").ok()? != chunk::TAG {
            return None;
        }
        let chunk = Chunk::read(from).ok()?;
        self.inflated += chunk.inflated_len;
        let end = from.place().offset + FOOTER_BYTES;
        let fits = end <= MAX_SEGMENT_BYTES
            && self.inflated <= MAX_SEGMENT_INFLATED_BYTES
            && (self.footer.chunks as usize) < MAX_SEGMENT_CHUNKS;
        if !fits {
            return None;
        }
        self.inflater.inflate(&chunk, self.footer.chunks).ok()?;
        let mut records = Reader::of_chunk(self.inflater.records(), self.footer.chunks);
        let mut footer = self.footer;
        while !records.is_at_end() {
            framing::read(&mut records, &mut self.strings, &mut footer.end_ms).ok()?;
            footer.records += 1;
        }
        footer.chunks += 1;
        self.footer = footer;
        Some(())
    }

    fn close(mut self, bytes: &[u8], keep_bytes: usize) -> Vec<u8> {
        self.footer.bytes = u32::try_from(keep_bytes + FOOTER_BYTES).unwrap_or(u32::MAX);
        let mut crc = crc32fast::Hasher::new();
        crc.update(bytes.get(..keep_bytes).unwrap_or_default());
        self.footer.write(crc)
    }
}
