//! A phone with a recorder and a spool in a temporary directory.
#![allow(dead_code, reason = "every test binary uses a part of it")]

pub(crate) mod album;
pub(crate) mod letters;

use letters::Letters;
use std::path::Path;
use tempfile::TempDir;
use viewreel_capture::{CaptureBuffer, Input, InputSink, Platform, Text, View};
use viewreel_format::{Outcome, ReplayId, SealedSegment, SegmentHeader};
use viewreel_model::node::{Geometry, TextRole};
use viewreel_model::record::ReplayMeta;
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskLevel, Record, Rect};
use viewreel_recorder::{
    Answer, Conditions, Config, PictureKey, Recorder, Task, UploadResult, UploadTask,
};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};
use viewreel_tree::Playhead;

/// The wall clock at the start of every run.
pub(crate) const START_WALL_MS: i64 = 1_764_000_000_000;

pub(crate) struct Phone {
    pub(crate) recorder: Recorder,
    pub(crate) dir: TempDir,
    last_ms: u64,
    /// From the start of the first run to that of this one.
    start_ms: u64,
}

/// The instant `ms` after the start of the first run.
pub(crate) fn now(ms: u64) -> Now {
    Now { mono_ms: 77, wall_ms: START_WALL_MS }.plus_ms(ms)
}

/// A recorder of the replay `session`, at level light.
pub(crate) fn start(dir: &Path, seed: u64, session: &str, now: Now) -> Recorder {
    start_with(config(session, MaskLevel::Light), dir, seed, now)
}

fn config(session: &str, mask_level: MaskLevel) -> Config {
    Config {
        replay: ReplayId::new("device", session).expect("both ids are valid"),
        mask_level,
        meta: ReplayMeta::default(),
        utc_offset_min: 0,
        picture_key: PictureKey::default(),
    }
}

fn start_with(config: Config, dir: &Path, seed: u64, now: Now) -> Recorder {
    start_on(Box::new(Letters), config, dir, seed, now)
}

fn start_on(
    platform: Box<dyn Platform>,
    config: Config,
    dir: &Path,
    seed: u64,
    now: Now,
) -> Recorder {
    let (spool, _) = Spool::open(dir, Limits::default(), now.wall_ms);
    Recorder::start(config, spool, platform, Box::new(SeededRng::new(seed)), now)
}

/// A text of that role.
pub(crate) fn said(role: TextRole, text: &str) -> Text<'_> {
    Text { role, size: 17.0, text, ..Text::default() }
}

impl Phone {
    pub(crate) fn new() -> Self {
        Self::at(MaskLevel::Light)
    }

    pub(crate) fn at(level: MaskLevel) -> Self {
        Self::with(level, Box::new(Letters))
    }

    /// A phone with that platform.
    pub(crate) fn with(level: MaskLevel, platform: Box<dyn Platform>) -> Self {
        let dir = TempDir::new().expect("the disk works");
        let recorder = start_on(platform, config("session", level), dir.path(), 1, now(0));
        Self { recorder, dir, last_ms: 0, start_ms: 0 }
    }

    /// The instant `ms` after the start of the run.
    pub(crate) fn now(&self, ms: u64) -> Now {
        now(self.start_ms + ms)
    }

    pub(crate) fn input(&mut self, ms: u64, input: Input<'_>) {
        self.last_ms = self.last_ms.max(ms);
        self.recorder.input(self.now(ms), input);
    }

    pub(crate) fn flush(&mut self) {
        self.recorder.flush(self.now(self.last_ms));
    }

    /// The process is gone without a word, and the app is started again.
    pub(crate) fn killed_and_started_again(self) -> Self {
        self.killed_and_started_again_after(0)
    }

    /// The same, so long after the start of the first run.
    pub(crate) fn killed_and_started_again_after(self, start_ms: u64) -> Self {
        self.killed_and_started_again_as("session", start_ms)
    }

    /// The same, in another session.
    pub(crate) fn killed_and_started_again_as(self, session: &str, start_ms: u64) -> Self {
        let Self { recorder, dir, .. } = self;
        drop(recorder);
        Self { recorder: start(dir.path(), 2, session, now(start_ms)), dir, last_ms: 0, start_ms }
    }
}

/// A window with one label.
pub(crate) fn labelled(text: &str) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    let frame = Rect::new(0.0, 0.0, 390.0, 844.0);
    buffer.open(&View {
        id: CaptureId(1),
        kind: Kind::View,
        geometry: Geometry::from_frame(frame),
        ..View::default()
    });
    buffer.leaf(&View {
        id: CaptureId(2),
        kind: Kind::Text,
        geometry: Geometry::from_frame(Rect::new(20.0, 60.0, 200.0, 20.0)),
        text: Some(said(TextRole::Static, text)),
        ..View::default()
    });
    buffer.close();
    buffer
}

pub(crate) fn capture(phone: &mut Phone, ms: u64, text: &str) {
    phone.input(ms, Input::Capture(&labelled(text)));
}

/// Every spooled segment with its records.
pub(crate) fn segments(phone: &Phone) -> Vec<(SegmentHeader, Vec<Record>)> {
    let open = |entry: &viewreel_spool::Entry| {
        let bytes = std::fs::read(&entry.path).expect("the file is there");
        let segment = SealedSegment::parse(&bytes).expect("the file is a segment");
        let records = segment.records().map(|record| record.expect("the record decodes"));
        (segment.header().clone(), records.collect())
    };
    phone.recorder.spooled().iter().map(open).collect()
}

/// What is on the screen after the records up to a time of the run.
pub(crate) fn played(records: Vec<Record>, ms: u64) -> Playhead {
    let mut playhead = Playhead::default();
    for record in records.into_iter().take_while(|record| record.time_ms <= ms) {
        playhead.play::<std::convert::Infallible>(record).expect("the records play");
    }
    playhead
}

/// The label's text at a time of the run, as a player would show it.
pub(crate) fn replayed(phone: &Phone, ms: u64) -> String {
    let segments = segments(phone);
    let part =
        segments.iter().rev().find(|(header, _)| header.start_ms <= ms).expect("the run began");
    let playhead = played(part.1.clone(), ms);
    let tree = playhead.tree().expect("there is a keyframe").snapshot();
    let columns = tree.columns();
    columns.lines.first().map(|line| columns.strings.get(line.text)).unwrap_or_default().to_owned()
}

/// What the platform should do next, where nothing is in its way.
pub(crate) fn next_task(phone: &mut Phone, ms: u64) -> Task {
    let now = phone.now(ms);
    phone.recorder.next_task(now, Conditions::default())
}

/// The server has stored all segments of the task.
pub(crate) fn acknowledge(phone: &mut Phone, ms: u64, task: &UploadTask) {
    let answer = |&segment_id| Answer { segment_id, outcome: Outcome::Stored, until_ms: None };
    let result = UploadResult::Answered(task.segments.iter().map(answer).collect());
    let now = phone.now(ms);
    phone.recorder.report(now, &task.id, &result);
}
