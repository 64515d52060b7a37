//! Writing a segment, chunk by chunk, into a file that only grows.

use super::chunk::{self, MAX_CHUNK_OVERHEAD, Piece};
use super::deflate::{Deflater, deflated_len, store};
use super::footer::{Footer, MAX_FOOTER_BYTES};
use super::header::SegmentHeader;
use super::limit::Totals;
use super::pack::{Packer, packed_len};
use super::track::{TRACKS, Track};
use crate::bytes::Writer;
use crate::error::{FormatError, Place};
use crate::limits::{
    MAX_DIFF_ENTRIES, MAX_SEGMENT_BYTES, MAX_SEGMENT_CHUNKS, MAX_SEGMENT_INFLATED_BYTES,
    MAX_TOUCHES, MAX_TRACK_STRING_BYTES,
};
use crate::record::diff::Scratch;
use crate::record::touches::{self, TimedTouch};
use crate::record::visual::{self, Progress};
use crate::record::{framing, story};
use crate::tables::WriteTables;
use viewreel_model::limits::{
    MAX_DEPTH, MAX_IMAGE_RECORDS, MAX_LINES, MAX_NODES, MAX_TREE_STRING_BYTES, MAX_WINDOWS,
};
use viewreel_model::node::ImageHandle;
use viewreel_model::record::Body;
use viewreel_model::{Diff, ImageBinding, Snapshot};

/// Bytes that are kept free for what estimates do not know.
const RESERVE_BYTES: usize = 4_096;

/// About what a touch takes in a chunk, before compression.
const TOUCH_BYTES: usize = 6;

/// Builds a segment. Sans I/O: [`SegmentWriter::begin`], [`SegmentWriter::cut`]
/// and [`SegmentWriter::seal`] give bytes to append to the segment's file;
/// nothing that was given is ever changed.
///
/// A frame that brings nothing new but numbers allocates nothing.
#[derive(Debug)]
pub struct SegmentWriter {
    start_ms: u64,
    tracks: [TrackWriter; TRACKS],
    /// Touches of the chunk to come.
    touches: Vec<TimedTouch>,
    /// Of the visual track after its last record.
    progress: Progress,
    body: Writer,
    scratch: Scratch,
    /// The chunk that was given out last.
    out: Writer,
    crc: crc32fast::Hasher,
    footer: Footer,
    totals: Totals,
    /// Bytes given out so far.
    len: usize,
}

/// What is remembered of one track.
#[derive(Debug)]
struct TrackWriter {
    tables: WriteTables,
    /// Records of the chunk to come.
    pending: Writer,
    stream: Stream,
    /// What `pending` became.
    payload: Vec<u8>,
    /// Record time of the last entry, in milliseconds.
    time_ms: u64,
    /// Bytes of the strings of all records, once per use.
    used_string_bytes: usize,
}

/// The DEFLATE stream of a track.
#[derive(Debug)]
enum Stream {
    /// Of the trees; its compressor is made with the first chunk.
    Large(Option<Deflater>),
    /// Of everything else.
    Small(Packer),
}

impl Stream {
    fn of(track: Track) -> Self {
        match track {
            Track::Visual => Self::Large(None),
            Track::Touches | Track::Story => Self::Small(Packer::default()),
        }
    }

    fn deflate(&mut self, records: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Large(deflater) => deflater.get_or_insert_default().deflate(records, out),
            Self::Small(packer) => packer.pack(records, out),
        }
    }

    /// What these records take at most.
    fn most(&self, records: &[u8]) -> usize {
        match self {
            Self::Large(_) => deflated_len(records),
            Self::Small(_) => packed_len(records.len()),
        }
    }
}

impl TrackWriter {
    fn starting(track: Track, time_ms: u64) -> Self {
        Self {
            tables: WriteTables::default(),
            pending: Writer::default(),
            stream: Stream::of(track),
            payload: Vec::new(),
            time_ms,
            used_string_bytes: 0,
        }
    }

