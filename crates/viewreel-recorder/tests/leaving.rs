//! What leaves the phone, byte by byte: two sessions that differ in what nobody may
//! know, and layout, which masks cannot hide.

mod common;

use common::{Phone, labelled, said};
use proptest::prelude::*;
use viewreel_capture::{CaptureBuffer, Input, View};
use viewreel_model::node::{Geometry, TextRole};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskAction, MaskLevel, Rect};

/// A row in which a label that hugs its text stands before another one. Advance of a
/// letter: 8 points.
fn row(secret: &str, neighbour: &str, holder: Option<MaskAction>) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    let frame = Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0));
    let width = 8.0 * secret.chars().count() as f32;
    buffer.begin_window(SceneId(0), 0.0);
    buffer.open(&View { id: CaptureId(1), kind: Kind::View, geometry: frame, ..View::default() });
    let band = Geometry::from_frame(Rect::new(0.0, 100.0, 390.0, 20.0));
    buffer.open(&View {
        id: CaptureId(2),
        kind: Kind::View,
        geometry: band,
        override_action: holder,
        ..View::default()
    });
    let masked = Some(MaskAction::Mask);
    label(&mut buffer, 3, Rect::new(0.0, 0.0, width, 20.0), (secret, masked));
    label(&mut buffer, 4, Rect::new(width, 0.0, 80.0, 20.0), (neighbour, None));
    buffer.close();
    buffer.close();
    buffer
}

fn label(
    buffer: &mut CaptureBuffer,
    id: u64,
    frame: Rect,
    (text, action): (&str, Option<MaskAction>),
) {
    buffer.leaf(&View {
        id: CaptureId(id),
        kind: Kind::Text,
        geometry: Geometry::from_frame(frame),
        text: Some(said(TextRole::Static, text)),
        override_action: action,
        ..View::default()
    });
}

/// The spool files of captures at their times.
fn files(level: MaskLevel, captures: &[(u64, CaptureBuffer)]) -> Vec<Vec<u8>> {
    let mut phone = Phone::at(level);
    for (ms, buffer) in captures {
        phone.input(*ms, Input::Capture(buffer));
    }
    phone.input(60_000, Input::Event("The End"));
    phone.flush();
    let read = |entry: &viewreel_spool::Entry| std::fs::read(&entry.path);
    phone
        .recorder
        .spooled()
        .iter()
        .map(read)
        .collect::<Result<_, _>>()
        .expect("the files are there")
}

#[test]
fn a_wider_label_tells_its_length_by_its_frame_and_by_its_neighbours_place() {
    let told = |secret: &str| files(MaskLevel::Light, &[(0, row(secret, "Transfer", None))]);
    assert_eq!(told("Ada"), told("Bob"));
    assert_ne!(told("Ada"), told("Bartholomew"));
}

#[test]
fn replacing_what_holds_them_hides_it() {
    let holder = Some(MaskAction::Replace);
    let told = |secret: &str| files(MaskLevel::Light, &[(0, row(secret, "Transfer", holder))]);
    assert_eq!(told("Ada"), told("Bartholomew"));
    let plain = |neighbour: &str| files(MaskLevel::Light, &[(0, row("Ada", neighbour, None))]);
    assert_ne!(plain("Transfer"), plain("Withdraw"), "what is kept is told");
}

/// A field with the focus, in which something is typed.
fn form(typed: &str) -> CaptureBuffer {
    let mut buffer = labelled("Sign in");
    let frame = Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0));
    buffer.begin_window(SceneId(0), 1.0);
    buffer.open(&View { id: CaptureId(9), kind: Kind::View, geometry: frame, ..View::default() });
    buffer.leaf(&View {
        id: CaptureId(10),
        kind: Kind::TextInput,
        geometry: Geometry::from_frame(Rect::new(20.0, 200.0, 300.0, 40.0)),
        text: Some(said(TextRole::Input, typed)),
        ..View::default()
    });
    buffer.close();
    buffer
}

/// Times of key presses and what stands in the field after each.
fn typing() -> impl Strategy<Value = Vec<(u64, String)>> {
    proptest::collection::btree_map(1_u64..50_000, "[a-z0-9]{0,12}", 0..20)
        .prop_map(|typed| typed.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn typing_has_no_rhythm_and_no_length(a in typing(), b in typing()) {
        for level in [MaskLevel::Medium, MaskLevel::Conservative] {
            let told = |typed: &[(u64, String)]| {
                let first = std::iter::once((0, form("")));
                let captures = first.chain(typed.iter().map(|(ms, text)| (*ms, form(text))));
                files(level, &captures.collect::<Vec<_>>())
            };
            prop_assert_eq!(told(&a), told(&b));
        }
    }
}
