//! Rows that describe no forest of windows, and values that need repair.

use viewreel_capture::layout::{NodeRow, RegionRow, StrRef, WindowRow};
use viewreel_capture::{CaptureBuffer, CaptureDecoder, CaptureError, Text, View};
use viewreel_model::node::TextRole;
use viewreel_model::raw::{ContentType, Region};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskAction, Point, RawSnapshot, Rect};

const ROOT: u32 = u32::MAX;

fn check(fill: impl FnOnce(&mut CaptureBuffer), expected: Result<(), CaptureError>) {
    let mut buffer = CaptureBuffer::new();
    fill(&mut buffer);
    assert_eq!(CaptureDecoder::new().decode(&buffer).map(|_| ()), expected);
}

/// One window and nodes with these parents, as a foreign host would hand them over.
fn check_parents(parents: &[u32], roots: &[u32], expected: Result<(), CaptureError>) {
    let fill = |buffer: &mut CaptureBuffer| {
        let rows = buffer.rows_mut();
        rows.nodes.extend(parents.iter().map(|&parent| NodeRow { parent, ..NodeRow::default() }));
        rows.windows.extend(roots.iter().map(|&root| WindowRow { root, ..WindowRow::default() }));
    };
    check(fill, expected);
}

fn repaired(fill: impl FnOnce(&mut CaptureBuffer), look: impl FnOnce(&dyn RawSnapshot)) {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), f32::NAN);
    buffer.leaf(&View { id: CaptureId(1), ..View::default() });
    fill(&mut buffer);
    let mut decoder = CaptureDecoder::new();
    look(&decoder.decode(&buffer).expect("values never make an error"));
}

fn text_of(raw: &dyn RawSnapshot) -> String {
    raw.text(0).to_owned()
}

#[test]
fn an_empty_buffer_is_an_empty_tree() {
    check(|_| (), Ok(()));
}

#[test]
fn a_view_that_stays_open_is_an_error() {
    let fill = |buffer: &mut CaptureBuffer| {
        buffer.begin_window(SceneId(0), 0.0);
        buffer.open(&View::default());
        buffer.open(&View::default());
        buffer.close();
    };
    check(fill, Err(CaptureError::Unclosed { count: 1 }));
}

#[test]
fn closing_what_is_not_open_is_an_error_until_the_buffer_is_cleared() {
    check(CaptureBuffer::close, Err(CaptureError::Unopened));
    let close_and_clear = |buffer: &mut CaptureBuffer| {
        buffer.close();
        buffer.clear();
    };
    check(close_and_clear, Ok(()));
}

#[test]
fn a_second_root_in_one_window_is_an_error() {
    let fill = |buffer: &mut CaptureBuffer| {
        buffer.begin_window(SceneId(0), 0.0);
        buffer.leaf(&View::default());
        buffer.leaf(&View::default());
    };
    check(fill, Err(CaptureError::NoWindow { node: 1 }));
}

#[test]
fn a_window_without_a_view_is_an_error() {
    check(|buffer| buffer.begin_window(SceneId(0), 0.0), Err(CaptureError::NoRoot { window: 0 }));
    let twice = |buffer: &mut CaptureBuffer| {
        buffer.begin_window(SceneId(0), 0.0);
        buffer.begin_window(SceneId(0), 0.0);
        buffer.leaf(&View::default());
    };
    check(twice, Err(CaptureError::NoRoot { window: 0 }));
}

#[test]
fn rows_in_pre_order_are_read() {
    check_parents(&[ROOT, 0, 1, 1, 0, ROOT, 5], &[0, 5], Ok(()));
}

#[test]
fn a_parent_that_does_not_come_before_its_child_is_an_error() {
    check_parents(&[ROOT, 1], &[0], Err(CaptureError::NotPreOrder { node: 1 }));
    check_parents(&[ROOT, 7], &[0], Err(CaptureError::NotPreOrder { node: 1 }));
    check_parents(&[0], &[0], Err(CaptureError::NotPreOrder { node: 0 }));
}

#[test]
fn a_subtree_that_is_torn_apart_is_an_error() {
    check_parents(&[ROOT, 0, 0, 1], &[0], Err(CaptureError::NotPreOrder { node: 3 }));
    check_parents(&[ROOT, ROOT, 0], &[0, 1], Err(CaptureError::NotPreOrder { node: 2 }));
}

#[test]
fn windows_that_do_not_name_the_roots_in_order_are_an_error() {
    check_parents(&[ROOT, ROOT], &[1, 0], Err(CaptureError::NoWindow { node: 0 }));
    check_parents(&[ROOT, 0], &[0, 1], Err(CaptureError::NoRoot { window: 1 }));
    check_parents(&[ROOT], &[0, 0], Err(CaptureError::NoRoot { window: 1 }));
    check_parents(&[], &[0], Err(CaptureError::NoRoot { window: 0 }));
}

