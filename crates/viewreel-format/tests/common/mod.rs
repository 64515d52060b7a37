//! Random records and how to compare them.
#![allow(dead_code, reason = "every test binary uses a part of it")]

pub(crate) mod raw;
pub(crate) mod wrong;

use proptest::prelude::*;
use viewreel_format::{ReplayId, SealedSegment, SegmentHeader, SegmentWriter, Track};
use viewreel_model::columns::{Columns, NO_PARENT};
use viewreel_model::diff::{Diff, DiffWindow, Placement, Shift, Update};
use viewreel_model::field::{changed, patch};
use viewreel_model::geometry::snap;
use viewreel_model::node::ImageHandle;
use viewreel_model::record::{
    Body, GapReason, Health, Keyboard, Lifecycle, LogLevel, ReplayMeta, State, Touch, TouchPhase,
};
use viewreel_model::viewport::{Direction, InterfaceStyle, Orientation, SceneId, Viewport};
use viewreel_model::{
    BoundPicture, ImageBinding, ImageId, Insets, LeftOut, MaskLevel, NodeId, Point, Record, Rect,
    Row, Run, SegmentId, Size, Snapshot, StateId,
};
use viewreel_testkit::rows::length;
use viewreel_testkit::snapshots::snapshot;

/// A header with every field set.
pub(crate) fn header() -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(0x0123_4567_89ab_cdef_0011_2233_4455_6677),
        run: Run(42),
        seq: 3,
        start_ms: 1_000,
        wall_ms: 1_764_000_000_000,
        utc_offset_min: -90,
        replay: ReplayId::new("device-1", "1764000000000").expect("both ids are valid"),
    }
}

/// A sealed segment of these records, `per_chunk` records a chunk.
pub(crate) fn seal(records: &[Record], per_chunk: usize) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    for (at, record) in records.iter().enumerate() {
        writer.push(record.time_ms, &record.body).expect("random records are small");
        if (at + 1) % per_chunk == 0 {
            bytes.extend(writer.cut());
        }
    }
    bytes.extend(writer.seal());
    bytes
}

/// The records of a segment.
pub(crate) fn open(bytes: &[u8]) -> Vec<Record> {
    let segment = SealedSegment::parse(bytes).expect("the segment was sealed");
    segment.records().map(|record| record.expect("the record was written")).collect()
}

/// A diff that sets every node of a tree; the format does not ask what it
/// applies to. Every other node is placed.
pub(crate) fn diff_of(tree: &Snapshot) -> Diff {
    let mut diff = Diff { keeps_current: tree.len() % 2 == 1, ..Diff::default() };
    let windows =
        tree.windows().map(|(root, w)| DiffWindow { root, scene: w.scene, level: w.level });
    diff.windows = Some(windows.collect());
    for at in (0..tree.len()).step_by(2) {
        let parent = tree.columns().parent(at).and_then(|parent| tree.id(parent));
        let after = at.checked_sub(2).and_then(|after| tree.id(after));
        diff.placements.push(Placement { node: tree.ids()[at], parent, after });
    }
    for at in (0..tree.len()).step_by(2).chain((1..tree.len()).step_by(2)) {
        push_update(&mut diff, tree, at);
    }
    diff.removals = vec![NodeId(77), NodeId(5)];
    if let Some(&first) = tree.ids().last() {
        diff.shifts = vec![Shift { first, count: 3, by: Point::new(0.0, -44.5) }; 2];
    }
    diff
}

/// Adds an update of node `at`, unless it is placed and has no field.
fn push_update(diff: &mut Diff, tree: &Snapshot, at: usize) {
    let row = tree.columns().row(at).expect("the node is there");
    let fields = changed(&Columns::default(), &Row::default(), tree.columns(), &row);
    if at.is_multiple_of(2) && fields.is_empty() {
        return;
    }
    let mut row = Row::default();
    patch(&mut row, &mut diff.rows, tree.columns(), at, fields);
    let row = diff.rows.push(NO_PARENT, &row);
    diff.updates.push(Update { node: tree.ids()[at], fields, row });
}

fn same_diff(a: &Diff, b: &Diff) -> bool {
    let same_update = |(x, y): (&Update, &Update)| {
        let (row_a, row_b) = (a.rows.row(x.row as usize), b.rows.row(y.row as usize));
        let (row_a, row_b) = (row_a.unwrap_or_default(), row_b.unwrap_or_default());
        x.node == y.node
            && x.fields == y.fields
            && changed(&a.rows, &row_a, &b.rows, &row_b).is_empty()
    };
    a.base == b.base
        && a.windows == b.windows
        && a.placements == b.placements
        && a.removals == b.removals
        && a.shifts == b.shifts
        && a.keeps_current == b.keeps_current
        && a.updates.len() == b.updates.len()
        && a.updates.iter().zip(&b.updates).all(same_update)
}

/// Whether two records say the same.
pub(crate) fn same(a: &Record, b: &Record) -> bool {
    let same_body = match (&a.body, &b.body) {
        (Body::Keyframe { state: s, tree: a }, Body::Keyframe { state: t, tree: b }) => {
            s == t && a == b
        }
        (Body::Diff(a), Body::Diff(b)) => same_diff(a, b),
        (a, b) => format!("{a:?}") == format!("{b:?}"),
    };
    a.time_ms == b.time_ms && same_body
}

fn point() -> impl Strategy<Value = Point> {
    (length(), length()).prop_map(|(x, y)| Point::new(x, y))
}

fn rect() -> impl Strategy<Value = Rect> {
    (point(), length(), length()).prop_map(|(origin, w, h)| Rect { origin, size: Size::new(w, h) })
}

