//! Segments that are wrong in one way each, which chance does not find.

use super::header;
use super::raw::{STORY, VISUAL, chunk, chunk_of, close, deflated, header_bytes, record, seal, uv};
use viewreel_format::SegmentWriter;
use viewreel_model::columns::{NO_PARENT, Window};
use viewreel_model::diff::{Diff, DiffWindow, Placement, Shift, Update};
use viewreel_model::geometry::MAX_LENGTH_PT;
use viewreel_model::limits::{MAX_DEPTH, MAX_IMAGE_RECORDS, MAX_NODES, MAX_STRING_BYTES};
use viewreel_model::node::{Geometry, Semantics};
use viewreel_model::record::{Body, State};
use viewreel_model::viewport::SceneId;
use viewreel_model::{Field, FieldSet, NodeId, Point, Rect, Row, Snapshot, StateId};

/// Each with its name.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    [stored(), inside(), opening(), diffs(), images()].concat()
}

fn log() -> Vec<u8> {
    record(4, &[0, 1, b'x'])
}

/// What is wrong before a record is read.
fn stored() -> Vec<(&'static str, Vec<u8>)> {
    let good = seal(&[chunk_of(STORY, &log())]);
    let with = |at: usize, value: u8| {
        let mut bytes = good.clone();
        bytes[at] = value;
        bytes
    };
    let open = [header_bytes(), chunk_of(STORY, &log())].concat();
    let claims = |len: usize| seal(&[chunk(STORY, len, &deflated(&log()))]);
    vec![
        ("another-version", with(4, 2)),
        ("header-too-long", with(7, 2)),
        ("header-too-short", with(6, 61)),
        ("header-longer-than-the-file", header_bytes()[..60].to_vec()),
        ("chunks-miscounted", close(&open, 2)),
        ("inflates-too-much-for-its-size", claims(1 << 20)),
        ("inflates-too-much", seal(&[chunk(STORY, (8 << 20) + 1, &vec![0; 40_000])])),
        ("inflates-to-nothing", seal(&[chunk(STORY, 0, &[])])),
        ("inflates-to-less", claims(log().len() + 1)),
        (
            "ends-early",
            seal(&[chunk(STORY, log().len(), &[deflated(&log()), vec![3, 0]].concat())]),
        ),
        ("track-of-a-later-version", seal(&[chunk(3, 5, b"?????"), chunk_of(STORY, &log())])),
    ]
}

/// What is wrong with records of one track.
fn inside() -> Vec<(&'static str, Vec<u8>)> {
    let of = |track, records: &[u8]| seal(&[chunk_of(track, records)]);
    let long = [vec![0], uv(9_000), vec![b'x'; 9_000]].concat();
    let name = [vec![1], uv(5_000), vec![b'x'; 5_000]].concat();
    let half = log().len() / 2;
    let pieces = [&log()[..half], &log()[half..]].map(|piece| {
        let mut stored = vec![0];
        stored.extend((piece.len() as u16).to_le_bytes());
        stored.extend((!(piece.len() as u16)).to_le_bytes());
        chunk(STORY, piece.len(), &[&stored, piece, &[0]].concat())
    });
    vec![
        ("diff-first", of(VISUAL, &record(3, &[0]))),
        ("log-too-long", of(STORY, &record(4, &long))),
        ("string-too-long", of(STORY, &record(3, &name))),
        ("string-empty", of(STORY, &record(3, &[1, 0]))),
        ("string-unknown", of(STORY, &record(3, &[3]))),
        ("string-static-unknown", of(STORY, &record(3, &[2, 124]))),
        ("string-not-utf8", of(STORY, &record(3, &[1, 2, 0xc3, 0x28]))),
        ("kind-unknown", of(STORY, &[record(99, &[1, 2, 3]), log()].concat())),
        ("bytes-behind-a-body", of(STORY, &record(1, &[2, 7, 7, 7]))),
        ("record-across-pieces", seal(&pieces)),
    ]
}