    fn add(&mut self, kind: u8, time_ms: u64, body: &[u8]) {
        framing::write(&mut self.pending, kind, time_ms.saturating_sub(self.time_ms), body);
        self.time_ms = time_ms;
        self.used_string_bytes += self.tables.strings.used_bytes();
    }
}

impl TrackWriter {
    fn deflate(&mut self) {
        self.payload.clear();
        if !self.pending.bytes.is_empty() {
            self.stream.deflate(&self.pending.bytes, &mut self.payload);
        }
    }

    /// Takes the records as they are: they deflate better than readers believe.
    fn store(&mut self) {
        self.payload.clear();
        if !self.pending.bytes.is_empty() {
            store(&self.pending.bytes, &mut self.payload);
        }
    }
}

/// What a track adds to the chunk to come, if anything.
fn piece((track, writer): (Track, &TrackWriter)) -> Option<Piece<'_>> {
    let inflated_len = writer.pending.bytes.len();
    let piece = Piece { track: track as u8, inflated_len, payload: &writer.payload };
    (inflated_len > 0).then_some(piece)
}

impl SegmentWriter {
    /// A writer and the bytes of the header.
    #[must_use]
    pub fn begin(header: &SegmentHeader) -> (Self, Vec<u8>) {
        let bytes = header.write();
        let mut writer = Self {
            start_ms: header.start_ms,
            tracks: Track::ALL.map(|track| TrackWriter::starting(track, header.start_ms)),
            touches: Vec::new(),
            progress: Progress::default(),
            body: Writer::default(),
            scratch: Scratch::default(),
            out: Writer::default(),
            crc: crc32fast::Hasher::new(),
            footer: Footer { end_ms: header.start_ms, ..Footer::default() },
            totals: Totals::default(),
            len: 0,
        };
        writer.count(&bytes);
        (writer, bytes)
    }

    /// Adds a record at `time_ms` of the run; a time before the last record's
    /// is taken as that record's. Touches are their own: they may come later than
    /// records of later times, and a time before the last touch's is taken as that
    /// touch's.
    ///
    /// # Errors
    /// [`FormatError::Limit`] where the record does not fit into this segment
    /// any more, is one image record too many, or has a tree that readers would
    /// refuse;
    /// [`FormatError::Expected`] where a diff has no keyframe before it, a
    /// keyframe is not the state that follows or a binding has no handle. Nothing was added then; seal and
    /// begin another one.
    pub fn push(&mut self, time_ms: u64, body: &Body) -> Result<(), FormatError> {
        match body {
            Body::Touch(touch) => {
                let time_ms = time_ms.max(self.last_touch_ms());
                self.push_touch((time_ms, *touch))?;
            }
            body => self.push_record(time_ms.max(self.footer.end_ms), body)?,
        }
        self.footer.end_ms = self.footer.end_ms.max(time_ms);
        self.footer.records += 1;
        Ok(())
    }

    /// Bytes of the body of a record, before compression, if it were pushed now.
    /// Nothing is added.
    #[must_use]
    pub fn body_len(&mut self, body: &Body) -> usize {
        let written = self.write_body(body);
        if let Some((track, _)) = written {
            self.track(track).tables.roll_back();
        }
        self.body.bytes.len()
    }

    fn last_touch_ms(&mut self) -> u64 {
        let pending = self.touches.last().map(|(time_ms, _)| *time_ms);
        pending.unwrap_or(self.track(Track::Touches).time_ms)
    }

    fn push_touch(&mut self, touch: TimedTouch) -> Result<(), FormatError> {
        self.body.bytes.clear();
        self.check_room(Track::Touches)?;
        self.touches.push(touch);
        if self.touches.len() >= MAX_TOUCHES {
            self.settle_touches();
        }
        Ok(())
    }

