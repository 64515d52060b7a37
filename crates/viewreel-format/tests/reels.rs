//! Reels keep their segments as they are, in playing order, and survive damage.

mod common;

use common::header;
use proptest::prelude::*;
use viewreel_format::reel::{Cut, Listing, Manifest, Reel, ReelWriter, Trailer, write};
use viewreel_format::{FormatError, ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_model::node::ImageHandle;
use viewreel_model::record::{Body, Keyboard, Lifecycle, LogLevel, State};
use viewreel_model::{BoundPicture, ImageBinding, LeftOut, Run, SegmentId, Snapshot, StateId};

/// A header of that place in replay time.
fn place(run: u64, seq: u32, wall_ms: i64, start_ms: u64) -> SegmentHeader {
    let segment_id = SegmentId(u128::from(run) << 32 | u128::from(seq));
    SegmentHeader { segment_id, run: Run(run), seq, start_ms, wall_ms, ..header() }
}

/// A segment of these records, each so many milliseconds after its start.
fn sealed(header: &SegmentHeader, records: &[(u64, Body)]) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(header);
    for (after_ms, body) in records {
        writer.push(header.start_ms + after_ms, body).unwrap();
    }
    bytes.extend(writer.seal());
    bytes
}

fn segment(run: u64, seq: u32, wall_ms: i64, start_ms: u64) -> Vec<u8> {
    let event = Body::Event(format!("{run}/{seq}"));
    sealed(&place(run, seq, wall_ms, start_ms), &[(0, event)])
}

/// A second of segment `seq` of run 1, which began with the wall clock at 0.
fn second(seq: u32) -> Vec<u8> {
    let start_ms = u64::from(seq) * 1_000;
    let event = || Body::Event(format!("{seq}"));
    let header = place(1, seq, start_ms as i64, start_ms);
    sealed(&header, &[(0, event()), (999, event())])
}

fn order_of(reel: &[u8]) -> Vec<(u64, u32)> {
    let reel = Reel::open(reel).unwrap();
    let count = reel.segments().entries().len();
    let place = |at: usize| reel.segment(at).map(|segment| segment.header().clone()).unwrap();
    (0..count).map(place).map(|header| (header.run.0, header.seq)).collect()
}

fn starts(reel: &[u8]) -> Vec<u64> {
    Reel::open(reel).unwrap().segments().entries().iter().map(|entry| entry.start_ms).collect()
}

#[test]
fn segments_stand_in_order_of_run_anchor_and_seq() {
    // Run 9 began before run 5, and its clock was set back by a minute in between.
    let segments = [
        segment(5, 0, 70_000, 0),
        segment(9, 1, 100, 30_000),
        segment(9, 0, 10_000, 0),
        segment(5, 1, 71_000, 1_000),
    ];
    let reel = write(&segments).unwrap();
    assert_eq!(order_of(&reel), [(9, 0), (9, 1), (5, 0), (5, 1)]);
    assert_eq!(starts(&reel), [0, 30_000 / 32 * 32, 60_000, 61_000 / 32 * 32]);
}

#[test]
fn a_segment_in_a_reel_is_the_segment_that_was_given() {
    let given = [second(0), second(1), second(2)];
    let reel = write(&given).unwrap();
    let reel = Reel::open(&reel).unwrap();
    for (at, bytes) in given.iter().enumerate() {
        assert_eq!(reel.segment(at).unwrap().bytes(), bytes);
        assert_eq!(reel.segments().entries()[at].offset % 256, 8);
    }
}

#[test]
fn who_reads_ranges_only_needs_the_end_the_manifest_and_one_segment() {
    let reel = write(&[second(0), second(1), second(2)]).unwrap();
    let range = |from: u64, len: u64| &reel[from as usize..(from + len) as usize];
    let trailer = Trailer::parse(&reel[reel.len() - Trailer::BYTES..]).unwrap();
    let stored = range(trailer.manifest_at, u64::from(trailer.manifest_len));
    let manifest = Manifest::parse(stored, &trailer).unwrap();
    let Listing::Segments(list) = &manifest.listing else { panic!("three segments have no pages") };
    let entry = list.entries()[manifest.find(1_500).unwrap()];
    let segment = entry.parse(range(entry.offset, entry.len)).unwrap();
    assert_eq!(segment.header().seq, 1);
    assert!(list.entries()[0].parse(range(entry.offset, entry.len)).is_err());
}

