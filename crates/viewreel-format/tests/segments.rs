//! Segments come back as they were written, and damage is found.

mod common;

use common::raw::{STORY, chunk, chunk_of, close, deflated, header_len, inflated};
use common::{header, open, records, same, seal};
use proptest::prelude::*;
use viewreel_format::limits::{MAX_LOG_BYTES, MAX_SEGMENT_BYTES};
use viewreel_format::{
    FormatError, Place, Recovered, ReplayId, SealedSegment, SegmentHeader, SegmentWriter,
    format_segment_id, parse_segment_id, readdress, recover, split,
};
use viewreel_model::record::{Body, LogLevel};
use viewreel_model::{LendRecords, Record};

fn events(count: u64) -> Vec<Record> {
    (0..count)
        .map(|n| Record { time_ms: 1_000 + n, body: Body::Event(format!("event {}", n % 5)) })
        .collect()
}

/// What recovery makes of an open file.
fn mended(open_file: &[u8]) -> Option<Vec<u8>> {
    match recover(open_file) {
        Ok(Recovered::Sealed) => Some(open_file.to_vec()),
        Ok(Recovered::Cut { keep_bytes, footer }) => {
            Some([&open_file[..keep_bytes], footer.as_slice()].concat())
        }
        Ok(Recovered::Empty) | Err(_) => None,
    }
}

/// What a segment gives.
type Entry = Result<Record, FormatError>;

/// Whether lent entries, every third of which is taken instead, are those that the
/// iterator gives.
fn lends_what_it_gives(segment: &SealedSegment<'_>) -> bool {
    let (mut lender, given) = (segment.records(), segment.records());
    let lent = (0..).map_while(|at| match at % 3 {
        2 => lender.next(),
        _ => lender.lend().map(|entry| entry.map(|record| record.clone())),
    });
    let (lent, given): (Vec<_>, Vec<_>) = (lent.collect(), given.collect());
    let is_same = |(a, b): (&Entry, &Entry)| match (a, b) {
        (Ok(a), Ok(b)) => same(a, b),
        (a, b) => a.as_ref().err() == b.as_ref().err(),
    };
    lent.len() == given.len() && lent.iter().zip(&given).all(is_same)
}

#[test]
fn the_header_comes_back_as_it_was_inflated() {
    let bytes = seal(&events(1), 1);
    assert_eq!(*SealedSegment::parse(&bytes).unwrap().header(), header());
}

#[test]
fn a_segment_is_another_s_when_its_header_is() {
    let sealed = seal(&events(9), 2);
    let replay = ReplayId::new("a-longer-device-id", "a-longer-session-id").unwrap();
    let theirs = SegmentHeader { seq: 77, replay, ..header() };
    let readdressed = readdress(&sealed, &theirs).unwrap();
    assert_eq!(*SealedSegment::parse(&readdressed).unwrap().header(), theirs);
    assert!(open(&readdressed).iter().zip(&events(9)).all(|(a, b)| same(a, b)));
    assert_eq!(readdress(&readdressed, &header()), Ok(sealed.clone()));
    let later = SegmentHeader { start_ms: header().start_ms + 1, ..theirs.clone() };
    assert!(readdress(&sealed, &later).is_err());
    assert!(readdress(&sealed[..header_len(&sealed) + 3], &theirs).is_err());
    assert!(readdress(&sealed[1..], &theirs).is_err());
}

#[test]
fn a_segment_id_comes_back_from_its_digits() {
    let digits = format_segment_id(header().segment_id);
    assert_eq!(digits, "0123456789abcdef0011223344556677");
    assert_eq!(parse_segment_id(&digits), Some(header().segment_id));
    for wrong in ["", "0123456789ABCDEF0011223344556677", "+123456789abcdef0011223344556677"] {
        assert_eq!(parse_segment_id(wrong), None);
    }
}

#[test]
fn a_version_of_the_future_is_named() {
    let mut bytes = seal(&events(1), 1);
    bytes[4] = 9;
    let error = SealedSegment::parse(&bytes).unwrap_err();
    let place = Place::stored(4);
    assert_eq!(error, FormatError::UnknownVersion { place, version: 9 });
}

#[test]
fn a_file_that_was_cut_at_any_byte_keeps_its_whole_chunks() {
    let records = events(12);
    let sealed = seal(&records, 4);
    let mut most = 0;
    for end in 0..sealed.len() {
        let Some(whole) = mended(&sealed[..end]) else { continue };
        let kept = open(&whole);
        assert!(kept.len().is_multiple_of(4) && kept.len() >= most, "cut at {end}");
        assert!(kept.iter().zip(&records).all(|(a, b)| same(a, b)));
        most = kept.len();
    }
    assert_eq!(most, 12);
}

