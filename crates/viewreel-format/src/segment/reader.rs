//! Reading a sealed segment.

use super::chunk::{self, Piece};
use super::footer::{self, Footer};
use super::header::SegmentHeader;
use super::limit::Totals;
use super::track::{TRACKS, Track, TrackRecords};
use crate::bytes::Reader;
use crate::error::{FormatError, Place};
use crate::limits::MAX_SEGMENT_BYTES;
use viewreel_model::record::Body;
use viewreel_model::{LendRecords, Record};

/// A sealed segment whose header, chunks and footer were checked. Its records
/// are decoded when they are asked for.
#[derive(Clone, Debug)]
pub struct SealedSegment<'a> {
    bytes: &'a [u8],
    header: SegmentHeader,
    footer: Footer,
    /// The pieces of all chunks.
    pub(crate) pieces: Vec<Piece<'a>>,
    totals: Totals,
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
    pub(crate) fn read(bytes: &'a [u8], from: &mut Reader<'a>) -> Result<Self, FormatError> {
        let header = SegmentHeader::read(from)?;
        let (pieces, totals) = read_chunks(from)?;
        let footer = read_footer(bytes, from, header.start_ms, totals.chunks)?;
        let bytes = bytes.get(..from.offset()).unwrap_or_default();
        Ok(Self { bytes, header, footer, pieces, totals })
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
        self.totals.inflated
    }

    /// The entries of all tracks by time, at equal times those of the lower
    /// track first. Unknown kinds are skipped. After an error the iterator ends.
    /// Memory is bounded by the inflated segment.
    #[must_use]
    pub fn records(&self) -> Records {
        let heads = Track::ALL.map(|track| Head::of(self.track(track)));
        Records { heads, has_failed: false, lender: None }
    }

    /// The entries of one track; the others are not even inflated.
    #[must_use]
    pub fn track(&self, track: Track) -> TrackRecords {
        TrackRecords::open(&self.pieces, track, self.header.start_ms)
    }
}

/// No segment is larger than its limit.
pub(crate) fn reader_of_one(bytes: &[u8]) -> Reader<'_> {
    Reader::new(bytes.get(..MAX_SEGMENT_BYTES).unwrap_or(bytes))
}

/// Reads chunks up to the footer.
fn read_chunks<'a>(from: &mut Reader<'a>) -> Result<(Vec<Piece<'a>>, Totals), FormatError> {
    let mut pieces = Vec::new();
    let mut totals = Totals::default();
    while !is_footer(from)? {
        let place = from.place();
        let chunk = chunk::read(from)?;
        totals.add(chunk.iter().map(|piece| piece.inflated_len).sum());
        totals.check(place, from.offset())?;
        pieces.extend(chunk);
    }
    Ok((pieces, totals))
}

fn is_footer(from: &Reader<'_>) -> Result<bool, FormatError> {
    from.clone().code("a chunk or the footer", |tag| match tag {
        footer::TAG => Some(true),
        tag => chunk::is_tag(tag).then_some(false),
    })
}

fn read_footer(
    bytes: &[u8],
    from: &mut Reader<'_>,
    start_ms: u64,
    chunks: usize,
) -> Result<Footer, FormatError> {
    from.u8("the footer")?;
    let footer = Footer::read(from, start_ms, chunks)?;
    let covered = bytes.get(..from.offset()).unwrap_or_default();
    let crc = from.u32("a segment checksum")?;
    match crc32fast::hash(covered) == crc {
        true => Ok(footer),
        false => Err(FormatError::Checksum { place: Place::stored(0), of: "segment" }),
    }
}

/// The next entry of a track.
#[derive(Debug)]
struct Head {
    next: Option<Result<Record, FormatError>>,
    rest: TrackRecords,
}

impl Head {
    fn of(mut rest: TrackRecords) -> Self {
        Self { next: rest.next(), rest }
    }

    /// When it is this track's turn; errors come at once.
    fn time_ms(&self) -> Option<u64> {
        self.next.as_ref().map(|next| next.as_ref().map_or(0, |record| record.time_ms))
    }

    /// Goes on behind an entry that nobody needs any more.
    fn pass(&mut self) {
        if let Some(Ok(Record { body: Body::Diff(diff), .. })) = self.next.take() {
            self.rest.reuse(diff);
        }
        self.next = self.rest.next();
    }
}

/// Iterator over the entries of a segment. Who only looks at each lends them,
/// which is quicker.
#[derive(Debug)]
pub struct Records {
    heads: [Head; TRACKS],
    has_failed: bool,
    /// Whose entry is lent.
    lender: Option<Track>,
}

impl Records {
    /// The track whose turn it is.
    fn turn(&mut self) -> Option<&mut Head> {
        if let Some(track) = self.lender.take() {
            self.heads.get_mut(track as usize)?.pass();
        }
        if self.has_failed {
            return None;
        }
        let heads = self.heads.iter_mut().filter(|head| head.next.is_some());
        let head = heads.min_by_key(|head| head.time_ms())?;
        self.has_failed = matches!(head.next, Some(Err(_)));
        Some(head)
    }
}

impl Iterator for Records {
    type Item = Result<Record, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.turn()?;
        std::mem::replace(&mut head.next, head.rest.next())
    }
}

impl LendRecords for Records {
    type Error = FormatError;

    fn lend(&mut self) -> Option<Result<&mut Record, FormatError>> {
        self.lender = Some(self.turn()?.rest.track());
        let head = self.heads.get_mut(self.lender? as usize)?;
        head.next.as_mut().map(|next| next.as_mut().map_err(|error| *error))
    }
}
