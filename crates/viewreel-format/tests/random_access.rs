//! What is on the screen at a time is the same however one comes there.

#[path = "common/stage.rs"]
mod stage;

use stage::{Noise, Play, SEGMENT_MS, play};
use viewreel_format::FormatError;
use viewreel_format::reel::{Reel, write};
use viewreel_model::record::State;
use viewreel_model::{Snapshot, StateId};
use viewreel_tree::{Playhead, SeekError, seek};

/// What is on the screen.
type Picture = (StateId, Snapshot, State);

fn picture(playhead: &Playhead) -> Picture {
    let tree = playhead.tree().expect("every segment begins with a keyframe");
    (tree.state(), tree.snapshot(), playhead.state().clone())
}

/// The picture at a replay time, from one segment.
fn sought(reel: &Reel<'_>, time_ms: u64) -> Picture {
    let at = reel.find(time_ms).unwrap();
    let segment = reel.segment(at).unwrap();
    let into_ms = time_ms - reel.segments().entries()[at].start_ms;
    picture(&seek(segment.records(), segment.header().start_ms + into_ms).unwrap())
}

/// The pictures at these times, which ascend, from playing all from the beginning.
fn played(reel: &Reel<'_>, times: &[u64]) -> Vec<Picture> {
    let mut playhead = Playhead::default();
    let mut pictures = Vec::new();
    for (at, entry) in reel.segments().entries().iter().enumerate() {
        let segment = reel.segment(at).unwrap();
        let until_ms = reel.segments().until_ms(at);
        for record in segment.records().map(Result::unwrap) {
            let time_ms = entry.start_ms + record.time_ms - segment.header().start_ms;
            take(&mut pictures, &playhead, times, time_ms.min(until_ms));
            playhead.play::<SeekError<FormatError>>(record).unwrap();
        }
        take(&mut pictures, &playhead, times, until_ms);
    }
    take(&mut pictures, &playhead, times, u64::MAX);
    pictures
}

/// Takes the pictures of all times before `before_ms` that are not taken yet.
fn take(pictures: &mut Vec<Picture>, playhead: &Playhead, times: &[u64], before_ms: u64) {
    while times.get(pictures.len()).is_some_and(|&time_ms| time_ms < before_ms) {
        pictures.push(picture(playhead));
    }
}

#[test]
fn two_hours_look_the_same_forwards_and_backwards_and_at_random() {
    let bytes = write(&play(Play { segments: 240, rows: 9, changes: 1, returns: 10 }, 7)).unwrap();
    let reel = Reel::open(&bytes).unwrap();
    let length_ms = reel.manifest().length_ms();
    assert!(length_ms > 7_199_000);
    let mut noise = Noise(3);
    let mut times: Vec<u64> = (0..3_000).map(|_| noise.below(length_ms)).collect();
    times.sort_unstable();
    let expected = played(&reel, &times);
    for at in (0..times.len()).rev().step_by(2) {
        assert!(sought(&reel, times[at]) == expected[at], "backwards, {} ms", times[at]);
    }
    for _ in 0..1_000 {
        let at = noise.below(times.len() as u64) as usize;
        assert!(sought(&reel, times[at]) == expected[at], "at random, {} ms", times[at]);
    }
}

const SMALL: Play = Play { segments: 8, rows: 6, changes: 1, returns: 10 };

/// Some times in every segment of [`SMALL`], and its pictures at these.
fn moments(reel: &Reel<'_>) -> Vec<(u64, Picture)> {
    let times: Vec<u64> = (0..u64::from(SMALL.segments) * SEGMENT_MS).step_by(3_700).collect();
    times.iter().copied().zip(played(reel, &times)).collect()
}

#[test]
fn without_any_one_segment_the_rest_plays_and_the_gap_is_flagged() {
    let segments = play(SMALL, 1);
    let whole = write(&segments).unwrap();
    let whole = Reel::open(&whole).unwrap();
    let expected = moments(&whole);
    for lost in 1..segments.len() {
        let mut rest = segments.clone();
        rest.remove(lost);
        let bytes = write(&rest).unwrap();
        let reel = Reel::open(&bytes).unwrap();
        let entries = reel.segments().entries();
        let flagged = entries.iter().position(|entry| entry.flags.is_after_gap());
        assert_eq!(flagged, (lost < rest.len()).then_some(lost));
        for (time_ms, picture) in &expected {
            if whole.find(*time_ms) != Some(lost) {
                assert!(sought(&reel, *time_ms) == *picture, "without {lost}, at {time_ms} ms");
            }
        }
    }
}

#[test]
fn without_the_first_segment_the_replay_begins_later() {
    let segments = play(SMALL, 1);
    let whole = write(&segments).unwrap();
    let rest = write(&segments[1..]).unwrap();
    let (whole, rest) = (Reel::open(&whole).unwrap(), Reel::open(&rest).unwrap());
    assert!(rest.segments().entries()[0].flags.is_after_gap());
    assert!(sought(&rest, 20_500) == sought(&whole, 50_500));
}

#[test]
fn any_one_segment_twice_or_in_another_place_changes_no_picture() {
    let segments = play(SMALL, 2);
    let whole = write(&segments).unwrap();
    let expected = moments(&Reel::open(&whole).unwrap());
    for at in 0..segments.len() {
        let mut doubled = segments.clone();
        doubled.push(segments[at].clone());
        let bytes = write(&doubled).unwrap();
        let reel = Reel::open(&bytes).unwrap();
        assert_eq!(reel.segments().entries().len(), segments.len() + 1);
        for (time_ms, picture) in expected.iter().step_by(3) {
            assert!(sought(&reel, *time_ms) == *picture, "{at} twice, at {time_ms} ms");
        }
        let mut moved = segments.clone();
        let segment = moved.remove(at);
        moved.insert((at + 5) % segments.len(), segment);
        assert!(write(&moved).unwrap() == whole);
    }
}
