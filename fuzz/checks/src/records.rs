//! Records of any bytes are read, and what was read comes back when it is
//! written.

use crate::raw::{self, Piece};
use crate::same::same;
use crate::segment::check_segment;
use viewreel_format::{SealedSegment, SegmentWriter, Track};
use viewreel_model::Record;

/// The first byte says what the others are: the records of that track, or a
/// third of each.
///
/// # Panics
/// Where a decoder accepts what does not come back when it is written.
pub fn check(bytes: &[u8]) {
    let Some((&kind, records)) = bytes.split_first() else { return };
    let tracks = share(usize::from(kind) % 4, records);
    let pieces: Vec<Piece> = (0..).zip(tracks).filter_map(piece).collect();
    let chunks = if pieces.is_empty() { vec![] } else { vec![raw::chunk(&pieces)] };
    let sealed = raw::seal(&chunks);
    let Ok(segment) = SealedSegment::parse(&sealed) else { panic!("the segment is well formed") };
    check_segment(&segment);
    check_rewritten(&segment);
}

fn share(kind: usize, records: &[u8]) -> [&[u8]; 3] {
    let third = records.len() / 3;
    match kind {
        3 => [&records[..third], &records[third..2 * third], &records[2 * third..]],
        only => [0, 1, 2].map(|track| if track == only { records } else { &[] }),
    }
}

fn piece((track, records): (u8, &[u8])) -> Option<Piece> {
    (!records.is_empty()).then(|| (track, records.len(), raw::stored(records)))
}

/// Writes what each track says up to its error and reads it again.
fn check_rewritten(segment: &SealedSegment<'_>) {
    let tracks = Track::ALL.into_iter().map(|track| segment.track(track));
    let mut records: Vec<Record> = tracks.flat_map(|track| track.map_while(Result::ok)).collect();
    records.sort_by_key(|record| record.time_ms);
    let rewritten = write(&records);
    let Ok(again) = SealedSegment::parse(&rewritten) else { panic!("what is written is read") };
    let mut read = again.records();
    for (at, record) in records.iter().enumerate() {
        match read.next() {
            Some(Ok(other)) => assert!(same(record, &other), "record {at} is another one"),
            other => panic!("record {at} is lost: {other:?}"),
        }
    }
    assert!(read.next().is_none(), "nothing is added");
}

fn write(records: &[Record]) -> Vec<u8> {
    let (mut writer, mut out) = SegmentWriter::begin(&raw::header());
    for (at, record) in records.iter().enumerate() {
        if let Err(error) = writer.push(record.time_ms, &record.body) {
            panic!("record {at} was read and cannot be written: {error}");
        }
        if at % 3 == 2 {
            out.extend(writer.cut());
        }
    }
    out.extend(writer.seal());
    out
}
