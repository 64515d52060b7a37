//! Long segments, cut into ones that a player can seek in at once.
//!
//! A segment *conforms* where seeking in it is quick: at most
//! [`MAX_LENGTH_MS`] long, of at most [`MAX_BYTES`], with at most
//! [`MAX_ENTRIES`] and [`MAX_INFLATED_BYTES`]. Recorders seal such ones; what
//! does not conform comes from importers, old recorders and clocks that slept.
//!
//! The pieces tell the same story: all entries in their order, and the same tree
//! and pictures at every time. Each begins with a state and a keyframe of its own
//! and restates the bindings of pictures before it. A diff that
//! starts from a state that was kept before its piece began is told anew, from the
//! state before it.

use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::VecDeque;
use viewreel_format::{FormatError, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_model::limits::MAX_KEPT_STATES;
use viewreel_model::record::{Body, Record};
use viewreel_model::{Diff, ImageBindings, SegmentId, StateId};
use viewreel_tree::{Differ, Playhead, SeekError, Tree};

/// Longest conforming segment, from its start to its last entry, in milliseconds.
pub const MAX_LENGTH_MS: u64 = 60_000;

/// Largest conforming segment, in bytes.
pub const MAX_BYTES: usize = 128 << 10;

/// Most entries of a conforming segment, as its footer counts them: a minute of
/// two fingers at 120 samples a second.
pub const MAX_ENTRIES: u32 = 16_384;

/// Most bytes of the records of a conforming segment, inflated.
pub const MAX_INFLATED_BYTES: usize = 2 << 20;

/// Bytes at which a piece is full: with its last chunk it still conforms.
const FULL_BYTES: usize = MAX_BYTES / 2;

/// Inflated bytes at which a piece is full.
const FULL_INFLATED_BYTES: usize = MAX_INFLATED_BYTES / 2;

/// Bytes of records of a chunk, so that a piece knows how large it is.
const CHUNK_BYTES: usize = 8 << 10;

/// What keeps the ids of pieces apart from all other ids.
const ID_DOMAIN: &[u8] = b"viewreel piece of segment v1";

/// Why a segment cannot be cut: it cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum RecutError {
    /// A record cannot be read, or a diff does not apply.
    #[error(transparent)]
    Play(#[from] SeekError<FormatError>),
    /// There is no tree where a piece has to begin.
    #[error("there is no keyframe before {0} ms")]
    NoTree(u64),
    /// A record is too large for a segment that holds little else.
    #[error("a record does not fit into a piece: {0}")]
    TooLarge(FormatError),
}

/// Whether seeking in a segment is quick.
#[must_use]
pub fn conforms(segment: &SealedSegment<'_>) -> bool {
    let footer = segment.footer();
    footer.end_ms.saturating_sub(segment.header().start_ms) <= MAX_LENGTH_MS
        && segment.bytes().len() <= MAX_BYTES
        && footer.records <= MAX_ENTRIES
        && segment.inflated_len() <= MAX_INFLATED_BYTES
}

/// The segment as it is where it conforms; else the conforming segments that tell
/// the same. Equal segments give equal pieces. A piece exceeds a limit only where
/// one instant alone does.
///
/// # Errors
/// Where it does not conform and cannot be played.
pub fn recut<'a>(segment: &SealedSegment<'a>) -> Result<Vec<Cow<'a, [u8]>>, RecutError> {
    match conforms(segment) {
        true => Ok(vec![Cow::Borrowed(segment.bytes())]),
        false => Ok(cut(segment)?.into_iter().map(Cow::Owned).collect()),
    }
}

fn cut(segment: &SealedSegment<'_>) -> Result<Vec<Vec<u8>>, RecutError> {
    let mut scissors = Scissors::new(segment.header());
    for record in segment.records() {
        scissors.add(record.map_err(SeekError::Read)?)?;
    }
    Ok(scissors.finish())
}

/// The id of piece `number` of a segment. O(1).
fn piece_id(whole: SegmentId, number: u32) -> SegmentId {
    let mut hash = Sha256::new_with_prefix(ID_DOMAIN);
    hash.update(whole.0.to_be_bytes());
    hash.update(number.to_be_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    SegmentId(digest.into_iter().take(16).fold(0, |id, byte| id << 8 | u128::from(byte)))
}

/// Plays a segment and writes its pieces.
struct Scissors<'a> {
    whole: &'a SegmentHeader,
    done: Vec<Vec<u8>>,
    piece: Piece,
    playhead: Playhead,
    images: ImageBindings,
    differ: Differ,
}

impl<'a> Scissors<'a> {
    fn new(whole: &'a SegmentHeader) -> Self {
        let piece = Piece::begin(whole, whole.start_ms, 0);
        Self {
            whole,
            done: Vec::new(),
            piece,
            playhead: Playhead::default(),
            images: ImageBindings::default(),
            differ: Differ::default(),
        }
    }