fn touch() -> impl Strategy<Value = Touch> {
    (any::<u32>(), 0_u8..4, point(), any::<bool>()).prop_map(|(pointer, phase, at, is_masked)| {
        Touch { pointer, phase: TouchPhase::from_code(phase).unwrap_or_default(), at, is_masked }
    })
}

fn keyboard() -> impl Strategy<Value = Keyboard> {
    (any::<bool>(), rect()).prop_map(|(is_visible, frame)| Keyboard { is_visible, frame })
}

fn viewport() -> impl Strategy<Value = Viewport> {
    let flags = (0_u8..4, any::<bool>(), any::<bool>(), "[a-z]{0,6}");
    (any::<u32>(), rect(), flags).prop_map(|(scene, rect, flags)| Viewport {
        scene: SceneId(scene),
        size: rect.size,
        scale: 3.0,
        safe_area: Insets { top: snap(59.0), bottom: snap(rect.origin.y), ..Insets::default() },
        orientation: Orientation::from_code(flags.0).unwrap_or_default(),
        style: if flags.1 { InterfaceStyle::Dark } else { InterfaceStyle::Light },
        text_size: flags.3,
        direction: if flags.2 { Direction::RightToLeft } else { Direction::LeftToRight },
    })
}

fn state() -> impl Strategy<Value = Body> {
    let lists = (prop::collection::vec(viewport(), 0..3), prop::collection::vec(touch(), 0..3));
    (0_u8..3, 0_u8..4, keyboard(), lists, "[a-z]{0,5}").prop_map(
        |(level, lifecycle, keyboard, lists, name)| {
            Body::State(State {
                mask_level: MaskLevel::from_code(level).unwrap_or_default(),
                viewports: lists.0,
                screen: name.clone(),
                lifecycle: Lifecycle::from_code(lifecycle).unwrap_or_default(),
                keyboard,
                open_touches: lists.1,
                meta: ReplayMeta {
                    user_id: name,
                    app_name: "Shop".into(),
                    ..ReplayMeta::default()
                },
            })
        },
    )
}

fn binding() -> impl Strategy<Value = ImageBinding> {
    let known =
        |(id, width_px, height_px)| BoundPicture::Known { id: ImageId(id), width_px, height_px };
    let left_out = |code| LeftOut::from_code(code).unwrap_or(LeftOut::Unreadable);
    let picture = prop_oneof![
        any::<(u64, u16, u16)>().prop_map(known),
        (1_u8..4).prop_map(move |code| BoundPicture::LeftOut(left_out(code))),
    ];
    (1_u32.., picture).prop_map(|(handle, picture)| {
        let handle = ImageHandle(handle);
        ImageBinding { handle, picture }
    })
}

fn body() -> impl Strategy<Value = Body> {
    let tree = || snapshot(8);
    prop_oneof![
        state(),
        (any::<u32>(), tree()).prop_map(|(s, tree)| Body::Keyframe { state: StateId(s), tree }),
        tree().prop_map(|tree| Body::Diff(diff_of(&tree))),
        touch().prop_map(Body::Touch),
        viewport().prop_map(Body::Viewport),
        (0_u8..4).prop_map(|code| Body::Lifecycle(Lifecycle::from_code(code).unwrap_or_default())),
        "[a-z]{0,9}".prop_map(Body::Screen),
        keyboard().prop_map(Body::Keyboard),
        binding().prop_map(Body::Image),
        "[A-Z é]{0,9}".prop_map(Body::Event),
        (0_u8..3, ".{0,20}").prop_map(|(level, message)| Body::Log {
            level: LogLevel::from_code(level).unwrap_or_default(),
            message,
        }),
        any::<[u32; 4]>().prop_map(|[captured, cut, masked, busy_ms]| {
            Body::Health(Health { captured, cut, masked, busy_ms })
        }),
        (0_u8..5, any::<u64>()).prop_map(|(reason, duration_ms)| Body::Gap {
            reason: GapReason::from_code(reason).unwrap_or_default(),
            duration_ms,
        }),
    ]
}

/// Records in the order in which they are read, the first at the segment's start
/// or later; a keyframe comes before the first diff, and states count on.
pub(crate) fn records(max: usize) -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec((0_u64..5_000, body(), 0_u32..3), 1..=max).prop_map(|entries| {
        let mut time_ms = header().start_ms;
        let mut current = None;
        let mut records = Vec::new();
        for (since_ms, body, back) in entries {
            time_ms += since_ms;
            let bodies = number(body, &mut current, back);
            records.extend(bodies.into_iter().map(|body| Record { time_ms, body }));
        }
        records.sort_by_key(|record| (record.time_ms, Track::of(&record.body) as u8));
        records
    })
}

/// Gives a tree its state number.
fn number(body: Body, current: &mut Option<StateId>, back: u32) -> Vec<Body> {
    match body {
        Body::Keyframe { state, tree } => {
            let state = current.map_or(state, StateId::next);
            *current = Some(state);
            vec![Body::Keyframe { state, tree }]
        }
        Body::Diff(diff) => {
            let opening =
                Body::Keyframe { state: StateId(u32::MAX - 1), tree: Snapshot::default() };
            let opening = current.is_none().then_some(opening);
            let state = current.unwrap_or(StateId(u32::MAX - 1));
            *current = Some(state.next());
            let diff = Diff { base: StateId(state.0.wrapping_sub(back)), ..diff };
            opening.into_iter().chain([Body::Diff(diff)]).collect()
        }
        body => vec![body],
    }
}
