//! Bytes that somebody made on purpose are refused, and cost little.

mod common;

use common::header;
use common::raw::{
    STORY, TOUCHES, VISUAL, chunk, chunk_of, close, deflated, header_bytes, record, seal, uv,
};
use viewreel_format::limits::{
    FREE_INFLATED_BYTES, MAX_INFLATION, MAX_SEGMENT_BYTES, MAX_SEGMENT_CHUNKS,
    MAX_SEGMENT_INFLATED_BYTES,
};
use viewreel_format::{FormatError, Recovered, SealedSegment, SegmentWriter, recover, split};
use viewreel_model::record::Body;

/// What is wrong with a segment whose only chunk has these records.
fn refused(track: u8, records: &[u8]) -> Option<FormatError> {
    let bytes = seal(&[chunk_of(track, records)]);
    let segment = SealedSegment::parse(&bytes).unwrap();
    segment.records().find_map(Result::err)
}

#[test]
fn more_chunks_than_the_limit_are_refused_before_one_is_inflated() {
    let small = chunk(STORY, 1, &[]);
    let bytes = seal(&vec![small.clone(); MAX_SEGMENT_CHUNKS + 1]);
    let error = SealedSegment::parse(&bytes).unwrap_err();
    assert!(matches!(error, FormatError::Limit { limit: MAX_SEGMENT_CHUNKS, .. }), "{error}");
}

#[test]
fn thousands_of_chunks_need_no_deep_stack() {
    let bytes = seal(&vec![chunk(STORY, 1, &[]); MAX_SEGMENT_CHUNKS]);
    let count = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(move || SealedSegment::parse(&bytes).unwrap().records().count())
        .unwrap();
    assert_eq!(count.join().unwrap(), 1, "one error and nothing else");
}

#[test]
fn a_stream_of_another_size_than_stated_is_refused_and_so_is_one_that_ends() {
    let log = record(4, &[0, 1, b'x']);
    let final_block = [3, 0];
    let cases = [
        chunk(STORY, log.len() + 1, &deflated(&log)),
        chunk(STORY, log.len() - 1, &deflated(&log)),
        chunk(STORY, log.len(), &[deflated(&log), final_block.to_vec()].concat()),
        chunk(STORY, 1, &[0xff]),
    ];
    for case in cases {
        let bytes = seal(&[case]);
        let first = SealedSegment::parse(&bytes).unwrap().records().next().unwrap();
        assert!(first.unwrap_err().to_string().contains("a DEFLATE stream"));
    }
}

#[test]
fn a_segment_that_inflates_to_much_more_than_it_is_long_is_refused() {
    let most = |stored: usize| FREE_INFLATED_BYTES + MAX_INFLATION * stored;
    let head = header_bytes().len();
    let padding = [0; 100];
    let with = |claim: usize| SealedSegment::parse(&seal(&[chunk(VISUAL, claim, &padding)])).err();
    let length = head + chunk(VISUAL, most(300), &padding).len();
    assert!(with(most(length)).is_none());
    assert!(matches!(with(most(length) + 1), Some(FormatError::Limit { .. })));
}

#[test]
fn chunks_of_tracks_of_later_versions_are_left_alone() {
    let log = record(4, &[0, 1, b'x']);
    let bytes = seal(&[chunk(3, 5, b"?????"), chunk_of(STORY, &log)]);
    assert_eq!(SealedSegment::parse(&bytes).unwrap().records().count(), 1);
}

#[test]
fn lengths_that_no_screen_has_are_refused() {
    // Count, code, pointer, x, y.
    let touch = |x: &[u8]| record(1, &[&[1, 0, 1], x, &[0]].concat());
    let smallest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    let is_expected = |error: FormatError| error.class() == "expected" && error.place().offset == 6;
    assert!(refused(TOUCHES, &touch(&[64])).is_none());
    assert!(refused(TOUCHES, &touch(&smallest)).is_some_and(is_expected));
}