#[test]
fn at_a_time_plays_the_last_segment_that_has_started() {
    let reel = write(&[second(0), second(1), second(2)]).unwrap();
    let reel = Reel::open(&reel).unwrap();
    let at = |ms| reel.find(ms).unwrap();
    assert_eq!([at(0), at(991), at(992), at(1_983), at(1_984), at(u64::MAX)], [0, 0, 1, 1, 2, 2]);
    assert_eq!(reel.segments().until_ms(0), 992);
    assert_eq!(reel.segments().until_ms(2), reel.manifest().length_ms());
}

#[test]
fn a_run_whose_clock_was_set_back_begins_when_the_one_before_it_has_ended() {
    let long = sealed(
        &place(1, 0, 0, 0),
        &[(0, Body::Event(String::new())), (64_000, Body::Event("end".into()))],
    );
    let reel = write(&[long, segment(2, 0, 1_000, 0), segment(2, 1, 7_400, 6_400)]).unwrap();
    assert_eq!(starts(&reel), [0, 64_000, 70_400]);
}

#[test]
fn starts_never_go_back() {
    // Seqs and record times of one run contradict each other.
    let reel = write(&[segment(1, 0, 0, 0), segment(1, 1, 0, 6_400), segment(1, 2, 0, 640)]);
    assert_eq!(starts(&reel.unwrap()), [0, 6_400, 6_400]);
}

#[test]
fn missing_segments_are_flagged_in_each_run_of_its_own() {
    let reel = write(&[second(1), second(2), second(4), second(4), segment(2, 0, 9_000, 0)]);
    let reel = reel.unwrap();
    let reel = Reel::open(&reel).unwrap();
    let flags = reel.segments().entries().iter().map(|entry| entry.flags.is_after_gap());
    assert_eq!(flags.collect::<Vec<_>>(), [true, false, true, false, false]);
}