    /// Makes a record of the touches so far.
    fn settle_touches(&mut self) {
        let (Some(first), Some(last)) = (self.touches.first(), self.touches.last()) else { return };
        let (first_ms, last_ms) = (first.0, last.0);
        self.body.bytes.clear();
        touches::write(&mut self.body, &self.touches);
        self.touches.clear();
        let body = std::mem::take(&mut self.body);
        let track = self.track(Track::Touches);
        track.add(touches::KIND, first_ms, &body.bytes);
        track.time_ms = last_ms;
        self.body = body;
    }

    fn push_record(&mut self, time_ms: u64, body: &Body) -> Result<(), FormatError> {
        self.check_state(body)?;
        let Some((track, kind)) = self.write_body(body) else { return Ok(()) };
        if let Err(error) = self.check_tree(track, body).and_then(|()| self.check_room(track)) {
            self.track(track).tables.roll_back();
            return Err(error);
        }
        let body_bytes = std::mem::take(&mut self.body);
        self.track(track).add(kind, time_ms, &body_bytes.bytes);
        self.body = body_bytes;
        self.scratch.commit(body);
        self.progress.follow(body);
        Ok(())
    }

    /// Writes a body into the scratch buffer; its track and kind.
    fn write_body(&mut self, body: &Body) -> Option<(Track, u8)> {
        let Self { tracks, body: out, scratch, progress, .. } = self;
        let track = Track::of(body);
        let tables = &mut tracks.get_mut(track as usize)?.tables;
        out.bytes.clear();
        tables.begin_body();
        let kind = match track {
            Track::Story => story::write(out, &mut tables.strings, body),
            _ => visual::write(out, tables, scratch, progress.state, body),
        };
        Some((track, kind?))
    }

    fn track(&mut self, track: Track) -> &mut TrackWriter {
        let [visual, touches, story] = &mut self.tracks;
        match track {
            Track::Visual => visual,
            Track::Touches => touches,
            Track::Story => story,
        }
    }

    fn over(&self, what: &'static str, limit: usize) -> FormatError {
        FormatError::Limit { place: Place::stored(self.len), what, limit }
    }

    fn within(&self, has: usize, what: &'static str, limit: usize) -> Result<(), FormatError> {
        if has > limit { Err(self.over(what, limit)) } else { Ok(()) }
    }

    /// Whether readers would be in the state that the record needs.
    fn check_state(&self, body: &Body) -> Result<(), FormatError> {
        let is_right = match (body, self.progress.state) {
            (Body::Keyframe { state, .. }, Some(before)) => before.next() == *state,
            (Body::Diff(_), before) => before.is_some(),
            _ => true,
        };
        let place = Place::stored(self.len);
        let what = "a keyframe before the first diff, and states in order";
        is_right.then_some(()).ok_or(FormatError::Expected { place, what })
    }

    /// Whether readers take what the finished body adds to the tree or its pictures.
    /// O(nodes).
    fn check_tree(&self, track: Track, body: &Body) -> Result<(), FormatError> {
        match body {
            Body::Keyframe { tree, .. } => self.check_keyframe(tree)?,
            Body::Diff(diff) => self.check_diff(diff)?,
            Body::Image(binding) => return self.check_image(binding),
            _ => return Ok(()),
        }
        let used = self.tracks.get(track as usize).map_or(0, |t| t.tables.strings.used_bytes());
        self.within(used, "string bytes in a tree", MAX_TREE_STRING_BYTES)
    }

    fn check_keyframe(&self, tree: &Snapshot) -> Result<(), FormatError> {
        let columns = tree.columns();
        let depth = columns.depths().into_iter().max().unwrap_or(0);
        self.within(columns.len(), "nodes", MAX_NODES)?;
        self.within(depth as usize, "levels of nesting", MAX_DEPTH)?;
        self.within(columns.lines.len(), "lines in a tree", MAX_LINES)?;
        self.within(columns.windows.len(), "windows", MAX_WINDOWS)
    }

    fn check_diff(&self, diff: &Diff) -> Result<(), FormatError> {
        let lists = [diff.placements.len(), diff.updates.len(), diff.removals.len()];
        let longest = lists.into_iter().max().unwrap_or(0).max(diff.shifts.len());
        self.within(longest, "entries in a list of a diff", MAX_DIFF_ENTRIES)?;
        self.within(diff.rows.lines.len(), "lines in a diff", MAX_LINES)?;
        self.within(diff.windows.as_ref().map_or(0, Vec::len), "windows", MAX_WINDOWS)
    }

