//! Any capture is masked as the naive rules say.

use crate::buffer::{Bytes, buffer};
use std::collections::HashSet;
use viewreel_capture::layout::flag;
use viewreel_capture::{CaptureBuffer, CaptureDecoder};
use viewreel_mask::{Contents, Masked, Masker, PublicNode, public};
use viewreel_model::content::{RawPicture, TextAsk};
use viewreel_model::node::{Color, Image, ImageHandle, TextStyle};
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{
    CaptureId, Diff, MaskAction, MaskLevel, Override, Point, RawSnapshot, Snapshot, StateId, Step,
};
use viewreel_tree::{Differ, Tree};

/// A platform that sets every text as one line.
struct Plain;

impl Contents for Plain {
    fn lines(&mut self, ask: &TextAsk<'_>, line: &mut dyn FnMut(&str, Point, f32)) {
        line(ask.text, Point::ZERO, 0.0);
    }

    fn picture(&mut self, picture: &RawPicture) -> (ImageHandle, Color) {
        (ImageHandle(picture.object.0 as u32), Color::WHITE)
    }
}

/// Most views; the naive rules are slow.
const NODES: usize = 32;

/// Most rules, and steps of each.
const RULES: usize = 4;

/// The bytes are a level, rules, touches and a capture.
///
/// # Panics
/// Where a view is not masked as the naive rules say, not the same a third time, or
/// what comes out is no tree.
pub fn check(bytes: &[u8]) {
    let mut from = Bytes(bytes);
    let level = MaskLevel::from_code(from.u8() % 3).unwrap_or_default();
    let overrides = from.list(RULES, rule);
    let touches = from.list(8, touch);
    let mut buffer = buffer(&mut from, NODES);
    // Of ids that come twice the naive rules know nothing.
    let nodes = buffer.rows_mut().nodes.iter_mut();
    (1..).zip(nodes).for_each(|(id, node)| node.capture_id = id);
    let abridged = buffer.clone();
    buffer.rows_mut().nodes.iter_mut().for_each(|node| node.flags &= !flag::UNCHANGED);
    let mut decoder = CaptureDecoder::new();
    let Ok(raw) = decoder.decode(&buffer) else { return };
    let mut masker = Masker::new(level);
    masker.set_overrides(&overrides);
    let first = masked(&mut masker, &raw);
    assert_agrees(&first, &raw, level, &overrides);
    // A card that was typed is floor from the next capture on.
    let second = masked(&mut masker, &raw);
    assert!(masked(&mut masker, &raw) == second, "the third time");
    check_abridged(&mut masker, &second, &abridged);
    touches.into_iter().for_each(|touch| check_touch(&mut masker, &first, touch));
    check_tree(&first);
}

fn rule(from: &mut Bytes<'_>) -> Override {
    let action = MaskAction::from_code(from.u8() % 3).unwrap_or_default();
    let text = |from: &mut Bytes<'_>| String::from_utf8_lossy(from.bytes()).into_owned();
    let step = |from: &mut Bytes<'_>| Step { class: text(from), identifier: text(from) };
    Override { action, steps: from.list(RULES, step) }
}

fn touch(from: &mut Bytes<'_>) -> Touch {
    let phase = TouchPhase::from_code(from.u8() % 4).unwrap_or(TouchPhase::Down);
    let (pointer, at) = (u32::from(from.u8() % 3), Point::new(from.f32(), from.f32()));
    Touch { pointer, phase, at, is_masked: false }
}

fn masked(masker: &mut Masker, raw: &dyn RawSnapshot) -> Snapshot {
    let mut out = Snapshot::default();
    masker.mask(raw, &Snapshot::default(), &mut Plain, &mut out);
    out
}

fn assert_agrees(out: &Snapshot, raw: &dyn RawSnapshot, level: MaskLevel, overrides: &[Override]) {
    let view = public(raw, level, overrides);
    assert_eq!((out.len(), &out.columns().windows), (view.nodes.len(), &view.windows));
    view.nodes.iter().enumerate().for_each(|(node, public)| assert_same(out, node, public));
}

fn assert_same(out: &Snapshot, node: usize, public: &PublicNode) {
    let columns = out.columns();
    let (row, says) = (columns.row(node).unwrap_or_default(), |id| columns.strings.get(id));
    let names = row.semantics;
    assert_eq!((row.mask, names.kind), (public.mask, public.kind));
    assert_eq!((columns.parent(node), row.generation), (public.parent, public.generation));
    let strings = [names.class_chain, names.controller, names.identifier, row.text.font];
    assert_eq!(strings.map(says), public.names.each_ref().map(String::as_str));
    assert_eq!((row.geometry, row.appearance), (public.geometry, public.appearance));
    assert_eq!((row.image, row.control), (image(public), public.control));
    assert_eq!(TextStyle { font: public.text.font, ..row.text }, public.text);
    let lines = columns.lines_of(row.lines).iter();
    let lines = lines.map(|line| (says(line.text), line.baseline, line.width));
    let said = public.said.as_ref().map(|(text, set)| (text.as_str(), set.frame.origin.snapped()));
    assert!(lines.eq(said.map(|(text, at)| (text, at, 0.0))));
}

fn image(public: &PublicNode) -> Image {
    let (handle, average) = match public.picture.object.0 {
        0 => Default::default(),
        _ => Plain.picture(&public.picture),
    };
    Image { handle, average, ..public.image }
}

/// What is left out because it is unchanged may only be missing.
fn check_abridged(masker: &mut Masker, before: &Snapshot, buffer: &CaptureBuffer) {
    let (mut decoder, mut out) = (CaptureDecoder::new(), Snapshot::default());
    let Ok(raw) = decoder.decode(buffer) else { return };
    match masker.mask(&raw, before, &mut Plain, &mut out) {
        Masked::Same | Masked::Contradiction => assert!(out.is_empty()),
        Masked::Changed { .. } => {
            let ids: HashSet<_> = out.ids().iter().collect();
            assert_eq!(ids.len(), out.len());
            check_tree(&out);
        }
    }
}

fn check_touch(masker: &mut Masker, screen: &Snapshot, touch: Touch) {
    let view = CaptureId(u64::from(touch.pointer));
    if let Some(touch) = masker.mask_touch(screen, view, touch) {
        assert_eq!(touch.at, touch.at.snapped());
    }
}

fn check_tree(screen: &Snapshot) {
    let (start, mut diff) = (Snapshot::default(), Diff::default());
    Differ::default().diff(StateId(0), &start, screen, &mut diff);
    let applied = Tree::new(StateId(0), start).apply(&diff);
    assert_eq!(applied.map(|tree| tree.snapshot()).as_ref(), Ok(screen));
}
