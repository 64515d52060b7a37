//! Reading sealed segments.

use super::chunk::{self, Chunk, Inflater};
use super::footer::{self, FOOTER_BYTES, Footer};
use super::header::SegmentHeader;
use crate::bytes::Reader;
use crate::error::{FormatError, Place};
use crate::limits::{MAX_SEGMENT_BYTES, MAX_SEGMENT_CHUNKS, MAX_SEGMENT_INFLATED_BYTES};
use crate::record::framing;
use crate::strings::Strings;
use viewreel_model::Record;

/// A sealed segment whose header, chunks and footer were checked. Its records
/// are decoded when they are asked for.
#[derive(Clone, Debug)]
pub struct SealedSegment<'a> {
    bytes: &'a [u8],
    header: SegmentHeader,
    footer: Footer,
    chunks: Vec<Chunk<'a>>,
}

impl<'a> SealedSegment<'a> {
    /// Reads exactly one segment.
    ///
    /// # Errors
    /// Where the bytes are not one whole segment: damaged, truncated, over a
    /// limit, of another version, or followed by more bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let segment = Self::parse_first(bytes)?;
        if segment.bytes.len() < bytes.len() {
            let place = Place::stored(segment.bytes.len());
            return Err(FormatError::Expected { place, what: "the end of the segment" });
        }
        Ok(segment)
    }

    /// Reads the segment that `bytes` begin with; more may follow.
    ///
    /// # Errors
    /// As [`SealedSegment::parse`], but for bytes that follow.
    pub fn parse_first(bytes: &'a [u8]) -> Result<Self, FormatError> {
        Self::read(bytes, &mut reader_of_one(bytes))
    }

    /// As [`SealedSegment::parse_first`]; where it fails, `from` tells how far
    /// it came.
    fn read(bytes: &'a [u8], from: &mut Reader<'a>) -> Result<Self, FormatError> {
        let header = SegmentHeader::read(from)?;
        let chunks = read_chunks(from)?;
        let before_crc = from.place().offset + FOOTER_BYTES - 1 - 4;
        let (footer, crc) = Footer::read(from)?;
        let segment = bytes.get(..from.place().offset).unwrap_or_default();
        check_footer(&footer, crc, segment, before_crc, &chunks)?;
        Ok(Self { bytes: segment, header, footer, chunks })
    }

    /// The bytes of the segment, as stored.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its header.
    #[must_use]
    pub fn header(&self) -> &SegmentHeader {
        &self.header
    }

    /// Its footer.
    #[must_use]
    pub fn footer(&self) -> Footer {
        self.footer
    }

    /// What its records take in memory, in bytes; known without inflating them.
    #[must_use]
    pub fn inflated_len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.inflated_len).sum()
    }

    /// The records in order. Unknown kinds are skipped. After an error the
    /// iterator ends. Memory is bounded by the largest chunk.
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        Records {
            chunks: &self.chunks,
            next_chunk: 0,
            inflater: Inflater::default(),
            at: 0,
            strings: Strings::default(),
            time_ms: self.header.start_ms,
            has_failed: false,
        }
    }
}

/// No segment is larger than its limit.
fn reader_of_one(bytes: &[u8]) -> Reader<'_> {
    Reader::new(bytes.get(..MAX_SEGMENT_BYTES).unwrap_or(bytes))
}

/// Reads chunks up to and including the tag of the footer.
fn read_chunks<'a>(from: &mut Reader<'a>) -> Result<Vec<Chunk<'a>>, FormatError> {
    let mut chunks = Vec::new();
    let mut inflated = 0;
    loop {
        let place = from.clone();
        match from.u8("a chunk or the footer")? {
            chunk::TAG => chunks.push(Chunk::read(from)?),
            footer::TAG => return Ok(chunks),
            _ => return Err(place.expected("a chunk or the footer")),
        }
        if chunks.len() > MAX_SEGMENT_CHUNKS {
            return Err(place.over("chunks in a segment", MAX_SEGMENT_CHUNKS));
        }
        inflated += chunks.last().map_or(0, |chunk| chunk.inflated_len);
        if inflated > MAX_SEGMENT_INFLATED_BYTES {
            return Err(place.over("inflated bytes in a segment", MAX_SEGMENT_INFLATED_BYTES));
        }
    }
}

