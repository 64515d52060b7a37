//! Closing a segment file whose writer was killed.

use super::chunk::{self, Piece, is_tag};
use super::deflate::Inflater;
use super::footer::{Footer, MAX_FOOTER_BYTES};
use super::header::SegmentHeader;
use super::limit::Totals;
use super::reader::{SealedSegment, reader_of_one};
use super::track::{Decoder, TRACKS, Track};
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::limits::MAX_SEGMENT_BYTES;

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
    /// There is no record in it, or no writer wrote it: delete it.
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
    let mut from = reader_of_one(bytes);
    let header = SegmentHeader::read(&mut from)?;
    let mut good = Good::new(&header);
    let mut keep_bytes = from.offset();
    while good.accept(&mut from).is_some() {
        keep_bytes = from.offset();
    }
    let footer = good.footer;
    if footer.records == 0 || !good.can_end() {
        return Ok(Recovered::Empty);
    }
    let mut crc = crc32fast::Hasher::new();
    crc.update(bytes.get(..keep_bytes).unwrap_or_default());
    Ok(Recovered::Cut { keep_bytes, footer: footer.write(header.start_ms, crc) })
}

/// What the good chunks hold.
struct Good {
    tracks: [Part; TRACKS],
    totals: Totals,
    footer: Footer,
}

impl Good {
    fn new(header: &SegmentHeader) -> Self {
        Self {
            tracks: Track::ALL.map(|track| Part::new(track, header.start_ms)),
            totals: Totals::default(),
            footer: Footer { end_ms: header.start_ms, ..Footer::default() },
        }
    }

    /// Takes the next chunk; `None` where it is missing, damaged, or more than
    /// fits into a segment with its footer.
    fn accept(&mut self, from: &mut Reader<'_>) -> Option<()> {
        from.clone().code("a chunk", |tag| is_tag(tag).then_some(())).ok()?;
        let place = from.place();
        let pieces = chunk::read(from).ok()?;
        self.totals.add(pieces.iter().map(|piece| piece.inflated_len).sum());
        self.totals.check(place, from.offset()).ok()?;
        if from.offset() + MAX_FOOTER_BYTES > MAX_SEGMENT_BYTES {
            return None;
        }
        let mut footer = Footer { chunks: self.footer.chunks + 1, ..self.footer };
        for piece in pieces {
            if let Some(track) = self.tracks.get_mut(usize::from(piece.track)) {
                footer.records += track.accept(&piece)?;
                footer.end_ms = footer.end_ms.max(track.decoder.time_ms);
            }
        }
        self.footer = footer;
        Some(())
    }

    /// Whether the streams of all tracks can end here. Those of a writer can, each
    /// of its chunks ends in a flush.
    fn can_end(self) -> bool {
        self.tracks.into_iter().all(|mut track| track.inflater.finish(track.len).is_ok())
    }
}

/// What the good chunks of a track hold.
struct Part {
    track: Track,
    inflater: Inflater,
    decoder: Decoder,
    /// Inflated bytes of the chunks so far.
    len: usize,
}

impl Part {
    fn new(track: Track, start_ms: u64) -> Self {
        let decoder = Decoder::starting(start_ms);
        Self { track, inflater: Inflater::new(track as u8), decoder, len: 0 }
    }

    /// Takes a piece whose every record decodes; gives the number of its entries.
    fn accept(&mut self, piece: &Piece<'_>) -> Option<u32> {
        let start = self.len;
        self.len += piece.inflated_len;
        self.inflater.feed(piece.payload, self.len).ok()?;
        let records = self.inflater.records();
        if records.len() != self.len {
            return None;
        }
        let mut from = Reader::of_track(records, start, self.track as u8);
        let mut entries = 0;
        while !from.is_at_end() {
            self.decoder.read(self.track, &mut from, |_| entries += 1).ok()?;
        }
        Some(entries)
    }
}