#[test]
fn any_flipped_bit_is_found() {
    let sealed = seal(&events(6), 3);
    for bit in 0..sealed.len() * 8 {
        let mut damaged = sealed.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(SealedSegment::parse(&damaged).is_err(), "bit {bit}");
    }
}

#[test]
fn concatenated_segments_are_told_apart_around_a_damaged_one() {
    let good = seal(&events(3), 1);
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let body = [good.as_slice(), &damaged, &good].concat();
    let found: Vec<bool> = split(&body).map(|segment| segment.is_ok()).collect();
    assert_eq!(found, [true, false, true]);
}

#[test]
fn a_record_of_an_unknown_kind_is_skipped() {
    let again = |time_ms| Record { time_ms, body: Body::Event("again".into()) };
    let bytes = seal(&[again(1_000), again(1_001), again(1_002)], 3);
    let renamed = with_records(&bytes, |records| {
        let second = 1 + 1 + 1 + usize::from(records[2]);
        records[second] = 200;
    });
    let names = open(&renamed).len();
    assert_eq!(names, 2);
}

/// The segment with the records of its only chunk edited.
fn with_records(segment: &[u8], edit: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut records = inflated(segment, STORY);
    edit(&mut records);
    let open = [&segment[..header_len(segment)], &chunk_of(STORY, &records)].concat();
    close(&open, 1)
}

#[test]
fn a_chunk_that_inflates_to_more_than_it_says_is_not_kept() {
    let bytes = seal(&events(4), 4);
    let records = inflated(&bytes, STORY);
    let head = &bytes[..header_len(&bytes)];
    let claims = |len: usize| [head, &chunk(STORY, len, &deflated(&records))].concat();
    assert!(matches!(recover(&claims(records.len())), Ok(Recovered::Cut { .. })));
    assert_eq!(recover(&claims(records.len() - 1)), Ok(Recovered::Empty));
}

#[test]
fn a_writer_refuses_what_would_not_fit_and_can_still_be_sealed() {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    let mut state = 1_u64;
    let mut noise = || -> String {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b' ' + (state >> 33) as u8 % 90)
        };
        (0..MAX_LOG_BYTES).map(|_| next()).collect()
    };
    let full = loop {
        let body = Body::Log { level: LogLevel::Log, message: noise() };
        if let Err(error) = writer.push(1_000, &body) {
            break error;
        }
        bytes.extend(writer.cut());
    };
    bytes.extend(writer.seal());
    assert!(matches!(full, FormatError::Limit { limit: MAX_SEGMENT_BYTES, .. }), "{full}");
    assert!(bytes.len() <= MAX_SEGMENT_BYTES);
    assert!(SealedSegment::parse(&bytes).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn records_come_back_as_they_were_inflated(records in records(6), per_chunk in 1_usize..4) {
        let read = open(&seal(&records, per_chunk));
        prop_assert_eq!(read.len(), records.len());
        prop_assert!(read.iter().zip(&records).all(|(a, b)| same(a, b)));
    }

    #[test]
    fn equal_records_have_equal_bytes(records in records(4)) {
        prop_assert_eq!(seal(&records, 2), seal(&records, 2));
    }

    #[test]
    fn records_with_wild_bytes_give_records_or_one_error(
        records in records(3),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let sealed = seal(&records, 3);
        for track in 0..3 {
            let mut wild = inflated(&sealed, track);
            for (at, value) in &edits {
                if !wild.is_empty() {
                    let at = at.index(wild.len());
                    wild[at] = *value;
                }
            }
            let open = [&sealed[..header_len(&sealed)], &chunk_of(track, &wild)].concat();
            let bytes = close(&open, 1);
            let Ok(segment) = SealedSegment::parse(&bytes) else { continue };
            // It must neither panic nor go on after an error.
            let errors = segment.records().filter(Result::is_err).count();
            prop_assert!(errors <= 1);
            prop_assert!(lends_what_it_gives(&segment));
        }
    }

    #[test]
    fn wild_bytes_are_no_segment_and_no_reel(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(SealedSegment::parse(&bytes).is_err());
        prop_assert!(viewreel_format::reel::Reel::open(&bytes).is_err());
        prop_assert!(split(&bytes).all(|segment| segment.is_err()));
    }
}
