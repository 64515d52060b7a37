//! Reels keep their segments as they are, in playing order, and survive damage.

mod common;

use common::header;
use viewreel_format::reel::{read, write};
use viewreel_format::{SegmentHeader, SegmentWriter};
use viewreel_model::record::Body;
use viewreel_model::{Run, SegmentId};

fn segment(run: u64, seq: u32, wall_ms: i64, start_ms: u64) -> Vec<u8> {
    let header = SegmentHeader {
        segment_id: SegmentId(u128::from(run) << 32 | u128::from(seq)),
        run: Run(run),
        seq,
        start_ms,
        wall_ms,
        ..header()
    };
    let (mut writer, mut bytes) = SegmentWriter::begin(&header);
    writer.push(start_ms, &Body::Event(format!("{run}/{seq}"))).unwrap();
    bytes.extend(writer.seal());
    bytes
}

fn order_of(reel: &[u8]) -> Vec<(u64, u32)> {
    let reel = read(reel).unwrap();
    let header = |entry: &(usize, Result<_, _>)| -> (u64, u32) {
        let segment: &Result<viewreel_format::SealedSegment<'_>, _> = &entry.1;
        let header = segment.as_ref().unwrap().header();
        (header.run.0, header.seq)
    };
    reel.segments.iter().map(header).collect()
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
}

#[test]
fn a_segment_in_a_reel_is_the_segment_that_was_given() {
    let given = segment(1, 0, 0, 0);
    let reel = write(std::slice::from_ref(&given)).unwrap();
    assert_eq!(read(&reel).unwrap().segments[0].1.as_ref().unwrap().bytes(), given);
}

#[test]
fn a_reel_without_its_directory_is_scanned() {
    let reel = write(&[segment(1, 0, 0, 0), segment(1, 1, 100, 100)]).unwrap();
    for end in [reel.len() - 1, reel.len() - 16, reel.len() - 18] {
        let cut = &reel[..end];
        assert!(read(cut).unwrap().directory_error.is_some());
        assert_eq!(order_of(cut), [(1, 0), (1, 1)]);
    }
}

#[test]
fn a_damaged_segment_is_one_entry_with_an_error() {
    let mut reel = write(&[segment(1, 0, 0, 0), segment(1, 1, 100, 100)]).unwrap();
    reel[100] ^= 1;
    let found = read(&reel).unwrap();
    let good: Vec<bool> = found.segments.iter().map(|(_, segment)| segment.is_ok()).collect();
    assert_eq!(good, [false, true]);
}

#[test]
fn an_empty_reel_has_no_segments() {
    let reel = write(&[]).unwrap();
    assert!(read(&reel).unwrap().segments.is_empty());
}
