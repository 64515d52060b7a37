//! What a valid segment is.

use crate::limits::{MAX_BODY_INFLATED_BYTES, MAX_BODY_SEGMENTS, MAX_PLAY_WORK_NODES};
use bytes::Bytes;
use std::collections::BTreeSet;
use viewreel_format::{FormatError, SealedSegment, SegmentHeader, split, split_with_offsets};
use viewreel_model::record::{Body, Record, ReplayMeta, State};
use viewreel_model::{BoundPicture, ImageBinding, ImageId, LendRecords, SegmentId};
use viewreel_store::{NewSegment, SegmentFacts, Span};
use viewreel_tree::{Playhead, SeekError};

/// Why a segment is not taken. Never holds content of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its bytes are not a segment.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// A time that no clock shows.
    #[error("a time of the header or footer is out of range")]
    TimeOutOfRange,
    /// The first record has to be a state, at the segment's start.
    #[error("the first record is not a state at the segment's start")]
    NoState,
    /// The second record has to be a keyframe, at the segment's start.
    #[error("the second record is not a keyframe at the segment's start")]
    NoKeyframe,
    /// The footer says that the segment ends earlier.
    #[error("a record is later than the end that the footer tells")]
    EndsEarly,
    /// A record can not be played.
    #[error(transparent)]
    Play(#[from] SeekError<FormatError>),
    /// Playing it costs more than a phone can have recorded.
    #[error("playing it takes more work than the limit")]
    TooMuchWork,
}

/// One piece of a body.
#[derive(Clone, Debug)]
pub enum Inspected {
    /// It is a segment, and all of it can be played.
    Valid(Box<NewSegment>),
    /// It is not.
    Invalid {
        /// Which, where at least the header holds.
        segment_id: Option<SegmentId>,
        /// What is wrong.
        refusal: Refusal,
    },
}

/// Whether a body keeps to what one request may hold, known without inflating it.
#[must_use]
pub(crate) fn is_bearable(body: &[u8]) -> bool {
    let mut inflated_bytes = 0;
    split(body).enumerate().all(|(at, segment)| {
        inflated_bytes += segment.map_or(0, |segment| segment.inflated_len());
        at < MAX_BODY_SEGMENTS && inflated_bytes <= MAX_BODY_INFLATED_BYTES
    })
}

/// Takes a body apart and plays every segment of it. Work and memory are
/// bounded by the limits; O(bytes of the body) but for trees that change.
#[must_use]
pub fn inspect(body: &Bytes) -> Vec<Inspected> {
    inspect_within(body, MAX_PLAY_WORK_NODES)
}

/// As [`inspect`], with another bound on the work to play one segment, in nodes
/// visited.
#[must_use]
pub fn inspect_within(body: &Bytes, max_work_nodes: usize) -> Vec<Inspected> {
    let pieces = split_with_offsets(body);
    pieces.map(|(start, piece)| inspect_piece(body, start, piece, max_work_nodes)).collect()
}

fn inspect_piece(
    body: &Bytes,
    start: usize,
    piece: Result<SealedSegment<'_>, FormatError>,
    max_work_nodes: usize,
) -> Inspected {
    let taken = piece.map_err(Refusal::from).and_then(|segment| {
        let bytes = body.slice(start..start + segment.bytes().len());
        take(&segment, bytes, max_work_nodes)
    });
    match taken {
        Ok(segment) => Inspected::Valid(Box::new(segment)),
        Err(refusal) => Inspected::Invalid { segment_id: id_at(body, start), refusal },
    }
}

fn id_at(body: &Bytes, start: usize) -> Option<SegmentId> {
    let header = SegmentHeader::parse_first(body.get(start..)?).ok()?;
    Some(header.segment_id)
}

fn take(
    segment: &SealedSegment<'_>,
    bytes: Bytes,
    max_work_nodes: usize,
) -> Result<NewSegment, Refusal> {
    let (header, end_ms) = (segment.header(), segment.footer().end_ms);
    let span = Span::new(header.start_ms, end_ms, header.wall_ms);
    let span = span.ok_or(Refusal::TimeOutOfRange)?;
    let Told { facts, images } = play(segment, max_work_nodes)?;
    Ok(NewSegment {
        span,
        facts,
        images,
        replay: header.replay.clone(),
        id: header.segment_id,
        run: header.run,
        seq: header.seq,
        bytes,
    })
}

/// What the records of a segment tell of its replay.
struct Told {
    facts: SegmentFacts,
    images: BTreeSet<ImageId>,
}

/// Plays the whole segment.
fn play(segment: &SealedSegment<'_>, max_work_nodes: usize) -> Result<Told, Refusal> {
    let (start_ms, end_ms) = (segment.header().start_ms, segment.footer().end_ms);
    let mut records = segment.records();
    let mut playhead = Playhead::default();
    let state = first(&mut records, start_ms, Refusal::NoState, is_state)?;
    playhead.play(state)?;
    let facts = facts(playhead.state());
    let keyframe = first(&mut records, start_ms, Refusal::NoKeyframe, is_keyframe)?;
    playhead.play(keyframe)?;
    let mut images = BTreeSet::new();
    while let Some(record) = records.lend() {
        let record = record?;
        if record.time_ms > end_ms {
            return Err(Refusal::EndsEarly);
        }
        images.extend(image_of(&record.body));
        playhead.play(record)?;
        if playhead.work() > max_work_nodes {
            return Err(Refusal::TooMuchWork);
        }
    }
    Ok(Told { facts, images })
}

const fn image_of(body: &Body) -> Option<ImageId> {
    match body {
        Body::Image(ImageBinding { picture: BoundPicture::Known { id, .. }, .. }) => Some(*id),
        _ => None,
    }
}

/// The next record, which has to be of that kind and at the segment's start.
fn first(
    records: &mut impl Iterator<Item = Result<Record, FormatError>>,
    start_ms: u64,
    refusal: Refusal,
    is_wanted: fn(&Body) -> bool,
) -> Result<Record, Refusal> {
    let record = records.next().ok_or(refusal)??;
    let is_first = record.time_ms == start_ms && is_wanted(&record.body);
    is_first.then_some(record).ok_or(refusal)
}

const fn is_state(body: &Body) -> bool {
    matches!(body, Body::State(_))
}

const fn is_keyframe(body: &Body) -> bool {
    matches!(body, Body::Keyframe { .. })
}

fn facts(state: &State) -> SegmentFacts {
    SegmentFacts {
        mask_level: state.mask_level,
        viewport: state.viewports.first().map(|viewport| viewport.size).unwrap_or_default(),
        meta: without_nul(&state.meta),
    }
}

/// Not every index can hold the character NUL in a text.
fn without_nul(meta: &ReplayMeta) -> ReplayMeta {
    let clean = |text: &str| text.replace('\0', "");
    ReplayMeta {
        user_id: clean(&meta.user_id),
        app_name: clean(&meta.app_name),
        app_version: clean(&meta.app_version),
        os_name: clean(&meta.os_name),
        os_version: clean(&meta.os_version),
        device_model: clean(&meta.device_model),
        locale: clean(&meta.locale),
        sdk: clean(&meta.sdk),
    }
}
