//! A manifest is small, and what somebody made on purpose costs little.

#![allow(clippy::print_stdout, reason = "sizes are worth reading")]

mod common;

use common::header;
use common::raw::{chunk, deflated, uv};
use proptest::prelude::*;
use viewreel_format::limits::{MAX_LIST_SEGMENTS, MAX_MANIFEST_BYTES, MAX_MANIFEST_INFLATED_BYTES};
use viewreel_format::reel::{Listing, Manifest, Reel, Trailer, write};
use viewreel_format::{FormatError, SegmentHeader, SegmentWriter};
use viewreel_model::record::{Body, LogLevel, Touch};
use viewreel_model::{Run, SegmentId};

/// Numbers that are not foreseen, the same in every test run.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = self.0 ^ (self.0 >> 29);
        mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Between `least` and `2^octaves` times that, evenly in its logarithm.
    fn log_even(&mut self, least: f64, octaves: f64) -> f64 {
        let fraction = self.below(1 << 20) as f64 / f64::from(1 << 20);
        least * (octaves * fraction).exp2()
    }
}

/// What a recorder makes of ten hours: 1,200 segments of 15 to 43 s and 3 to
/// 60 KB, six of ten directly behind each other, the others up to 20 s apart;
/// activity that goes up and down by four octaves every half minute, a screen
/// every six minutes, an error now and then, two restarts.
fn ten_hours(seed: u64) -> Vec<Vec<u8>> {
    let mut noise = Noise(seed);
    let mut wall_ms = 1_764_000_000_000_i64;
    let (mut seq, mut record_ms, mut run) = (0, 0, noise.next() << 32 | noise.next());
    let mut segments = Vec::new();
    for number in 0..1_200 {
        if number % 400 == 399 {
            (seq, record_ms, run) = (0, 0, noise.next() << 32 | noise.next());
        }
        let gap = match noise.below(10) {
            0..6 => noise.below(150),
            6..9 => noise.below(2_000),
            _ => noise.below(20_000),
        };
        let length_ms = 15_000 + noise.below(28_000);
        (wall_ms, record_ms) = (wall_ms + gap as i64, record_ms + gap);
        let header = SegmentHeader {
            segment_id: SegmentId(u128::from(noise.next())),
            run: Run(run),
            seq,
            start_ms: record_ms,
            wall_ms,
            ..header()
        };
        segments.push(noisy(&header, length_ms, &mut noise));
        (wall_ms, record_ms) = (wall_ms + length_ms as i64, record_ms + length_ms);
        seq += 1;
    }
    segments
}

fn noisy(header: &SegmentHeader, length_ms: u64, noise: &mut Noise) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(header);
    let start_ms = header.start_ms;
    let mut push = |after_ms, body| writer.push(start_ms + after_ms, &body).unwrap();
    let has_screen = noise.below(12) == 0;
    if has_screen {
        let name = format!("Screen{:08x}Controller", noise.below(25) * 0x0123_4567);
        push(noise.below(length_ms / 4), Body::Screen(name));
    }
    let has_error = noise.below(30) == 0;
    if has_error {
        push(length_ms / 4, Body::Log { level: LogLevel::Error, message: "failed".into() });
    }
    let touches = noise.log_even(4.0, 4.0) as u64;
    for n in 0..=touches {
        let after_ms = length_ms / 4 + n * (length_ms - length_ms / 4) / touches;
        push(after_ms, Body::Touch(Touch::default()));
    }
    bytes.extend(writer.cut());
    // A track of a later version makes the segment as long as it should be.
    bytes.extend(chunk(3, 1, &vec![0; noise.log_even(3_000.0, 4.3) as usize]));
    with_footer(bytes, length_ms)
}

/// Of a segment of two chunks.
fn with_footer(mut bytes: Vec<u8>, length_ms: u64) -> Vec<u8> {
    bytes.extend([vec![b'F'], uv(length_ms as usize), uv(2), uv(0)].concat());
    let crc = crc32fast::hash(&bytes);
    bytes.extend(crc.to_le_bytes());
    bytes
}

#[test]
fn the_manifest_of_ten_hours_is_at_most_4_kb() {
    for seed in 1..=3 {
        let segments = ten_hours(seed);
        let bytes = write(&segments).unwrap();
        let trailer = Trailer::parse(&bytes).unwrap();
        let reel = Reel::open(&bytes).unwrap();
        let manifest = reel.manifest();
        let hours = manifest.length_ms() as f64 / 3_600_000.0;
        let given: usize = segments.iter().map(Vec::len).sum();
        let shares = [
            format!("{hours:.1} h"),
            format!("{} segments of {} KB", segments.len(), given / segments.len() / 1_024),
            format!("{} screens", manifest.screens.changes.len()),
            format!("{} buckets", manifest.activity.levels().len()),
            format!("{} bytes of manifest", trailer.manifest_len),
            format!("{:.2} % padding", 100.0 * (bytes.len() - given) as f64 / given as f64),
        ];
        println!("{}", shares.join(", "));
        assert!(trailer.manifest_len <= 4_096, "{}", shares.join(", "));
        assert!(hours > 9.0 && manifest.screens.changes.len() > 70);
    }
}

#[test]
fn the_manifest_of_a_minute_is_small_too() {
    let segments = &ten_hours(4)[..2];
    let trailer = Trailer::parse(&write(segments).unwrap()).unwrap();
    println!("2 segments: {} bytes of manifest", trailer.manifest_len);
    assert!(trailer.manifest_len <= 512);
}

fn section(kind: u8, body: &[u8]) -> Vec<u8> {
    [vec![kind], uv(body.len()), body.to_vec()].concat()
}

