//! The records of one track.

use super::chunk::Piece;
use super::deflate::Inflater;
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::record::nodes::NodeTable;
use crate::record::visual::{self, Progress};
use crate::record::{framing, story, touches};
use crate::tables::ReadTables;
use std::collections::VecDeque;
use viewreel_model::record::Body;
use viewreel_model::{Diff, Record};

/// Number of tracks that this version knows.
pub(crate) const TRACKS: usize = 3;

/// A track of a segment: records that belong together and can be read alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Track {
    /// State, trees, viewports, keyboard, pictures.
    Visual = 0,
    /// Touches.
    Touches = 1,
    /// Life cycle, screens, events, logs, gaps.
    Story = 2,
}

impl Track {
    /// Every track, in order of its number.
    pub const ALL: [Self; TRACKS] = [Self::Visual, Self::Touches, Self::Story];

    /// The track that a record belongs to.
    #[must_use]
    pub const fn of(body: &Body) -> Self {
        match body {
            Body::State(_)
            | Body::Keyframe { .. }
            | Body::Diff(_)
            | Body::Image(_)
            | Body::Viewport(_)
            | Body::Keyboard(_) => Self::Visual,
            Body::Touch(_) => Self::Touches,
            Body::Lifecycle(_)
            | Body::Screen(_)
            | Body::Event(_)
            | Body::Log { .. }
            | Body::Gap { .. }
            | Body::Health(_) => Self::Story,
        }
    }
}

/// What reading the records of a track remembers from one to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decoder {
    pub(crate) tables: ReadTables,
    table: NodeTable,
    /// Record time of the last entry, in milliseconds.
    pub(crate) time_ms: u64,
    progress: Progress,
}

impl Decoder {
    pub(crate) fn starting(start_ms: u64) -> Self {
        Self { time_ms: start_ms, ..Self::default() }
    }

    /// Reads one record of `track` and hands its entries to `take`; an unknown
    /// kind has none. Returns the kind.
    pub(crate) fn read(
        &mut self,
        track: Track,
        from: &mut Reader<'_>,
        mut take: impl FnMut(Record),
    ) -> Result<u8, FormatError> {
        let framing::Framed { kind, time_ms, mut body } = framing::read(from, self.time_ms)?;
        self.time_ms = time_ms;
        if track == Track::Touches && kind == touches::KIND {
            let touches = touches::read(&mut body, time_ms)?;
            self.time_ms = touches.last().map_or(time_ms, |&(last_ms, _)| last_ms);
            touches.into_iter().map(touches::entry).for_each(take);
        } else if let Some(body) = self.read_body(track, &mut body, kind)? {
            self.progress.follow(&body);
            take(Record { time_ms, body });
        }
        Ok(kind)
    }

    fn read_body(
        &mut self,
        track: Track,
        from: &mut Reader<'_>,
        kind: u8,
    ) -> Result<Option<Body>, FormatError> {
        let Self { tables, table, progress, .. } = self;
        match track {
            Track::Visual => visual::read(from, tables, table, *progress, kind),
            Track::Touches => Ok(None),
            Track::Story => story::read(from, &mut tables.strings, kind),
        }
    }
}

/// Inflates the whole stream of a track, bounded by the sizes that its chunks
/// state.
pub(crate) fn inflate(pieces: &[Piece<'_>], track: Track) -> Result<Vec<u8>, FormatError> {
    let mine = || pieces.iter().filter(|piece| piece.track == track as u8);
    let len = mine().map(|piece| piece.inflated_len).sum();
    let mut inflater = Inflater::new(track as u8);
    for piece in mine() {
        inflater.feed(piece.payload, len)?;
    }
    inflater.finish(len)?;
    Ok(inflater.into_records())
}

/// Where the pieces of a track end in its inflated bytes, the last one first.
pub(crate) fn ends(pieces: &[Piece<'_>], track: Track) -> Vec<usize> {
    let mine = pieces.iter().filter(|piece| piece.track == track as u8);
    let end = |at: &mut usize, piece: &Piece<'_>| {
        *at += piece.inflated_len;
        Some(*at)
    };
    let mut ends: Vec<usize> = mine.scan(0, end).collect();
    ends.reverse();
    ends
}

/// Entries that were read and not given yet. Touches come in thousands, and each
/// is much smaller than a record.
#[derive(Debug, Default)]
struct Ready {
    one: Option<Record>,
    touches: VecDeque<touches::Sample>,
}

impl Ready {
    /// A record that is no touch is alone.
    fn push(&mut self, record: Record) {
        match record.body {
            Body::Touch(touch) => self.touches.push_back((record.time_ms, touch)),
            _ => self.one = Some(record),
        }
    }

    fn pop(&mut self) -> Option<Record> {
        self.one.take().or_else(|| self.touches.pop_front().map(touches::entry))
    }
}

/// Iterator over the entries of one track, in order of time. After an error it
/// ends.
#[derive(Debug)]
pub struct TrackRecords {
    track: Track,
    bytes: Vec<u8>,
    at: usize,
    /// Where the pieces end, in `bytes`, the last one first.
    ends: Vec<usize>,
    decoder: Decoder,
    ready: Ready,
    error: Option<FormatError>,
}

impl TrackRecords {
    pub(crate) fn open(pieces: &[Piece<'_>], track: Track, start_ms: u64) -> Self {
        let inflated = inflate(pieces, track);
        let error = inflated.as_ref().err().copied();
        Self {
            track,
            bytes: inflated.unwrap_or_default(),
            at: 0,
            ends: ends(pieces, track),
            decoder: Decoder::starting(start_ms),
            ready: Ready::default(),
            error,
        }
    }

    pub(crate) fn track(&self) -> Track {
        self.track
    }

    /// Takes the memory of a diff that nobody needs any more.
    pub(crate) fn reuse(&mut self, diff: Diff) {
        self.decoder.table.spare = diff;
    }

    fn read_next(&mut self) -> Result<(), FormatError> {
        self.ends.pop_if(|end| *end <= self.at);
        let end = self.ends.last().copied().unwrap_or(self.bytes.len());
        let piece = self.bytes.get(..end).unwrap_or(&self.bytes);
        let mut from = Reader::of_track(piece, self.at, self.track as u8);
        let ready = &mut self.ready;
        self.decoder.read(self.track, &mut from, |record| ready.push(record))?;
        self.at = from.offset();
        Ok(())
    }

    fn fail(&mut self, error: FormatError) -> FormatError {
        self.at = self.bytes.len();
        error
    }
}

impl Iterator for TrackRecords {
    type Item = Result<Record, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(record) = self.ready.pop() {
                return Some(Ok(record));
            }
            if let Some(error) = self.error.take() {
                return Some(Err(error));
            }
            if self.at >= self.bytes.len() {
                return None;
            }
            if let Err(error) = self.read_next() {
                return Some(Err(self.fail(error)));
            }
        }
    }
}
