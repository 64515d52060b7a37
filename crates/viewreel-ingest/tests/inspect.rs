//! Which segments are taken and why the others are not.

use bytes::Bytes;
use viewreel_format::{FormatError, Place};
use viewreel_ingest::{Inspected, Refusal, inspect, inspect_within};
use viewreel_model::diff::Update;
use viewreel_model::node::ImageHandle;
use viewreel_model::record::{Body, Record, Touch};
use viewreel_model::{BoundPicture, FieldSet, ImageBinding, ImageId, LeftOut, Snapshot, StateId};
use viewreel_testkit::segments::{
    ANCHOR_MS, SPACING_MS, header, opening, seal, segment, segment_of, show_window, state,
};

/// (segment id, refusal) of every piece; no refusal where it is taken.
fn outcomes(body: impl Into<Bytes>) -> Vec<(Option<u128>, Option<Refusal>)> {
    let pieces = inspect(&body.into()).into_iter();
    let outcome = |piece| match piece {
        Inspected::Valid(segment) => (Some(segment.id.0), None),
        Inspected::Invalid { segment_id, refusal } => (segment_id.map(|id| id.0), Some(refusal)),
    };
    pieces.map(outcome).collect()
}

/// The one refusal of a body of one segment.
fn refusal(body: Vec<u8>) -> Refusal {
    match outcomes(body).as_slice() {
        [(_, Some(refusal))] => *refusal,
        other => panic!("one refusal expected, not {other:?}"),
    }
}

fn check_records(records: &[Record], expected: Refusal) {
    assert_eq!(refusal(seal(&header("s", 1, 0), records)), expected);
}

#[test]
fn a_valid_segment_tells_what_the_index_needs() {
    let bytes = segment("s", 7, 3);
    let taken = inspect(&Bytes::from(bytes.clone()));
    let [Inspected::Valid(segment)] = taken.as_slice() else { panic!("it is valid: {taken:?}") };
    assert_eq!(segment.bytes, bytes);
    assert_eq!((segment.run.0, segment.seq), (7, 3));
    assert_eq!(segment.span.anchor_ms(), ANCHOR_MS);
    assert_eq!(segment.span.record_start_ms(), 3_000);
    assert_eq!(segment.span.record_end_ms(), 3_900);
    assert_eq!(segment.facts.meta, state().meta);
    assert_eq!(segment.facts.viewport, state().viewports[0].size);
}

#[test]
fn the_pictures_that_a_segment_binds_are_told_once_each() {
    let known = |id| BoundPicture::Known { id: ImageId(id), width_px: 1, height_px: 1 };
    let left_out = BoundPicture::LeftOut(LeftOut::Unreadable);
    let mut records = opening(0);
    let bound = [(1, known(7)), (2, left_out), (1, known(5)), (3, known(7))];
    records.extend(bound.map(|(handle, picture)| {
        let handle = ImageHandle(handle);
        Record { time_ms: 0, body: Body::Image(ImageBinding { handle, picture }) }
    }));
    let taken = inspect(&Bytes::from(seal(&header("s", 1, 0), &records)));
    let [Inspected::Valid(segment)] = taken.as_slice() else { panic!("it is valid: {taken:?}") };
    assert_eq!(segment.images, [5, 7].map(ImageId).into());
}

#[test]
fn segments_of_one_body_are_told_apart_in_order() {
    let body = [segment("s", 1, 0), segment("t", 2, 5), segment("s", 1, 1)].concat();
    let ids: Vec<_> =
        outcomes(body).into_iter().map(|(id, refusal)| (id, refusal.is_none())).collect();
    assert_eq!(ids, [(Some(1 << 64), true), (Some(2 << 64 | 5), true), (Some(1 << 64 | 1), true)]);
}

#[test]
fn one_damaged_segment_in_the_middle_is_named_and_harms_no_other() {
    let mut damaged = segment("s", 1, 1);
    let middle = damaged.len() - 20;
    damaged[middle] ^= 0x10;
    let body = [segment("s", 1, 0), damaged, segment("s", 1, 2)].concat();
    let outcomes = outcomes(body);
    assert_eq!(outcomes.len(), 3);
    assert_eq!(outcomes[0], (Some(1 << 64), None));
    assert_eq!(outcomes[1].0, Some(1 << 64 | 1));
    assert!(outcomes[1].1.is_some());
    assert_eq!(outcomes[2], (Some(1 << 64 | 2), None));
}

#[test]
fn what_is_behind_the_last_header_that_holds_is_one_refusal_without_an_id() {
    let body = [segment("s", 1, 0), b"neither a segment nor two".to_vec()].concat();
    let outcomes = outcomes(body);
    assert_eq!(outcomes.len(), 2);
    assert_eq!(outcomes[1].0, None);
}

#[test]
fn every_flipped_bit_is_refused() {
    let whole = segment("s", 1, 0);
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let outcomes = outcomes(bytes);
        assert!(outcomes.iter().all(|(_, refusal)| refusal.is_some()), "bit {bit}");
    }
}

#[test]
fn every_truncation_is_one_refusal() {
    let whole = segment("s", 1, 0);
    for length in 1..whole.len() {
        refusal(whole[..length].to_vec());
    }
}

