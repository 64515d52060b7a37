//! Bytes that somebody made on purpose are refused, and cost little.

mod common;

use common::header;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;
use viewreel_format::limits::{MAX_SEGMENT_BYTES, MAX_SEGMENT_CHUNKS, MAX_SEGMENT_INFLATED_BYTES};
use viewreel_format::{FormatError, Recovered, SealedSegment, SegmentWriter, recover, reel, split};
use viewreel_model::record::Body;

fn deflated(records: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(records).unwrap();
    encoder.finish().unwrap()
}

/// A chunk that claims `inflated_len` bytes.
fn chunk(inflated_len: usize, stream: &[u8]) -> Vec<u8> {
    let mut out = vec![b'C'];
    for word in [inflated_len, stream.len(), crc32fast::hash(stream) as usize] {
        out.extend((word as u32).to_le_bytes());
    }
    out.extend(stream);
    out
}

fn header_bytes() -> Vec<u8> {
    SegmentWriter::begin(&header()).1
}

/// A sealed segment of these chunks, whatever they hold.
fn seal(chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut out = [header_bytes(), chunks.concat()].concat();
    out.push(b'F');
    out.extend(u64::MAX.to_le_bytes());
    for word in [chunks.len(), 0, out.len() + 16] {
        out.extend((word as u32).to_le_bytes());
    }
    let crc = crc32fast::hash(&out);
    out.extend(crc.to_le_bytes());
    out
}

/// What is wrong with a segment whose only chunk has these records.
fn refused(records: &[u8]) -> Option<FormatError> {
    let bytes = seal(&[chunk(records.len(), &deflated(records))]);
    let segment = SealedSegment::parse(&bytes).unwrap();
    segment.records().find_map(Result::err)
}

#[test]
fn more_chunks_than_the_limit_are_refused_before_one_is_inflated() {
    let empty = chunk(0, &deflated(&[]));
    let room = MAX_SEGMENT_BYTES - header_bytes().len() - 25;
    let bytes = seal(&vec![empty.clone(); room / empty.len()]);
    let error = SealedSegment::parse(&bytes).unwrap_err();
    assert!(matches!(error, FormatError::Limit { limit: MAX_SEGMENT_CHUNKS, .. }), "{error}");
}

#[test]
fn thousands_of_empty_chunks_are_passed_by() {
    let bytes = seal(&vec![chunk(0, &deflated(&[])); MAX_SEGMENT_CHUNKS]);
    // On a thread with little stack: nothing may nest as deep as the input is long.
    let count = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(move || SealedSegment::parse(&bytes).unwrap().records().count())
        .unwrap();
    assert_eq!(count.join().unwrap(), 0);
}

#[test]
fn a_stream_without_an_end_is_refused() {
    let log = [10, 0, 3, 0, 1, b'x'];
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(&log).unwrap();
    encoder.flush().unwrap();
    let endless = encoder.get_ref().clone();
    let bytes = seal(&[chunk(log.len(), &endless)]);
    let first = SealedSegment::parse(&bytes).unwrap().records().next().unwrap();
    assert!(first.unwrap_err().to_string().contains("a DEFLATE stream"));
}

#[test]
fn lengths_that_no_screen_has_are_refused() {
    // Touch: pointer, phase, x, y, masked flag.
    let touch = |x: &[u8]| {
        let body = [&[1, 0], x, &[0, 0]].concat();
        [&[4, 0, body.len() as u8], body.as_slice()].concat()
    };
    let smallest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    let expected_length = |error: FormatError| error.to_string().contains("expected");
    assert!(refused(&touch(&[64])).is_none());
    assert!(refused(&touch(&smallest)).is_some_and(expected_length));
}

#[test]
fn recovery_keeps_no_more_than_a_segment_may_hold() {
    let skipped = |n: usize| [vec![200, 0], uv(n), vec![0; n]].concat();
    let block = skipped((4 << 20) - 6);
    assert_eq!(block.len(), 4 << 20);
    let full = chunk(block.len(), &deflated(&block));
    let open = [header_bytes(), full.clone(), full.clone(), full].concat();
    match recover(&open).unwrap() {
        Recovered::Cut { keep_bytes, footer } => {
            let whole = [&open[..keep_bytes], &footer].concat();
            assert!(SealedSegment::parse(&whole).is_ok());
            assert!(2 * block.len() <= MAX_SEGMENT_INFLATED_BYTES);
        }
        other => panic!("{other:?}"),
    }
}

fn uv(mut value: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

#[test]
fn segments_that_make_the_splitter_read_far_in_vain_end_it_soon() {
    let mut lure = [header_bytes(), chunk(0, &[])].concat();
    let length_at = lure.len() - 8;
    lure[length_at..length_at + 4].copy_from_slice(&(MAX_SEGMENT_BYTES as u32 / 2).to_le_bytes());
    let body = lure.repeat((4 << 20) / lure.len());
    assert!(split(&body).count() < 100);
    // Damage that leads nowhere costs nothing and hides nothing.
    let good = seal(&[]);
    let body = [header_bytes(), good].concat().repeat(1_000);
    let found: Vec<bool> = split(&body).map(|segment| segment.is_ok()).collect();
    assert_eq!(found, [false, true].repeat(1_000));
}

#[test]
fn a_directory_whose_segments_share_bytes_is_not_followed() {
    let segment = seal(&[]);
    let file = reel::write(&[segment.clone(), segment.clone()]).unwrap();
    assert!(reel::read(&file).unwrap().directory_error.is_none());
    let at = file.len() - 16;
    let directory_at = 8 + 2 * segment.len();
    let mut shared = file[..directory_at].to_vec();
    shared.extend(uv(3));
    shared.extend([uv(8), uv(segment.len())].concat().repeat(3));
    let crc = crc32fast::hash(&shared[directory_at..]);
    shared.extend(&file[at..at + 8]);
    shared.extend(crc.to_le_bytes());
    shared.extend(b"VRRE");
    let reel = reel::read(&shared).unwrap();
    assert!(reel.directory_error.is_some());
    assert_eq!(reel.segments.len(), 2, "they are found by scanning");
}

#[test]
fn a_few_kilobytes_of_references_to_one_long_string_are_not_gigabytes() {
    let text = "x".repeat(4_096);
    let body = [vec![1], uv(text.len()), text.into_bytes()].concat();
    let mut records = [vec![9, 0], uv(body.len()), body].concat();
    records.extend([9, 0, 1, 1].repeat(1_000_000));
    let bytes = seal(&[chunk(records.len(), &deflated(&records))]);
    assert!(bytes.len() < 16 * 1024, "{} bytes", bytes.len());
    let segment = SealedSegment::parse(&bytes).unwrap();
    let read = segment.records().map_while(Result::ok).count();
    assert_eq!(read, (64 << 20) / 4_096);
    assert!(segment.records().any(|record| record.is_err()));
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