/// Head and runs as in every manifest: no ids, wall clock 0, first segment at 8;
/// one run.
fn opening() -> Vec<u8> {
    let runs = [vec![1], vec![0; 8], vec![0]].concat();
    [section(1, &[0, 0, 0, 8]), section(2, &runs)].concat()
}

fn stored(sections: &[u8]) -> Vec<u8> {
    let stream = [deflated(sections), vec![0, 0, 0xff, 0xff, 3, 0]].concat();
    [uv(sections.len()), stream].concat()
}

/// What is read of these sections where `room` bytes of segments lie before them.
fn parse(sections: &[u8], room: u64) -> Result<Manifest, FormatError> {
    parse_stored(&stored(sections), room)
}

fn parse_stored(stored: &[u8], room: u64) -> Result<Manifest, FormatError> {
    let crc = crc32fast::hash(stored);
    let manifest_len = stored.len() as u32;
    Manifest::parse(stored, &Trailer { manifest_at: 8 + room, manifest_len, crc })
}

/// A section of `count` segments of a unit each, all at 0.
fn segments(count: usize) -> Vec<u8> {
    let column = || [vec![0], vec![0; count]].concat();
    section(3, &[uv(count), vec![0], column().repeat(6)].concat())
}

#[test]
fn a_list_has_no_more_segments_than_the_file_has_room_for() {
    let count = |count: usize, room: u64| {
        let manifest = parse(&[opening(), segments(count)].concat(), room)?;
        let Listing::Segments(list) = manifest.listing else { panic!("no pages were written") };
        Ok::<_, FormatError>(list.entries().len())
    };
    assert_eq!(count(3, 3 * 256), Ok(3));
    assert!(count(4, 3 * 256).is_err());
    assert_eq!(count(MAX_LIST_SEGMENTS, 1 << 40), Ok(MAX_LIST_SEGMENTS));
    let error = count(MAX_LIST_SEGMENTS + 1, 1 << 40).unwrap_err();
    assert!(matches!(error, FormatError::Limit { limit: MAX_LIST_SEGMENTS, .. }));
}

#[test]
fn sections_of_later_versions_are_passed_over_and_the_known_ones_stand_in_order() {
    let later = section(99, b"what?");
    assert!(parse(&[later.clone(), opening(), later, segments(1)].concat(), 256).is_ok());
    assert!(parse(&[segments(1), opening()].concat(), 256).is_err());
    assert!(parse(&[opening(), segments(1), segments(1)].concat(), 512).is_err());
    assert!(parse(&opening(), 256).is_err());
}

#[test]
fn a_manifest_that_inflates_to_more_than_its_limit_or_its_word_is_refused() {
    let sections = [opening(), section(99, &vec![0; MAX_MANIFEST_INFLATED_BYTES])].concat();
    assert!(matches!(parse(&sections, 256), Err(FormatError::Limit { .. })));
    let good = [opening(), segments(1)].concat();
    let stream = deflated(&good);
    let claims = |len: usize, end: &[u8]| {
        parse_stored(&[uv(len), stream.clone(), end.to_vec()].concat(), 256)
    };
    let end = [0, 0, 0xff, 0xff, 3, 0];
    assert!(claims(good.len(), &end).is_ok());
    assert!(claims(good.len() - 1, &end).is_err());
    assert!(claims(good.len() + 1, &end).is_err());
    assert!(claims(good.len(), &end[..4]).is_err());
    assert!(claims(good.len(), &[&end[..], &[0]].concat()).is_err());
    assert!(parse_stored(&vec![0; MAX_MANIFEST_BYTES + 1], 256).is_err());
}

#[test]
fn pages_whose_segments_do_not_fit_into_the_file_are_refused() {
    // One page: 2 segments, 2 units, 0 ticks, 5 bytes, checksum.
    let pages = |units: u8| section(4, &[1, 0, 2, 0, units, 0, 0, 0, 5, 1, 2, 3, 4]);
    assert!(parse(&[opening(), pages(2)].concat(), 2 * 256 + 5).is_ok());
    assert!(parse(&[opening(), pages(2)].concat(), 2 * 256 + 4).is_err());
    assert!(parse(&[opening(), pages(3)].concat(), 2 * 256 + 5).is_err());
    assert!(parse(&[opening(), pages(2)].concat(), 2).is_err());
}

#[test]
fn names_and_times_that_are_not_there_are_refused() {
    let screens = |body: &[u8]| parse(&[opening(), segments(1), section(6, body)].concat(), 256);
    assert!(screens(&[0, 1, 1, b'x', 1, 0, 3, 0, 0]).is_ok());
    assert!(screens(&[0, 1, 1, b'x', 1, 0, 3, 0, 1]).is_err());
    assert!(screens(&[0, 0, 1, 0, 3, 0, 0]).is_err());
    let activity = |body: &[u8]| parse(&[opening(), segments(1), section(5, body)].concat(), 256);
    assert!(activity(&[6, 2, 0, 15, 0]).is_ok());
    assert!(activity(&[6, 2, 0, 16, 0]).is_err());
    assert!(activity(&[5, 2, 0, 15, 0]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn wild_sections_give_a_manifest_or_one_error(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let screens = section(6, &[0, 1, 1, b'x', 2, 0, 3, 4, 0, 0, 0]);
        let mut sections =
            [opening(), segments(20), section(5, &[6, 2, 0, 1, 2]), screens].concat();
        for (at, value) in edits {
            let at = at.index(sections.len());
            sections[at] = value;
        }
        if let Ok(manifest) = parse(&sections, 20 * 256) {
            prop_assert!(manifest.find(u64::MAX).is_none_or(|at| at < 20));
        }
    }

    #[test]
    fn wild_ends_are_no_trailer(tail in prop::collection::vec(any::<u8>(), 0..60)) {
        prop_assert!(Trailer::parse(&tail).is_err());
    }
}
