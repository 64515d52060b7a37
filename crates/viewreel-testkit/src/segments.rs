//! Small sealed segments, for whoever stores, sends or serves them.

use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::diff::{DiffWindow, Placement};
use viewreel_model::record::{Body, Record, ReplayMeta, State, Touch};
use viewreel_model::viewport::{SceneId, Viewport};
use viewreel_model::{Diff, MaskLevel, NodeId, Run, SegmentId, Size, Snapshot, StateId};

/// Wall clock at the start of the run of every [`header`], milliseconds since
/// 1970 UTC.
pub const ANCHOR_MS: i64 = 1_764_000_000_000;

/// Record time from the start of one [`segment`] to the next of its run, in
/// milliseconds. The last record comes 100 ms before.
pub const SPACING_MS: u64 = 1_000;

/// The header of place `seq` of `run` in the replay `device/session`. The id
/// follows from run and seq.
///
/// # Panics
/// Where `session` is no valid id.
#[must_use]
pub fn header(session: &str, run: u64, seq: u32) -> SegmentHeader {
    let start_ms = u64::from(seq) * SPACING_MS;
    SegmentHeader {
        segment_id: SegmentId(u128::from(run) << 64 | u128::from(seq)),
        run: Run(run),
        seq,
        start_ms,
        wall_ms: ANCHOR_MS.saturating_add_unsigned(start_ms),
        utc_offset_min: 60,
        replay: ReplayId::new("device", session).expect("the session id is valid"),
    }
}

/// What a segment begins with: a state and a keyframe without nodes, both at
/// `start_ms` of the run.
#[must_use]
pub fn opening(start_ms: u64) -> Vec<Record> {
    let keyframe = Body::Keyframe { state: StateId(0), tree: Snapshot::default() };
    let bodies = [Body::State(state()), keyframe];
    bodies.map(|body| Record { time_ms: start_ms, body }).into()
}

/// What every [`opening`] tells of app, device and screen.
#[must_use]
pub fn state() -> State {
    State {
        mask_level: MaskLevel::Medium,
        viewports: vec![Viewport { size: Size::new(393.0, 852.0), ..Viewport::default() }],
        meta: ReplayMeta {
            user_id: "user-1".into(),
            app_name: "Shop".into(),
            app_version: "1.0".into(),
            os_name: "iOS".into(),
            os_version: "18.0".into(),
            device_model: "iPhone16,1".into(),
            locale: "en-GB".into(),
            sdk: "viewreel 0.0.0".into(),
        },
        ..State::default()
    }
}

/// A change from `base` that shows a window with node 1 alone. It applies where
/// node 1 is unknown or a root.
#[must_use]
pub fn show_window(base: StateId) -> Diff {
    let root = NodeId(1);
    Diff {
        base,
        placements: vec![Placement { node: root, parent: None, after: None }],
        windows: Some(vec![DiffWindow { root, scene: SceneId(0), level: 0.0 }]),
        ..Diff::default()
    }
}

/// A sealed segment of these records, two in a chunk.
///
/// # Panics
/// Where the records exceed the limits of a segment.
#[must_use]
pub fn seal(header: &SegmentHeader, records: &[Record]) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(header);
    for pair in records.chunks(2) {
        for record in pair {
            writer.push(record.time_ms, &record.body).expect("the records fit into a segment");
        }
        bytes.extend(writer.cut());
    }
    bytes.extend(writer.seal());
    bytes
}

/// A valid segment of that header: opening, window, one touch.
#[must_use]
pub fn segment_of(header: &SegmentHeader) -> Vec<u8> {
    let mut records = opening(header.start_ms);
    let at = |after_ms| header.start_ms + after_ms;
    records.push(Record { time_ms: at(10), body: Body::Diff(show_window(StateId(0))) });
    let touch = Body::Touch(Touch::default());
    records.push(Record { time_ms: at(SPACING_MS - 100), body: touch });
    seal(header, &records)
}

/// A valid segment at place `seq` of `run` in the replay `device/session`.
///
/// # Panics
/// Where `session` is no valid id.
#[must_use]
pub fn segment(session: &str, run: u64, seq: u32) -> Vec<u8> {
    segment_of(&header(session, run, seq))
}
