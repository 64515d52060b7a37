//! Pieces of a long segment tell what it told.

use proptest::prelude::*;
use std::borrow::Cow;
use viewreel_format::reel::Reel;
use viewreel_format::{ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_model::node::ImageHandle;
use viewreel_model::record::{Body, LogLevel, State, Touch};
use viewreel_model::{
    BoundPicture, Diff, ImageBinding, ImageBindings, ImageId, Point, Record, Run, SegmentId,
    Snapshot, StateId,
};
use viewreel_store::recut::{MAX_ENTRIES, conforms, recut};
use viewreel_store::reel;
use viewreel_testkit::snapshots::snapshot;
use viewreel_tree::{Differ, seek};

fn header() -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(77),
        run: Run(3),
        seq: 5,
        start_ms: 10_000,
        wall_ms: 1_764_000_000_000,
        utc_offset_min: 60,
        replay: ReplayId::new("d", "s").unwrap(),
    }
}

fn seal(records: &[Record]) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    for record in records {
        writer.push(record.time_ms, &record.body).unwrap();
        if writer.pending_len() > 8_192 {
            bytes.extend(writer.cut());
        }
    }
    bytes.extend(writer.seal());
    bytes
}

/// What happens next in a test's replay.
#[derive(Clone, Debug)]
enum Step {
    /// Another tree, told from the current one or from the one kept so many times
    /// before.
    Tree {
        tree: Snapshot,
        back: usize,
        keeps: bool,
    },
    Keyframe(Snapshot),
    Touch(u8),
    Log(u16),
    Picture(u32, u64),
}

fn step() -> impl Strategy<Value = Step> {
    let tree = (snapshot(6), 0_usize..6, any::<bool>());
    prop_oneof![
        6 => tree.prop_map(|(tree, back, keeps)| Step::Tree { tree, back, keeps }),
        1 => snapshot(4).prop_map(Step::Keyframe),
        3 => any::<u8>().prop_map(Step::Touch),
        1 => (0_u16..8_000).prop_map(Step::Log),
        1 => (1_u32..4, any::<u64>()).prop_map(|(handle, id)| Step::Picture(handle, id)),
    ]
}

/// Writes steps down as a recorder would, with what it keeps.
#[derive(Default)]
struct Script {
    state: StateId,
    tree: Snapshot,
    kept: Vec<(StateId, Snapshot)>,
}

impl Script {
    fn body(&mut self, step: &Step) -> Body {
        match step {
            Step::Tree { tree, back, keeps } => Body::Diff(self.diff(tree, *back, *keeps)),
            Step::Keyframe(tree) => {
                self.kept.clear();
                (self.state, self.tree) = (self.state.next(), tree.clone());
                Body::Keyframe { state: self.state, tree: tree.clone() }
            }
            Step::Touch(n) => {
                let at = Point::new(f32::from(*n), 1.0);
                Body::Touch(Touch { pointer: u32::from(n % 3), at, ..Touch::default() })
            }
            Step::Log(n) => {
                let mut state = u32::from(*n) + 1;
                let mut letter = || {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    char::from(b' ' + (state >> 24) as u8 % 90)
                };
                let message = (0..*n).map(|_| letter()).collect();
                Body::Log { level: LogLevel::Log, message }
            }
            Step::Picture(handle, id) => {
                let id = ImageId(*id);
                let picture = BoundPicture::Known { id, width_px: 1, height_px: 1 };
                Body::Image(ImageBinding { handle: ImageHandle(*handle), picture })
            }
        }
    }

    fn diff(&mut self, tree: &Snapshot, back: usize, keeps: bool) -> Diff {
        if keeps {
            self.kept.push((self.state, self.tree.clone()));
            self.kept.drain(..self.kept.len().saturating_sub(4));
        }
        let base = back.checked_sub(1).and_then(|back| self.kept.iter().rev().nth(back));
        let (base, old) = base.cloned().unwrap_or((self.state, self.tree.clone()));
        let mut diff = Diff::default();
        Differ::default().diff(base, &old, tree, &mut diff);
        diff.keeps_current = keeps;
        (self.state, self.tree) = (self.state.next(), tree.clone());
        diff
    }
}