fn check_footer(
    footer: &Footer,
    crc: u32,
    segment: &[u8],
    before_crc: usize,
    chunks: &[Chunk<'_>],
) -> Result<(), FormatError> {
    let place = Place::stored(before_crc);
    if crc32fast::hash(segment.get(..before_crc).unwrap_or_default()) != crc {
        return Err(FormatError::Checksum { place: Place::stored(0), of: "segment" });
    }
    let is_true = footer.bytes as usize == segment.len() && footer.chunks as usize == chunks.len();
    match is_true {
        true => Ok(()),
        false => Err(FormatError::Expected { place, what: "a footer that counts this segment" }),
    }
}

/// Iterator over the records of a segment.
#[derive(Debug)]
pub struct Records<'a> {
    chunks: &'a [Chunk<'a>],
    next_chunk: usize,
    inflater: Inflater,
    at: usize,
    strings: Strings,
    time_ms: u64,
    has_failed: bool,
}

impl Records<'_> {
    fn step(&mut self) -> Result<Option<Record>, FormatError> {
        loop {
            while self.at >= self.inflater.records().len() {
                if !self.open_chunk()? {
                    return Ok(None);
                }
            }
            let index = self.next_chunk.saturating_sub(1) as u32;
            let mut from = Reader::of_chunk(self.inflater.records(), index);
            from.take(self.at, "a record")?;
            let record = framing::read(&mut from, &mut self.strings, &mut self.time_ms)?;
            self.at = from.place().offset;
            if record.is_some() {
                return Ok(record);
            }
        }
    }

    /// Inflates the next chunk; false where there is none.
    fn open_chunk(&mut self) -> Result<bool, FormatError> {
        let Some(chunk) = self.chunks.get(self.next_chunk) else { return Ok(false) };
        self.inflater.inflate(chunk, self.next_chunk as u32)?;
        self.at = 0;
        self.next_chunk += 1;
        Ok(true)
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let step = self.step();
        self.has_failed = step.is_err();
        step.transpose()
    }
}

/// Bytes that [`split`] reads in vain, per byte of its input, before it gives
/// up. A damaged length makes it read into the segments that follow, so damage
/// costs some; what is made to cost more is not worth reading.
const MAX_READ_IN_VAIN: usize = 8;

/// The segments of concatenated ones, in order. Where the bytes stop being
/// splittable the rest is one error and the iterator ends; a segment that is
/// damaged inside, but before another one whose header holds, is an error of
/// its own and that other one follows. O(bytes), whatever the bytes are.
pub fn split(bytes: &[u8]) -> impl Iterator<Item = Result<SealedSegment<'_>, FormatError>> {
    split_with_offsets(bytes).map(|(_, segment)| segment)
}

/// As [`split`], each with its offset in `bytes`.
pub fn split_with_offsets(
    bytes: &[u8],
) -> impl Iterator<Item = (usize, Result<SealedSegment<'_>, FormatError>)> {
    let mut at = 0;
    let mut in_vain = MAX_READ_IN_VAIN.saturating_mul(bytes.len());
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let mut from = reader_of_one(rest);
        let segment = SealedSegment::read(rest, &mut from);
        let length = match &segment {
            Ok(segment) => segment.bytes.len(),
            Err(_) => {
                let next = extent(rest).filter(|_| from.place().offset <= in_vain);
                in_vain = in_vain.saturating_sub(from.place().offset);
                next.unwrap_or(rest.len())
            }
        };
        let entry = (at, segment);
        at += length;
        Some(entry)
    })
}

/// The length of the damaged segment that `bytes` begin with, by the next
/// header that holds; `None` where there is none.
fn extent(bytes: &[u8]) -> Option<usize> {
    let starts = bytes.windows(4).enumerate().skip(1);
    let mut magics = starts.filter(|(_, window)| window == super::header::MAGIC);
    magics.find_map(|(at, _)| {
        let mut from = Reader::new(bytes.get(at..)?);
        SegmentHeader::read(&mut from).ok().map(|_| at)
    })
}