    fn add(&mut self, record: Record) -> Result<(), RecutError> {
        if self.piece.is_full(record.time_ms) {
            self.begin_piece(record.time_ms)?;
        }
        if self.tell(&record)?.is_err() {
            self.begin_piece(record.time_ms)?;
            self.tell(&record)?.map_err(RecutError::TooLarge)?;
        }
        self.images.follow(&record.body);
        Ok(self.playhead.play(record)?)
    }

    /// Adds a record to the piece; the inner error says that it does not fit.
    fn tell(&mut self, record: &Record) -> Result<Result<(), FormatError>, RecutError> {
        let retold = self.retell(record)?;
        let body = retold.as_ref().unwrap_or(&record.body);
        let pushed = self.piece.push(record.time_ms, body);
        if pushed.is_ok() {
            self.piece.follow(body, self.playhead.tree().map(Tree::state));
        }
        Ok(pushed)
    }

    /// A diff whose base is not in this piece, told from the state before it.
    fn retell(&mut self, record: &Record) -> Result<Option<Body>, RecutError> {
        let (Body::Diff(diff), Some(tree)) = (&record.body, self.playhead.tree()) else {
            return Ok(None);
        };
        if diff.base == tree.state() || self.piece.kept.contains(&diff.base) {
            return Ok(None);
        }
        let time_ms = record.time_ms;
        let after = tree.clone().apply(diff);
        let after = after.map_err(|error| SeekError::Apply { time_ms, error })?;
        let mut retold = Diff::default();
        self.differ.diff(tree.state(), &tree.snapshot(), &after.snapshot(), &mut retold);
        retold.keeps_current = diff.keeps_current;
        Ok(Some(Body::Diff(retold)))
    }

    /// Seals the piece and begins another one, with all that was played so far.
    fn begin_piece(&mut self, time_ms: u64) -> Result<(), RecutError> {
        let tree = self.playhead.tree().ok_or(RecutError::NoTree(time_ms))?;
        let keyframe = Body::Keyframe { state: tree.state(), tree: tree.snapshot() };
        let number = self.done.len() as u32 + 1;
        let mut piece = Piece::begin(self.whole, time_ms, number);
        let opening = [Body::State(self.playhead.state().clone()), keyframe];
        for body in opening.into_iter().chain(self.images.iter().map(Body::Image)) {
            piece.push(time_ms, &body).map_err(RecutError::TooLarge)?;
        }
        self.done.push(std::mem::replace(&mut self.piece, piece).seal());
        Ok(())
    }

    fn finish(mut self) -> Vec<Vec<u8>> {
        self.done.push(self.piece.seal());
        self.done
    }
}

/// A piece while it is written.
struct Piece {
    writer: SegmentWriter,
    bytes: Vec<u8>,
    start_ms: u64,
    entries: u32,
    inflated: usize,
    /// States that diffs of this piece may start from beside the current one.
    kept: VecDeque<StateId>,
}

impl Piece {
    fn begin(whole: &SegmentHeader, start_ms: u64, number: u32) -> Self {
        let since_ms = start_ms.saturating_sub(whole.start_ms);
        let header = SegmentHeader {
            segment_id: piece_id(whole.segment_id, number),
            start_ms,
            wall_ms: whole.wall_ms.saturating_add_unsigned(since_ms),
            ..whole.clone()
        };
        let (writer, bytes) = SegmentWriter::begin(&header);
        Self { writer, bytes, start_ms, entries: 0, inflated: 0, kept: VecDeque::new() }
    }

    /// Whether an entry at that time belongs into another piece. Entries of one
    /// instant stay together as long as they fit.
    fn is_full(&self, time_ms: u64) -> bool {
        let since_ms = time_ms.saturating_sub(self.start_ms);
        let is_long = since_ms > MAX_LENGTH_MS || self.entries >= MAX_ENTRIES;
        let is_large = self.bytes.len() >= FULL_BYTES || self.inflated >= FULL_INFLATED_BYTES;
        since_ms > 0 && (is_long || is_large)
    }

    fn push(&mut self, time_ms: u64, body: &Body) -> Result<(), FormatError> {
        self.writer.push(time_ms, body)?;
        self.entries += 1;
        let pending = self.writer.pending_len();
        if pending >= CHUNK_BYTES {
            self.inflated += pending;
            self.bytes.extend(self.writer.cut());
        }
        Ok(())
    }

    /// Remembers which states a reader of the piece keeps. Those from before a
    /// later keyframe are not counted on.
    fn follow(&mut self, body: &Body, before: Option<StateId>) {
        match (body, before) {
            (Body::Keyframe { .. }, _) => self.kept.clear(),
            (Body::Diff(diff), Some(before)) if diff.keeps_current => {
                self.kept.push_back(before);
                if self.kept.len() > MAX_KEPT_STATES {
                    self.kept.pop_front();
                }
            }
            _ => {}
        }
    }

    fn seal(mut self) -> Vec<u8> {
        self.bytes.extend(self.writer.seal());
        self.bytes
    }
}