/// A segment with an opening and these steps, each so long after the one before.
fn whole(steps: &[(u64, Step)]) -> Vec<u8> {
    let mut script = Script::default();
    let mut time_ms = header().start_ms;
    let opening = [
        Body::State(State { screen: "Home".into(), ..State::default() }),
        Body::Keyframe { state: StateId(0), tree: Snapshot::default() },
    ];
    let mut records: Vec<Record> =
        opening.into_iter().map(|body| Record { time_ms, body }).collect();
    for (since_ms, step) in steps {
        time_ms += since_ms;
        records.push(Record { time_ms, body: script.body(step) });
    }
    seal(&records)
}

fn records(segment: &SealedSegment<'_>) -> Vec<Record> {
    segment.records().collect::<Result<_, _>>().unwrap()
}

/// The bindings that hold after these entries.
fn bindings(records: &[Record]) -> ImageBindings {
    let mut bindings = ImageBindings::default();
    records.iter().for_each(|record| bindings.follow(&record.body));
    bindings
}

/// What an entry says apart from how a diff says it.
fn said(record: &Record) -> (u64, String) {
    let text = match &record.body {
        Body::Diff(diff) => format!("diff that keeps: {}", diff.keeps_current),
        body => format!("{body:?}"),
    };
    (record.time_ms, text)
}

fn check(steps: &[(u64, Step)]) {
    let bytes = whole(steps);
    let segment = SealedSegment::parse(&bytes).unwrap();
    let pieces = recut(&segment).unwrap();
    assert_eq!(pieces, recut(&segment).unwrap());
    let parsed: Vec<_> = pieces.iter().map(|piece| SealedSegment::parse(piece).unwrap()).collect();
    check_headers(&parsed);
    let mut told: Vec<Record> = Vec::new();
    for (number, piece) in parsed.iter().enumerate() {
        assert!(conforms(piece));
        let again = if number == 0 { 0 } else { 2 + bindings(&told).iter().count() };
        let mine = records(piece);
        let known = bindings(&mine);
        told.extend(mine.into_iter().skip(again));
        assert_eq!(known, bindings(&told), "each piece knows all that was bound");
    }
    let all = records(&segment);
    assert_eq!(told.iter().map(said).collect::<Vec<_>>(), all.iter().map(said).collect::<Vec<_>>());
    let times = all.iter().flat_map(|record| [record.time_ms, record.time_ms + 1]);
    times.for_each(|time_ms| check_moment(&segment, &parsed, time_ms));
}

fn check_headers(pieces: &[SealedSegment<'_>]) {
    for piece in pieces {
        let found = piece.header();
        assert_eq!((found.run, found.seq), (header().run, header().seq));
        assert_eq!(found.run_anchor_ms(), header().run_anchor_ms());
    }
    let mut ids: Vec<_> = pieces.iter().map(|piece| piece.header().segment_id).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
}

/// The tree and all beside it are the same in the whole and in its pieces.
fn check_moment(whole: &SealedSegment<'_>, pieces: &[SealedSegment<'_>], time_ms: u64) {
    let piece = pieces.iter().rev().find(|piece| piece.header().start_ms <= time_ms).unwrap();
    let (a, b) = (seek(whole.records(), time_ms), seek(piece.records(), time_ms));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!(a.state(), b.state());
    let (a, b) = (a.tree().unwrap(), b.tree().unwrap());
    assert_eq!(a.state(), b.state());
    assert!(a.snapshot() == b.snapshot(), "at {time_ms} ms");
}