/// What is wrong with image records, and what only looks so.
fn images() -> Vec<(&'static str, Vec<u8>)> {
    let of = |bodies: &[Vec<u8>]| {
        let records: Vec<u8> = bodies.iter().flat_map(|body| record(6, body)).collect();
        seal(&[chunk_of(VISUAL, &records)])
    };
    let known =
        |width: usize, height: usize| [vec![1, 0], vec![0xff; 8], uv(width), uv(height)].concat();
    let handle = |handle: usize| [uv(handle), vec![1]].concat();
    let many = |count: usize| of(&vec![vec![1, 2]; count]);
    let whole = known(65_535, 1);
    vec![
        ("image-handle-0", of(&[handle(0)])),
        ("image-handle-too-long", of(&[handle(1 << 32)])),
        ("image-largest-handle", of(&[handle((1 << 32) - 1)])),
        ("image-of-another-kind", of(&[vec![1, 4]])),
        ("image-without-a-kind", of(&[vec![1]])),
        ("image-id-cut-short", of(&[whole[..9].to_vec()])),
        ("image-without-a-height", of(&[whole[..13].to_vec()])),
        ("image-too-wide", of(&[known(65_536, 1)])),
        ("image-too-high", of(&[known(1, 65_536)])),
        ("image-as-large-as-can-be", of(&[known(65_535, 65_535)])),
        ("image-with-more-behind", of(&[[whole.as_slice(), &[7, 7]].concat()])),
        ("images-as-many-as-can-be", many(MAX_IMAGE_RECORDS)),
        ("images-too-many", many(MAX_IMAGE_RECORDS + 1)),
    ]
}

/// Segments that do not begin with state and keyframe.
fn opening() -> Vec<(&'static str, Vec<u8>)> {
    let without = |bodies: &[(u64, Body)]| {
        let (mut writer, mut bytes) = SegmentWriter::begin(&header());
        for (after_ms, body) in bodies {
            writer.push(1_000 + after_ms, body).unwrap();
        }
        bytes.extend(writer.seal());
        bytes
    };
    let keyframe = || Body::Keyframe { state: StateId(0), tree: Snapshot::default() };
    vec![
        ("no-records", seal(&[])),
        ("no-state", without(&[(0, keyframe())])),
        ("no-keyframe", without(&[(0, Body::State(State::default()))])),
        ("late-keyframe", without(&[(0, Body::State(State::default())), (1, keyframe())])),
    ]
}

/// A window with the nodes 2, 3 and 4.
fn tree() -> Snapshot {
    let mut tree = Snapshot::default();
    tree.push_masked(NodeId(1), None, &Row::default());
    for id in 2..5 {
        tree.push_masked(NodeId(id), Some(0), &Row::default());
    }
    tree.columns_mut().windows.push(Window::default());
    tree
}

/// A segment of these diffs, which start from the state before where they do not
/// say otherwise.
fn with_diffs(diffs: Vec<Diff>) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    let mut push = |ms, body| writer.push(ms, &body).unwrap();
    push(1_000, Body::State(State::default()));
    push(1_000, Body::Keyframe { state: StateId(10), tree: tree() });
    for (at, diff) in (0..).zip(diffs) {
        let base = if diff.base == StateId(0) { StateId(10 + at) } else { diff.base };
        push(1_100 + u64::from(at), Body::Diff(Diff { base, ..diff }));
    }
    bytes.extend(writer.seal());
    bytes
}

fn placing(placements: Vec<Placement>) -> Diff {
    Diff { placements, ..Diff::default() }
}

fn place(node: u32, parent: u32, after: Option<u32>) -> Placement {
    let parent = (parent > 0).then_some(NodeId(parent));
    Placement { node: NodeId(node), parent, after: after.map(NodeId) }
}

fn shifting(first: u32, count: u32, x: f32) -> Diff {
    let shift = Shift { first: NodeId(first), count, by: Point::new(x, 0.0) };
    Diff { shifts: vec![shift], ..Diff::default() }
}

fn updating(node: u32, field: Field, row: &Row, name: &str) -> Diff {
    let mut diff = Diff::default();
    let class_chain = diff.rows.strings.add(name);
    let semantics = Semantics { class_chain, ..row.semantics };
    let row = diff.rows.push(NO_PARENT, &Row { semantics, ..*row });
    diff.updates.push(Update { node: NodeId(node), fields: FieldSet::only(field), row });
    diff
}

