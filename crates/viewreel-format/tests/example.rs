//! The worked examples of the formats' pages are what a writer writes.
//!
//! `cargo test -p viewreel-format --test example -- --nocapture` prints it.
#![allow(clippy::print_stdout, reason = "whoever changes the format copies it from here")]

mod common;

use common::raw::{header_len, inflated};
use std::io::Read;
use viewreel_format::reel::{self, Trailer};
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::columns::{NO_PARENT, Window};
use viewreel_model::diff::{Diff, Update};
use viewreel_model::node::{Geometry, ImageHandle, Semantics};
use viewreel_model::record::{Body, State, Touch, TouchPhase};
use viewreel_model::{
    BoundPicture, Columns, Field, FieldSet, ImageBinding, ImageId, Kind, NodeId, Point, Rect, Row,
    Run, SegmentId, Snapshot, StateId,
};

const PAGE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/segment-v1.md"));

const REEL_PAGE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/reel-v1.md"));

fn header() -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff),
        run: Run(7),
        seq: 0,
        start_ms: 1_000,
        wall_ms: 1_764_000_000_000,
        utc_offset_min: 60,
        replay: ReplayId::new("d", "s").unwrap(),
    }
}

fn row(columns: &mut Columns, kind: Kind, class: &str, frame: Rect) -> Row {
    let class_chain = columns.strings.add(class);
    let semantics = Semantics { kind, class_chain, ..Semantics::default() };
    Row { semantics, geometry: Geometry::from_frame(frame), ..Row::default() }
}

/// A window with a scroll view.
fn tree() -> Snapshot {
    let mut tree = Snapshot::default();
    let frame = Rect::new(0.0, 0.0, 320.0, 640.0);
    let window = row(tree.columns_mut(), Kind::View, "UIWindow:UIView", frame);
    tree.push_masked(NodeId(1), None, &window);
    let list = row(tree.columns_mut(), Kind::Scroll, "Feed:UIScrollView:UIView", frame);
    tree.push_masked(NodeId(2), Some(0), &list);
    tree.columns_mut().windows.push(Window::default());
    tree
}

fn scrolled(base: u32, by: f32) -> Body {
    let mut diff = Diff { base: StateId(base), ..Diff::default() };
    let bounds = Rect::new(0.0, by, 0.0, 0.0);
    let geometry = Geometry { bounds, ..Geometry::default() };
    let row = diff.rows.push(NO_PARENT, &Row { geometry, ..Row::default() });
    let fields = FieldSet::only(Field::Scroll);
    diff.updates.push(Update { node: NodeId(2), fields, row });
    Body::Diff(diff)
}

fn example() -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    let touch =
        |phase, y| Body::Touch(Touch { phase, at: Point::new(160.0, y), ..Touch::default() });
    let records = [
        (1_000, Body::State(State::default())),
        (1_000, Body::Keyframe { state: StateId(0), tree: tree() }),
        (1_090, touch(TouchPhase::Down, 400.0)),
        (1_100, scrolled(0, 12.0)),
        (1_106, touch(TouchPhase::Move, 388.0)),
        (1_200, scrolled(1, 12.0)),
        (1_250, Body::Event("Feed Scrolled".into())),
    ];
    for (time_ms, body) in records {
        writer.push(time_ms, &body).unwrap();
    }
    bytes.extend(writer.seal());
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// The bytes in a page's code blocks, without the words beside them.
fn page_bytes(page: &str) -> String {
    let lines = page.lines().map(|line| line.split("  ").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_shows_what_a_writer_writes() {
    let bytes = example();
    let head = header_len(&bytes);
    let mut parts = vec![hex(&bytes[..head]), hex(&bytes[head..])];
    parts.extend((0..3).map(|track| hex(&inflated(&bytes, track))));
    parts.iter().for_each(|part| println!("{part}\n"));
    assert_shows(PAGE, &parts);
}

fn assert_shows(page: &str, parts: &[String]) {
    let page = page_bytes(page);
    for part in parts {
        assert!(page.contains(part), "the page does not show {part}");
    }
}

#[test]
fn the_page_shows_an_image_record() {
    let id = ImageId(0x0123_4567_89ab_cdef);
    let picture = BoundPicture::Known { id, width_px: 640, height_px: 480 };
    let binding = ImageBinding { handle: ImageHandle(1), picture };
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    writer.push(1_000, &Body::Image(binding)).unwrap();
    bytes.extend(writer.seal());
    let record = hex(&inflated(&bytes, 0));
    println!("{record}\n");
    assert_shows(PAGE, &[record]);
}

/// Header, manifest with its trailer, and the sections of a manifest, inflated.
fn parts_of_reel(file: &[u8]) -> Vec<String> {
    let trailer = Trailer::parse(file).unwrap();
    let from = usize::try_from(trailer.manifest_at).unwrap();
    let manifest = &file[from..from + trailer.manifest_len as usize];
    // The inflated size is below 128, so it takes one byte.
    let mut sections = Vec::new();
    flate2::read::DeflateDecoder::new(&manifest[1..]).read_to_end(&mut sections).unwrap();
    assert_eq!(usize::from(manifest[0]), sections.len());
    vec![hex(&file[..8]), hex(&file[from..]), hex(&sections)]
}

#[test]
fn the_page_of_the_reel_shows_what_a_writer_writes() {
    let parts = parts_of_reel(&reel::write(&[example()]).unwrap());
    parts.iter().for_each(|part| println!("{part}\n"));
    assert_shows(REEL_PAGE, &parts);
}