#[test]
fn a_region_of_no_window_is_an_error() {
    let fill = |buffer: &mut CaptureBuffer| buffer.region(Region::default());
    check(fill, Err(CaptureError::StrayRegion { region: 0 }));
}

#[test]
fn numbers_that_mean_nothing_read_as_what_is_masked() {
    let fill = |buffer: &mut CaptureBuffer| {
        let row = &mut buffer.rows_mut().nodes[0];
        row.kind = 200;
        row.override_action = 9;
        row.content_type = 77;
        row.text_role = 44;
    };
    repaired(fill, |raw| {
        let row = raw.row(0).unwrap();
        assert_eq!(row.semantics.kind, Kind::Unknown);
        assert_eq!(row.text.role, TextRole::Input);
        assert_eq!(raw.privacy(0).override_action, Some(MaskAction::Mask));
        assert_eq!(raw.privacy(0).content_type, ContentType::Personal);
    });
}

#[test]
fn geometry_that_is_no_number_becomes_its_default() {
    let fill = |buffer: &mut CaptureBuffer| {
        let row = &mut buffer.rows_mut().nodes[0];
        row.bounds = [f32::NAN; 4];
        row.position = [f32::INFINITY, f32::NEG_INFINITY];
        row.anchor = [f32::NAN; 2];
        row.transform = [f32::NAN; 6];
    };
    repaired(fill, |raw| {
        let geometry = raw.geometry(0);
        assert_eq!(geometry.bounds, Rect::default());
        assert_eq!(geometry.anchor, Point::new(0.5, 0.5));
        assert_eq!(geometry.transform, viewreel_model::Transform::IDENTITY);
        assert_eq!(raw.windows()[0].level, 0.0);
    });
}

fn say(buffer: &mut CaptureBuffer, text: StrRef) {
    buffer.rows_mut().nodes[0].text = text;
}

#[test]
fn bytes_that_are_no_utf_8_are_repaired() {
    let fill = |buffer: &mut CaptureBuffer| {
        let text = buffer.add_string_bytes(b"caf\xff\xc3\xa9");
        say(buffer, text);
    };
    repaired(fill, |raw| assert_eq!(text_of(raw), "caf\u{fffd}é"));
}

#[test]
fn a_reference_into_the_middle_of_a_character_is_repaired() {
    let fill = |buffer: &mut CaptureBuffer| {
        let text = buffer.add_string_bytes("éa".as_bytes());
        say(buffer, StrRef { start: text.start + 1, len: 2 });
    };
    repaired(fill, |raw| assert_eq!(text_of(raw), "\u{fffd}a"));
}

#[test]
fn references_out_of_the_arrays_are_empty() {
    let fill = |buffer: &mut CaptureBuffer| {
        say(buffer, StrRef { start: u32::MAX, len: u32::MAX });
        buffer.rows_mut().nodes[0].identifier = StrRef { start: 0, len: 1 };
    };
    repaired(fill, |raw| assert_eq!(text_of(raw), ""));
}

fn check_region(rect: [f32; 4], action: u8, look: impl FnOnce(&[Region])) {
    let row = RegionRow { rect, action, ..RegionRow::default() };
    repaired(|buffer| buffer.rows_mut().regions.push(row), |raw| look(raw.regions()));
}

#[test]
fn a_region_of_an_unknown_action_masks() {
    check_region([0.0, 0.0, 1.0, 1.0], 99, |regions| {
        assert_eq!(regions[0].action, MaskAction::Mask);
    });
}

#[test]
fn a_mask_region_without_a_place_covers_everything() {
    for rect in [[f32::NAN, 0.0, 1.0, 1.0], [f32::NEG_INFINITY, 0.0, f32::INFINITY, 1.0]] {
        check_region(rect, MaskAction::Mask as u8, |regions| {
            assert!(regions[0].rect.contains(Point::new(-262_144.0, 262_144.0)));
        });
    }
}

#[test]
fn a_keep_region_without_a_place_keeps_nothing() {
    check_region([f32::NAN; 4], MaskAction::Keep as u8, |regions| assert!(regions.is_empty()));
}

#[test]
fn a_region_with_a_negative_side_covers_the_same_place() {
    check_region([10.0, 10.0, -8.0, -4.0], MaskAction::Mask as u8, |regions| {
        assert_eq!(regions[0].rect, Rect::new(2.0, 6.0, 8.0, 4.0));
    });
}

#[test]
fn debug_output_tells_no_content() {
    let text = Text { text: "secret", ..Text::default() };
    let view = View { identifier: "secret", text: Some(text), ..View::default() };
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    buffer.leaf(&view);
    let mut decoder = CaptureDecoder::new();
    let raw = format!("{:?}", decoder.decode(&buffer));
    let rest = format!("{view:?} {:?} {buffer:?} {:?} {decoder:?}", view.text, buffer.rows());
    assert!(!raw.contains("secret") && !rest.contains("secret"));
}