/// New children of node 1 with a long name each, from id `first` on.
fn wordy(first: u32, count: u32) -> Diff {
    let name = "x".repeat(MAX_STRING_BYTES);
    let mut diff = placing((first..first + count).map(|id| place(id, 1, None)).collect());
    for id in first..first + count {
        let class_chain = diff.rows.strings.add(&name);
        let semantics = Semantics { class_chain, ..Semantics::default() };
        let row = diff.rows.push(NO_PARENT, &Row { semantics, ..Row::default() });
        let fields = FieldSet::only(Field::ClassChain);
        diff.updates.push(Update { node: NodeId(id), fields, row });
    }
    diff
}

fn crowd(first: u32, count: u32) -> Diff {
    placing((first..first + count).map(|id| place(id, 1, None)).collect())
}

/// Diffs that do not apply.
fn diffs() -> Vec<(&'static str, Vec<u8>)> {
    let chain =
        (0..=MAX_DEPTH as u32).map(|at| place(100 + at, if at == 0 { 1 } else { 99 + at }, None));
    let geometry = Geometry { position: Point::new(MAX_LENGTH_PT, 0.0), ..Geometry::default() };
    let far = Row { geometry, ..Row::default() };
    let wide = Geometry { bounds: Rect::new(0.0, 0.0, -5.0, 0.0), ..Geometry::default() };
    let half = MAX_NODES as u32 / 2;
    let removing = |id| Diff { removals: vec![NodeId(id)], ..Diff::default() };
    let window = |root| DiffWindow { root: NodeId(root), scene: SceneId(0), level: 0.0 };
    let windows = |root| Diff { windows: Some(vec![window(root)]), ..Diff::default() };
    let keeping = |base| Diff { keeps_current: true, base: StateId(base), ..Diff::default() };
    vec![
        ("wrong-base", with_diffs(vec![Diff { base: StateId(9), ..Diff::default() }])),
        ("kept-state", with_diffs(vec![keeping(0), keeping(10), removing(2)])),
        (
            "forgotten-state",
            with_diffs(
                [vec![keeping(0); 5], vec![Diff { base: StateId(10), ..Diff::default() }]].concat(),
            ),
        ),
        ("too-long", with_diffs(vec![shifting(2, MAX_NODES as u32 + 1, 1.0)])),
        ("unknown-parent", with_diffs(vec![placing(vec![place(9, 8, None)])])),
        ("parent-inside-node", with_diffs(vec![placing(vec![place(1, 2, None)])])),
        ("too-deep", with_diffs(vec![placing(chain.collect())])),
        ("not-a-sibling", with_diffs(vec![placing(vec![place(9, 2, Some(3))])])),
        ("behind-itself", with_diffs(vec![placing(vec![place(3, 1, Some(3))])])),
        ("shift", with_diffs(vec![shifting(2, 3, 1.0)])),
        ("shift-of-an-unknown-node", with_diffs(vec![shifting(7, 1, 1.0)])),
        ("shift-of-nothing", with_diffs(vec![shifting(2, 0, 1.0)])),
        ("shift-of-too-many", with_diffs(vec![shifting(3, 3, 1.0)])),
        (
            "shift-out-of-range",
            with_diffs(vec![updating(2, Field::Position, &far, ""), shifting(2, 1, 1.0)]),
        ),
        ("update-of-an-unknown-node", with_diffs(vec![updating(7, Field::Hidden, &far, "")])),
        ("update-out-of-range", with_diffs(vec![updating(2, Field::Position, &far, ""); 2])),
        (
            "negative-size",
            with_diffs(vec![updating(2, Field::Size, &Row { geometry: wide, ..far }, "")]),
        ),
        ("removal-of-an-unknown-node", with_diffs(vec![removing(2), removing(2)])),
        ("window-of-an-unknown-node", with_diffs(vec![windows(7)])),
        ("window-not-a-root", with_diffs(vec![windows(2)])),
        ("window-that-is-gone", with_diffs(vec![removing(1)])),
        ("too-many-nodes", with_diffs(vec![crowd(100, half), crowd(20_000, half)])),
        ("too-much-text", with_diffs(vec![wordy(100, 200), wordy(1_000, 200)])),
        ("text-that-fits", with_diffs(vec![wordy(100, 200)])),
    ]
}