    fn check_image(&self, binding: &ImageBinding) -> Result<(), FormatError> {
        if binding.handle == ImageHandle::default() {
            let place = Place::stored(self.len);
            return Err(FormatError::Expected { place, what: "an image handle that is not 0" });
        }
        self.within(self.progress.images + 1, "image records", MAX_IMAGE_RECORDS)
    }

    /// Whether the finished body of that track fits. DEFLATE's worst case adds 5
    /// bytes per block, which the reserve covers.
    fn check_room(&self, track: Track) -> Result<(), FormatError> {
        let pending = self.pending_len() + self.body.bytes.len() + RESERVE_BYTES;
        let inflated = self.totals.inflated + pending;
        self.within(self.totals.chunks + 1, "chunks in a segment", MAX_SEGMENT_CHUNKS)?;
        self.within(inflated, "inflated bytes in a segment", MAX_SEGMENT_INFLATED_BYTES)?;
        if let Some(track) = self.tracks.get(track as usize) {
            let used = track.used_string_bytes + track.tables.strings.used_bytes();
            self.within(used, "string bytes in a track", MAX_TRACK_STRING_BYTES)?;
        }
        match self.len + pending > MAX_SEGMENT_BYTES {
            true => self.within(self.estimate(track), "bytes in a segment", MAX_SEGMENT_BYTES),
            false => Ok(()),
        }
    }

    /// What the segment takes at most with all that is pending and the body, which is
    /// of that track.
    /// Only asked when the segment is nearly full.
    fn estimate(&self, track: Track) -> usize {
        let pending = self.tracks.iter().map(|track| track.stream.most(&track.pending.bytes));
        let body = self.tracks.get(track as usize).map_or(0, |t| t.stream.most(&self.body.bytes));
        let overhead = MAX_CHUNK_OVERHEAD + MAX_FOOTER_BYTES + RESERVE_BYTES;
        let touches = self.touches.len() * 2 * TOUCH_BYTES;
        self.len + pending.sum::<usize>() + body + touches + overhead
    }

    /// The chunk of all records since the last cut; empty where there is none.
    #[must_use]
    pub fn cut(&mut self) -> &[u8] {
        self.settle_touches();
        self.out.bytes.clear();
        let pending = self.tracks.iter().map(|track| track.pending.bytes.len()).sum();
        if pending > 0 {
            self.totals.add(pending);
            self.write_chunk();
        }
        &self.out.bytes
    }

    fn write_chunk(&mut self) {
        let totals = self.totals;
        let mut stored = self.len;
        for track in &mut self.tracks {
            track.deflate();
            stored += track.payload.len();
        }
        for track in &mut self.tracks {
            if !totals.is_plausible(stored) {
                track.store();
            }
        }
        chunk::write(&mut self.out, Track::ALL.into_iter().zip(&self.tracks).filter_map(piece));
        self.crc.update(&self.out.bytes);
        self.len += self.out.bytes.len();
        self.footer.chunks += 1;
        self.tracks.iter_mut().for_each(|track| track.pending.bytes.clear());
    }

    /// The last chunk and the footer.
    #[must_use]
    pub fn seal(mut self) -> Vec<u8> {
        let mut bytes = self.cut().to_vec();
        bytes.extend_from_slice(&self.footer.write(self.start_ms, self.crc));
        bytes
    }

    /// Bytes given out so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no record was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.footer.records == 0
    }

    /// Bytes of the records since the last cut, before compression.
    #[must_use]
    pub fn pending_len(&self) -> usize {
        let records = self.tracks.iter().map(|track| track.pending.bytes.len());
        records.sum::<usize>() + self.touches.len() * TOUCH_BYTES
    }

    fn count(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.len += bytes.len();
    }
}