#[test]
fn a_conforming_segment_is_left_as_it_is() {
    let bytes = whole(&[(60_000, Step::Touch(1))]);
    let pieces = recut(&SealedSegment::parse(&bytes).unwrap()).unwrap();
    assert!(matches!(pieces.as_slice(), [Cow::Borrowed(same)] if *same == bytes));
}

#[test]
fn a_segment_that_is_a_millisecond_too_long_is_cut() {
    let bytes = whole(&[(60_001, Step::Touch(1))]);
    let pieces = recut(&SealedSegment::parse(&bytes).unwrap()).unwrap();
    let last = SealedSegment::parse(&pieces[1]).unwrap();
    assert_eq!((pieces.len(), last.header().start_ms), (2, 70_001));
    assert_eq!(last.header().wall_ms, header().wall_ms + 60_001);
    check(&[(60_001, Step::Touch(1))]);
}

#[test]
fn a_large_segment_is_cut_by_its_bytes() {
    let steps: Vec<_> = (0..60).map(|n| (900, Step::Log(7_000 + n))).collect();
    let bytes = whole(&steps);
    let pieces = recut(&SealedSegment::parse(&bytes).unwrap()).unwrap();
    assert!((4..12).contains(&pieces.len()), "{} pieces of {} bytes", pieces.len(), bytes.len());
    check(&steps);
}

#[test]
fn every_piece_knows_the_pictures_that_were_bound_before_it() {
    let long = |step| (60_001, step);
    check(&[
        (0, Step::Picture(1, 7)),
        (5, Step::Picture(2, 8)),
        long(Step::Touch(1)),
        (5, Step::Picture(1, 9)),
        long(Step::Touch(2)),
    ]);
}

#[test]
fn a_segment_of_many_entries_is_cut_by_their_number() {
    let steps: Vec<_> = (0..MAX_ENTRIES + 9).map(|n| (1, Step::Touch(n as u8))).collect();
    let bytes = whole(&steps);
    let segment = SealedSegment::parse(&bytes).unwrap();
    let pieces = recut(&segment).unwrap();
    assert_eq!(pieces.len(), 2);
    let counts = pieces.iter().map(|piece| SealedSegment::parse(piece).unwrap().footer().records);
    assert_eq!(counts.sum::<u32>(), segment.footer().records + 2);
}

#[test]
fn what_cannot_be_played_is_not_cut() {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    writer.push(90_000, &Body::Event("no keyframe".into())).unwrap();
    bytes.extend(writer.seal());
    assert!(recut(&SealedSegment::parse(&bytes).unwrap()).is_err());
}

#[test]
fn a_reel_has_pieces_of_a_long_segment_and_the_short_one_as_it_is() {
    let touches = |count: u64| -> Vec<Record> {
        let tree = Snapshot::default();
        let opening = [Body::State(State::default()), Body::Keyframe { state: StateId(0), tree }];
        let opening = opening.map(|body| Record { time_ms: 10_000, body });
        let touch = |n| Record { time_ms: 10_000 + n * 1_000, body: Body::Touch(Touch::default()) };
        opening.into_iter().chain((0..count).map(touch)).collect()
    };
    let (long, short) = (seal(&touches(200)), seal(&touches(2)));
    let file = reel(&[long]).unwrap();
    let opened = Reel::open(&file).unwrap();
    let entries = opened.segments().entries();
    assert!(entries.len() > 3 && entries.iter().all(|entry| entry.flags.is_cut()));
    let read = (0..entries.len()).map(|at| opened.segment(at).unwrap());
    let touched = read.flat_map(|segment| segment.track(viewreel_format::Track::Touches));
    assert_eq!(touched.count(), 200);
    let file = reel(std::slice::from_ref(&short)).unwrap();
    assert_eq!(Reel::open(&file).unwrap().segment(0).unwrap().bytes(), short);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn pieces_tell_what_the_whole_told(
        steps in prop::collection::vec(((0_u64..25_000).prop_map(|ms| ms.saturating_sub(5_000)), step()), 1..40)
    ) {
        check(&steps);
    }
}
