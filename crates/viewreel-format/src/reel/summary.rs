//! What a manifest tells of the inside of a segment.

use crate::bytes::Reader;
use crate::error::FormatError;
use crate::record::framing;
use crate::record::visual::kind;
use crate::segment::reader::SealedSegment;
use crate::segment::track::{Decoder, Track, inflate};
use viewreel_model::record::{Body, Lifecycle, LogLevel, State};

/// Records that every segment begins with, state and keyframe; they are no
/// activity.
const OPENING_RECORDS: usize = 2;

/// What a manifest tells of the inside of a segment. Times are record times, in
/// milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) has_error: bool,
    pub(crate) lifecycle: Lifecycle,
    /// The screen at the start and every change.
    pub(crate) screens: Vec<(u64, String)>,
    /// Of all entries but the opening ones and image records.
    pub(crate) times: Vec<u64>,
}

impl Summary {
    /// Reads as much of a segment as can be read. Trees are not decoded.
    pub(crate) fn of(segment: &SealedSegment<'_>) -> Self {
        let mut summary = Self::default();
        // What cannot be read says nothing; whoever plays it will be told.
        let _ = summary.add_visual(segment);
        for record in segment.track(Track::Story).map_while(Result::ok) {
            summary.times.push(record.time_ms);
            summary.add_story(record.time_ms, record.body);
        }
        let touches = segment.track(Track::Touches).map_while(Result::ok);
        summary.times.extend(touches.map(|touch| touch.time_ms));
        summary
    }

    fn add_visual(&mut self, segment: &SealedSegment<'_>) -> Result<(), FormatError> {
        let records = inflate(&segment.pieces, Track::Visual)?;
        let start_ms = segment.header().start_ms;
        if let Some(state) = first_state(&records, start_ms)? {
            self.lifecycle = state.lifecycle;
            self.screens.push((start_ms, state.screen));
        }
        let mut from = Reader::of_track(&records, 0, Track::Visual as u8);
        let mut time_ms = start_ms;
        for number in 0.. {
            if from.is_at_end() {
                break;
            }
            let record = framing::read(&mut from, time_ms)?;
            time_ms = record.time_ms;
            // A binding shows nothing by itself, and segments restate them.
            if number >= OPENING_RECORDS && record.kind != kind::IMAGE {
                self.times.push(time_ms);
            }
        }
        Ok(())
    }

    fn add_story(&mut self, time_ms: u64, body: Body) {
        match body {
            Body::Lifecycle(lifecycle) => self.lifecycle = lifecycle,
            Body::Screen(name) => self.screens.push((time_ms, name)),
            Body::Log { level: LogLevel::Error, .. } => self.has_error = true,
            _ => {}
        }
    }
}

/// The state that the records begin with.
fn first_state(records: &[u8], start_ms: u64) -> Result<Option<State>, FormatError> {
    let mut from = Reader::of_track(records, 0, Track::Visual as u8);
    let mut state = None;
    let take = |record: viewreel_model::Record| {
        if let Body::State(value) = record.body {
            state = Some(value);
        }
    };
    if !from.is_at_end() {
        Decoder::starting(start_ms).read(Track::Visual, &mut from, take)?;
    }
    Ok(state)
}