#[test]
fn a_manifest_tells_what_is_inside_of_segments() {
    let state = State { screen: "Home".into(), ..State::default() };
    let error = Body::Log { level: LogLevel::Error, message: "no".into() };
    let first = sealed(
        &place(1, 0, 0, 0),
        &[(0, Body::State(state)), (100, Body::Screen("Cart".into())), (200, error)],
    );
    let leaves = [(0, Body::Screen("Cart".into())), (64, Body::Lifecycle(Lifecycle::Background))];
    let reel = write(&[first, sealed(&place(1, 1, 640, 640), &leaves)]).unwrap();
    let reel = Reel::open(&reel).unwrap();
    let flags: Vec<_> = reel.segments().entries().iter().map(|entry| entry.flags).collect();
    assert_eq!(flags.iter().map(|it| it.has_error()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(flags.iter().map(|it| it.ends_in_background()).collect::<Vec<_>>(), [false, true]);
    let screens = &reel.manifest().screens;
    assert_eq!(screens.names, ["Home", "Cart"]);
    assert_eq!((screens.at(0), screens.at(127), screens.at(128)), ("Home", "Home", "Cart"));
    assert_eq!(screens.changes.len(), 2);
    let activity = &reel.manifest().activity;
    assert_eq!(activity.bucket_ms(), 64);
    assert_eq!(activity.levels(), [0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1]);
}

#[test]
fn bindings_of_pictures_are_no_activity() {
    let binding = ImageBinding {
        handle: ImageHandle(1),
        picture: BoundPicture::LeftOut(LeftOut::Unreadable),
    };
    let levels = |records: &[(u64, Body)]| {
        let reel = write(&[sealed(&place(1, 0, 0, 0), records)]).unwrap();
        Reel::open(&reel).unwrap().manifest().activity.levels().to_vec()
    };
    let state = || (0, Body::State(State::default()));
    let keyframe = || (0, Body::Keyframe { state: StateId(0), tree: Snapshot::default() });
    let end = || (640, Body::Keyboard(Keyboard::default()));
    let image = |ms| (ms, Body::Image(binding));
    let bound = levels(&[state(), keyframe(), image(0), image(70), end()]);
    assert_eq!(bound, levels(&[state(), keyframe(), end()]));
}

#[test]
fn a_piece_of_a_longer_segment_is_flagged() {
    let (mut writer, mut bytes) = ReelWriter::begin();
    for (seq, cut) in [(0, Cut::Whole), (1, Cut::Piece), (1, Cut::Piece)] {
        let segment = second(seq);
        bytes.extend(writer.push(&SealedSegment::parse(&segment).unwrap(), cut).unwrap());
    }
    bytes.extend(writer.finish());
    let reel = Reel::open(&bytes).unwrap();
    let cuts = reel.segments().entries().iter().map(|entry| entry.flags.is_cut());
    assert_eq!(cuts.collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn segments_of_another_replay_are_refused() {
    let other = SegmentHeader { replay: ReplayId::new("d", "s").unwrap(), ..place(1, 1, 0, 0) };
    assert!(write(&[second(0), sealed(&other, &[])]).is_err());
}

#[test]
fn a_reel_without_its_trailer_is_scanned() {
    let segments: Vec<Vec<u8>> = (0..3).map(second).collect();
    let reel = write(&segments).unwrap();
    let whole = Reel::open(&reel).unwrap();
    assert_eq!(whole.damage(), None);
    let manifest_at = Trailer::parse(&reel).unwrap().manifest_at as usize;
    for end in [reel.len() - 1, reel.len() - 22, manifest_at + 9, manifest_at - 30] {
        let cut = &reel[..end];
        let scanned = Reel::open(cut).unwrap();
        assert!(scanned.damage().is_some() && scanned.lost().is_empty());
        assert_eq!(order_of(cut), [(1, 0), (1, 1), (1, 2)]);
        let starts = |reel: &Reel<'_>| -> Vec<u64> {
            reel.segments().entries().iter().map(|entry| entry.start_ms).collect()
        };
        assert_eq!(starts(&scanned), starts(&whole));
        assert_eq!(scanned.manifest().screens, whole.manifest().screens);
        assert_eq!(scanned.manifest().activity, whole.manifest().activity);
    }
}

#[test]
fn a_damaged_segment_costs_itself_alone() {
    let mut reel = write(&[second(0), second(1), second(2)]).unwrap();
    let entry = Reel::open(&reel).unwrap().segments().entries()[1];
    reel[entry.offset as usize + 100] ^= 1;
    let found = Reel::open(&reel).unwrap();
    assert_eq!(found.damage(), None);
    let good: Vec<bool> = (0..3).map(|at| found.segment(at).is_ok()).collect();
    assert_eq!(good, [true, false, true]);
    // And without the manifest too.
    reel.truncate(reel.len() - 1);
    let scanned = Reel::open(&reel).unwrap();
    assert_eq!(order_of(&reel), [(1, 0), (1, 2)]);
    assert_eq!(scanned.lost().iter().map(|(at, _)| *at).collect::<Vec<_>>(), [entry.offset]);
    assert!(scanned.segments().entries()[1].flags.is_after_gap());
}

#[test]
fn any_flipped_bit_of_the_end_is_found_and_costs_nothing() {
    let reel = write(&[second(0), second(1)]).unwrap();
    let from = Trailer::parse(&reel).unwrap().manifest_at as usize;
    for bit in from * 8..reel.len() * 8 {
        let mut damaged = reel.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(Reel::open(&damaged).unwrap().damage().is_some(), "bit {bit}");
        assert_eq!(order_of(&damaged), [(1, 0), (1, 1)], "bit {bit}");
    }
}

#[test]
fn bytes_behind_the_trailer_are_damage() {
    let mut reel = write(&[second(0)]).unwrap();
    reel.push(0);
    assert!(Reel::open(&reel).unwrap().damage().is_some());
    assert_eq!(order_of(&reel), [(1, 0)]);
}

#[test]
fn another_version_is_refused_and_named() {
    let mut reel = write(&[second(0)]).unwrap();
    let version = reel.len() - 6;
    reel[version] = 2;
    let damage = Reel::open(&reel).unwrap().damage();
    assert!(matches!(damage, Some(FormatError::UnknownVersion { version: 2, .. })));
    reel[4] = 2;
    let refused = Reel::open(&reel).map(|_| ());
    assert!(matches!(refused, Err(FormatError::UnknownVersion { version: 2, .. })));
}

#[test]
fn an_empty_reel_has_no_segments() {
    let reel = write::<Vec<u8>>(&[]).unwrap();
    let reel = Reel::open(&reel).unwrap();
    assert_eq!((reel.damage(), reel.find(0)), (None, None));
    assert!(reel.segments().entries().is_empty());
    assert_eq!(reel.manifest().replay, ReplayId::default());
}

/// A segment without records.
fn tiny(seq: u32) -> Vec<u8> {
    sealed(&place(1, seq, i64::from(seq) * 640, u64::from(seq) * 640), &[])
}

#[test]
fn a_very_long_reel_has_pages() {
    let segments: Vec<Vec<u8>> = (0..8_200).map(tiny).collect();
    let bytes = write(&segments).unwrap();
    let reel = Reel::open(&bytes).unwrap();
    assert_eq!((reel.damage(), reel.segments().entries().len()), (None, 8_200));
    let trailer = Trailer::parse(&bytes).unwrap();
    assert!(trailer.manifest_len < 2_000, "{} bytes", trailer.manifest_len);
    let Listing::Pages(pages) = &reel.manifest().listing else { panic!("8,200 are too many") };
    assert_eq!(pages.iter().map(|page| page.segments).collect::<Vec<_>>(), [4_096, 4_096, 8]);
    for time_ms in (0..8_300 * 640).step_by(40_009) {
        let page = &pages[reel.manifest().find(time_ms).unwrap()];
        let at = page.offset as usize;
        let stored = &bytes[at..at + page.len as usize];
        let list = page.parse(stored, &reel.manifest().runs).unwrap();
        let entry = list.entries()[list.find(time_ms).unwrap()];
        assert_eq!(entry, reel.segments().entries()[reel.find(time_ms).unwrap()]);
        assert_eq!(u64::from(entry.seq), (time_ms / 640).min(8_199));
    }
}

#[test]
fn a_damaged_page_is_scanned_around() {
    let segments: Vec<Vec<u8>> = (0..4_100).map(tiny).collect();
    let mut bytes = write(&segments).unwrap();
    let reel = Reel::open(&bytes).unwrap();
    let Listing::Pages(pages) = &reel.manifest().listing else { panic!("4,100 are too many") };
    let at = pages[1].offset as usize;
    let entries = reel.segments().entries().to_vec();
    bytes[at + 5] ^= 1;
    let scanned = Reel::open(&bytes).unwrap();
    assert!(scanned.damage().is_some());
    assert_eq!(scanned.segments().entries().len(), entries.len());
    assert_eq!(scanned.segments().entries()[4_099].start_ms, entries[4_099].start_ms);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_clocks_say_a_reel_reads_back(
        places in prop::collection::vec((0_u64..4, any::<u32>(), any::<i64>(), any::<u64>()), 1..12)
    ) {
        let segments: Vec<Vec<u8>> =
            places.iter().map(|&(run, seq, wall, start)| segment(run, seq, wall, start)).collect();
        let bytes = write(&segments).unwrap();
        let reel = Reel::open(&bytes).unwrap();
        prop_assert_eq!(reel.damage(), None);
        prop_assert!((0..segments.len()).all(|at| reel.segment(at).is_ok()));
        prop_assert!(reel.segments().entries().is_sorted_by_key(|entry| entry.start_ms));
        prop_assert!(reel.segments().entries().iter().all(|it| it.start_ms <= it.end_ms));
        let scanned = Reel::open(&bytes[..bytes.len() - 1]).unwrap();
        let starts = |reel: &Reel<'_>| -> Vec<u64> {
            reel.segments().entries().iter().map(|entry| entry.start_ms).collect()
        };
        prop_assert_eq!(starts(&scanned), starts(&reel));
    }
}
