//! A segment is read and played, whatever it is.

use crate::mend;
use crate::play::play;
use viewreel_format::{SealedSegment, Track};

/// Any bytes, as they are and with checksums that hold.
///
/// # Panics
/// Where readers do not agree with one another or with themselves.
pub fn check(bytes: &[u8]) {
    check_bytes(bytes);
    let mut mended = bytes.to_vec();
    if mend::segment(&mut mended).is_some() {
        check_bytes(&mended);
    }
}

fn check_bytes(bytes: &[u8]) {
    let Ok(segment) = SealedSegment::parse_first(bytes) else {
        assert!(SealedSegment::parse(bytes).is_err());
        return;
    };
    let is_all = segment.bytes().len() == bytes.len();
    assert_eq!(SealedSegment::parse(bytes).is_ok(), is_all);
    check_segment(&segment);
}

/// Reads all tracks and plays the segment.
///
/// # Panics
/// Where a track has more than one error or goes on behind it, or where the
/// merged entries are others than those of the tracks.
pub fn check_segment(segment: &SealedSegment<'_>) {
    let counts = Track::ALL.map(|track| check_track(segment, track));
    let is_whole = counts.iter().all(|(_, has_failed)| !has_failed);
    let read = segment.records().filter(Result::is_ok).count();
    let most = counts.iter().map(|(read, _)| read).sum();
    assert!(if is_whole { read == most } else { read <= most });
    assert_eq!(segment.records().any(|record| record.is_err()), !is_whole);
    assert_eq!(segment.weigh().is_err(), counts[0].1);
    let _ = play(segment);
}

/// The number of entries of a track, and whether it ends in an error.
fn check_track(segment: &SealedSegment<'_>, track: Track) -> (usize, bool) {
    let mut records = segment.track(track);
    let (mut read, mut time_ms) = (0, segment.header().start_ms);
    loop {
        match records.next() {
            Some(Ok(record)) => {
                assert!(record.time_ms >= time_ms, "entries are in order of time");
                assert_eq!(Track::of(&record.body), track);
                (read, time_ms) = (read + 1, record.time_ms);
            }
            Some(Err(error)) => {
                assert!(records.next().is_none(), "an error is the last entry");
                assert_eq!(error.place().track, Some(track as u8));
                return (read, true);
            }
            None => return (read, false),
        }
    }
}