#[test]
fn another_version_is_refused_by_name() {
    let mut bytes = segment("s", 1, 0);
    bytes[4] = 9;
    let expected =
        Refusal::Format(FormatError::UnknownVersion { place: Place::stored(4), version: 9 });
    assert_eq!(refusal(bytes), expected);
}

#[test]
fn a_segment_begins_with_a_state_and_a_keyframe_at_its_start() {
    let [state, keyframe] = <[Record; 2]>::try_from(opening(0)).expect("two records");
    let late = |record: &Record| Record { time_ms: 1, ..record.clone() };
    check_records(&[], Refusal::NoState);
    check_records(&[keyframe.clone(), state.clone()], Refusal::NoState);
    check_records(&[late(&state), keyframe.clone()], Refusal::NoState);
    check_records(std::slice::from_ref(&state), Refusal::NoKeyframe);
    check_records(&[state.clone(), state.clone()], Refusal::NoKeyframe);
    check_records(&[state, late(&keyframe)], Refusal::NoKeyframe);
}

#[test]
fn a_change_that_does_not_apply_is_refused() {
    let mut records = opening(0);
    let wrong_base = Body::Diff(show_window(StateId(5)));
    records.push(Record { time_ms: 1, body: wrong_base });
    let refused = refusal(seal(&header("s", 1, 0), &records));
    assert!(matches!(refused, Refusal::Play(_)), "{refused}");
    let unknown = Update { node: viewreel_model::NodeId(9), fields: FieldSet::EMPTY, row: 0 };
    let mut diff = show_window(StateId(0));
    diff.updates.push(unknown);
    records[2] = Record { time_ms: 1, body: Body::Diff(diff) };
    let refused = refusal(seal(&header("s", 1, 0), &records));
    assert!(matches!(refused, Refusal::Play(_)), "{refused}");
}

#[test]
fn times_that_no_clock_shows_are_refused() {
    let mut wrong = header("s", 1, 0);
    wrong.wall_ms = i64::MIN;
    assert_eq!(refusal(segment_of(&wrong)), Refusal::TimeOutOfRange);
    let mut wrong = header("s", 1, 0);
    wrong.start_ms = 1 << 60;
    assert_eq!(refusal(segment_of(&wrong)), Refusal::TimeOutOfRange);
}

#[test]
fn a_phone_whose_clock_stands_at_1970_is_taken() {
    let mut early = header("s", 1, 0);
    early.wall_ms = -5;
    assert_eq!(outcomes(segment_of(&early)), [(Some(1 << 64), None)]);
}

/// A tree of `nodes` siblings, then `changes` times the next state, which keeps the one before.
fn busy(nodes: u32, changes: u32) -> Vec<u8> {
    let mut grow = show_window(StateId(0));
    for node in 2..=nodes {
        let parent = Some(viewreel_model::NodeId(1));
        let node = viewreel_model::NodeId(node);
        grow.placements.push(viewreel_model::diff::Placement { node, parent, after: None });
    }
    let mut records = opening(0);
    records.push(Record { time_ms: 1, body: Body::Diff(grow) });
    for state in 1..=changes {
        let base = StateId(state);
        let keeps_current = true;
        let diff = viewreel_model::Diff { base, keeps_current, ..viewreel_model::Diff::default() };
        let body = Body::Diff(diff);
        records.push(Record { time_ms: 2, body });
    }
    seal(&header("s", 1, 0), &records)
}

#[test]
fn a_small_body_can_not_ask_for_endless_work() {
    let bytes = Bytes::from(busy(500, 100));
    assert!(bytes.len() < 20_000, "it is small: {} bytes", bytes.len());
    assert!(matches!(inspect(&bytes).as_slice(), [Inspected::Valid(_)]));
    let expected = Refusal::TooMuchWork;
    let within = inspect_within(&bytes, 50_000);
    assert!(
        matches!(within.as_slice(), [Inspected::Invalid { refusal, .. }] if *refusal == expected),
        "{within:?}"
    );
}

#[test]
fn a_second_keyframe_in_the_middle_is_fine() {
    let mut records = opening(0);
    let keyframe = Body::Keyframe { state: StateId(1), tree: Snapshot::default() };
    records.push(Record { time_ms: 5, body: keyframe });
    records.push(Record { time_ms: 6, body: Body::Diff(show_window(StateId(1))) });
    records.push(Record { time_ms: SPACING_MS, body: Body::Touch(Touch::default()) });
    assert_eq!(outcomes(seal(&header("s", 1, 0), &records)), [(Some(1 << 64), None)]);
}

#[test]
fn a_nul_in_a_text_never_reaches_the_index() {
    let mut records = opening(0);
    let mut with_nul = state();
    with_nul.meta.app_name = "Sh\0op".into();
    records[0].body = Body::State(with_nul);
    let taken = inspect(&Bytes::from(seal(&header("s", 1, 0), &records)));
    let [Inspected::Valid(segment)] = taken.as_slice() else { panic!("it is valid: {taken:?}") };
    assert_eq!(segment.facts.meta.app_name, "Shop");
}