#[test]
fn recovery_keeps_no_more_than_a_segment_may_hold() {
    let mut noise = 1_u32;
    let mut random = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    let block = record(
        200,
        &(0..4 << 20).map(|at| if at % 64 == 0 { random() } else { 0 }).collect::<Vec<_>>(),
    );
    let open = [header_bytes(), chunk_of(VISUAL, &block), chunk_of(TOUCHES, &block)].concat();
    match recover(&open).unwrap() {
        Recovered::Empty => assert!(2 * block.len() > MAX_SEGMENT_INFLATED_BYTES),
        other => panic!("{other:?}"),
    }
}

#[test]
fn recovery_keeps_nothing_of_a_stream_that_cannot_end_there() {
    // A stored block of one byte more than there is; what ends the flush is taken
    // for the body of the record.
    let payload = [0, 8, 0, 0xf7, 0xff, 200, 0, 4];
    let open = [header_bytes(), chunk(STORY, 7, &payload)].concat();
    assert_eq!(recover(&open), Ok(Recovered::Empty));
}

#[test]
fn segments_that_make_the_splitter_read_far_in_vain_end_it_soon() {
    let lure = [header_bytes(), vec![0x11, 1], uv(MAX_SEGMENT_BYTES / 2)].concat();
    let body = lure.repeat((4 << 20) / lure.len());
    assert!(split(&body).count() < 100);
    // Damage that leads nowhere costs nothing and hides nothing.
    let good = seal(&[]);
    let body = [header_bytes(), good].concat().repeat(1_000);
    let found: Vec<bool> = split(&body).map(|segment| segment.is_ok()).collect();
    assert_eq!(found, [false, true].repeat(1_000));
}

#[test]
fn a_few_kilobytes_of_references_to_one_long_string_are_not_gigabytes() {
    let text = "x".repeat(4_096);
    let body = [vec![1], uv(text.len()), text.into_bytes()].concat();
    let mut records = record(3, &body);
    let repeats = record(3, &[3]).repeat(200_000);
    records.extend(repeats);
    // Stored, so that the limit of inflation is not met first.
    let stored: Vec<u8> = records.chunks(65_535).flat_map(stored_block).chain([0]).collect();
    let bytes = seal(&[chunk(STORY, records.len(), &stored)]);
    let segment = SealedSegment::parse(&bytes).unwrap();
    let read = segment.records().map_while(Result::ok).count();
    assert_eq!(read, (64 << 20) / 4_096);
    assert!(segment.records().any(|record| record.is_err()));
}

fn stored_block(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() as u16;
    [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), bytes].concat()
}

#[test]
fn a_writer_begins_another_segment_before_readers_would_give_up() {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    let event = Body::Event("x".repeat(4_096));
    let pushed = (0..20_000).take_while(|_| writer.push(1_000, &event).is_ok()).count();
    bytes.extend(writer.seal());
    assert_eq!(pushed, (64 << 20) / 4_096);
    assert!(SealedSegment::parse(&bytes).unwrap().records().all(|record| record.is_ok()));
}

#[test]
fn a_writer_stores_what_deflates_too_well() {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    let event = Body::Event("x".repeat(4_096));
    for _ in 0..100_000 {
        if writer.push(1_000, &event).is_err() {
            break;
        }
        if writer.pending_len() > 40_000 {
            bytes.extend(writer.cut());
        }
    }
    bytes.extend(writer.seal());
    assert!(SealedSegment::parse(&bytes).unwrap().records().all(|record| record.is_ok()));
}

#[test]
fn an_open_file_that_claims_more_chunks_than_it_has_is_refused() {
    let open = [header_bytes(), chunk_of(STORY, &record(4, &[0, 1, b'x']))].concat();
    assert!(SealedSegment::parse(&close(&open, 1)).is_ok());
    assert_eq!(SealedSegment::parse(&close(&open, 2)).unwrap_err().class(), "expected");
}
