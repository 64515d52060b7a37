//! Any capture is masked as the naive rules say.

use crate::buffer::{Bytes, buffer};
use viewreel_capture::CaptureDecoder;
use viewreel_mask::{Masker, PublicNode, public};
use viewreel_model::node::TextStyle;
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{
    Diff, MaskAction, MaskLevel, Override, Point, RawSnapshot, Snapshot, StateId, Step,
};
use viewreel_tree::{Differ, Tree};

/// Most views; the naive rules are slow.
const NODES: usize = 32;

/// Most rules, and steps of each.
const RULES: usize = 4;

/// The bytes are a level, rules, touches and a capture.
///
/// # Panics
/// Where a view is not masked as the naive rules say, not the same a second time,
/// or what comes out is no tree.
pub fn check(bytes: &[u8]) {
    let mut from = Bytes(bytes);
    let level = MaskLevel::from_code(from.u8() % 3).unwrap_or_default();
    let overrides = from.list(RULES, rule);
    let touches = from.list(8, touch);
    let mut buffer = buffer(&mut from, NODES);
    // Of ids that come twice the naive rules know nothing.
    let nodes = buffer.rows_mut().nodes.iter_mut();
    (1..).zip(nodes).for_each(|(id, node)| node.capture_id = id);
    let mut decoder = CaptureDecoder::new();
    let Ok(raw) = decoder.decode(&buffer) else { return };
    let mut masker = Masker::new(level);
    masker.set_overrides(&overrides);
    let first = masked(&mut masker, &raw);
    assert_agrees(&first, &raw, level, &overrides);
    assert!(masked(&mut masker, &raw) == first, "the second time");
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

fn masked(masker: &mut Masker, raw: &RawSnapshot<'_>) -> Snapshot {
    let mut out = Snapshot::default();
    masker.mask(raw, &mut out);
    out
}

fn assert_agrees(out: &Snapshot, raw: &RawSnapshot<'_>, level: MaskLevel, overrides: &[Override]) {
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
    assert_eq!((row.image, row.control), (public.image, public.control));
    assert_eq!(TextStyle { font: public.text.font, ..row.text }, public.text);
    let lines = columns.lines_of(row.lines).iter();
    let lines = lines.map(|line| (says(line.text), line.baseline, line.width));
    assert!(lines.eq(public.lines.iter().map(|(text, at, width)| (text.as_str(), *at, *width))));
}

fn check_touch(masker: &mut Masker, screen: &Snapshot, touch: Touch) {
    if let Some(touch) = masker.mask_touch(screen, touch) {
        assert_eq!(touch.at, touch.at.snapped());
    }
}

fn check_tree(screen: &Snapshot) {
    let (start, mut diff) = (Snapshot::default(), Diff::default());
    Differ::default().diff(StateId(0), &start, screen, &mut diff);
    let applied = Tree::new(StateId(0), start).apply(&diff);
    assert_eq!(applied.map(|tree| tree.snapshot()).as_ref(), Ok(screen));
}
