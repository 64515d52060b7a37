//! A reel is read as a whole and by ranges, whatever it is.

use crate::mend;
use crate::raw::{self, section, sized_stream, uv};
use crate::segment::check_segment;
use viewreel_format::SealedSegment;
use viewreel_format::reel::{self, HEADER_BYTES, Listing, Manifest, Reel, SegmentEntry, Trailer};

/// Segments of a reel that are read.
const SEGMENTS: usize = 4;

/// Units of 256 bytes that stand in a reel that is put together here.
const UNITS: usize = 8;

/// Any bytes: as they are, with a trailer that holds, as the sections of a
/// manifest, and as the list of a page.
///
/// # Panics
/// Where the ways of reading a reel do not agree.
pub fn check(bytes: &[u8]) {
    check_file(bytes);
    let mut mended = bytes.to_vec();
    if mend::reel(&mut mended).is_some() {
        check_file(&mended);
    }
    check_file(&raw::reel(&room(), &sized_stream(bytes)));
    check_file(&paged(bytes));
}

fn room() -> Vec<u8> {
    let mut out = b"VRRL\x01\x00\x08\x00".to_vec();
    out.resize(HEADER_BYTES + UNITS * 256, 0);
    out
}

/// A reel of one page, which `bytes` are; its first bytes also say what the
/// manifest tells of it.
fn paged(bytes: &[u8]) -> Vec<u8> {
    let page = sized_stream(bytes);
    let number = |at: usize| usize::from(bytes.get(at).copied().unwrap_or_default());
    let column = |value: usize| [vec![0], uv(value)].concat();
    let columns = [number(0), number(1) % UNITS, number(2), page.len()].map(column).concat();
    let crc = crc32fast::hash(&page).to_le_bytes();
    let head = section(1, &[1, b'd', 1, b's', 0, 8]);
    let runs = section(2, &[[2].as_slice(), &[0; 16], &[0, 2]].concat());
    let pages = section(4, &[vec![1], columns, crc.to_vec()].concat());
    raw::reel(&[room(), page].concat(), &sized_stream(&[head, runs, pages].concat()))
}

fn check_file(bytes: &[u8]) {
    let Ok(reel) = Reel::open(bytes) else { return };
    if reel.damage().is_none() {
        check_ranges(bytes, &reel);
        assert!(reel.lost().is_empty());
    }
    check_entries(bytes, &reel);
    check_found(&reel);
    check_segments(&reel);
}

/// Who reads ranges only reads the same.
fn check_ranges(bytes: &[u8], reel: &Reel<'_>) {
    let tail = &bytes[bytes.len() - Trailer::BYTES..];
    let Ok(trailer) = Trailer::parse(tail) else { panic!("the trailer was read before") };
    let range = |start: u64, end: u64| &bytes[start as usize..end as usize];
    let stored = range(trailer.range().start, trailer.range().end);
    let Ok(manifest) = Manifest::parse(stored, &trailer) else { panic!("it was read before") };
    assert_eq!(&manifest, reel.manifest());
    let entries: Vec<SegmentEntry> = match &manifest.listing {
        Listing::Segments(list) => list.entries().to_vec(),
        Listing::Pages(pages) => {
            let page = |page: &reel::PageEntry| {
                page.parse(range(page.offset, page.offset + page.len), &manifest.runs)
            };
            let lists = pages.iter().flat_map(page);
            lists.flat_map(|list| list.entries().to_vec()).collect()
        }
    };
    assert_eq!(entries, reel.segments().entries());
    assert_eq!(manifest.length_ms(), reel.segments().end_ms());
}

/// Segments lie in the file and play one after the other.
fn check_entries(bytes: &[u8], reel: &Reel<'_>) {
    let entries = reel.segments().entries();
    let is_inside = |entry: &SegmentEntry| entry.offset + entry.len <= bytes.len() as u64 + 255;
    assert!(entries.iter().all(is_inside));
    assert!(entries.is_sorted_by_key(|entry| entry.start_ms));
    let ends = entries.iter().enumerate().map(|(at, _)| reel.segments().until_ms(at));
    assert!(
        entries.iter().zip(ends).all(|(entry, until_ms)| {
            entry.start_ms <= entry.end_ms && entry.end_ms <= until_ms
        })
    );
}

/// At each start plays the last segment that has it.
fn check_found(reel: &Reel<'_>) {
    let entries = reel.segments().entries();
    let starts = entries.iter().map(|entry| entry.start_ms);
    for time_ms in starts.take(SEGMENTS).chain([0, u64::MAX]) {
        let last = entries.iter().rposition(|entry| entry.start_ms <= time_ms);
        assert_eq!(reel.find(time_ms), last.or((!entries.is_empty()).then_some(0)));
    }
}

fn check_segments(reel: &Reel<'_>) {
    let count = reel.segments().entries().len();
    assert!(reel.segment(count).is_err());
    let read = (0..count.min(SEGMENTS)).map(|index| reel.segment(index));
    let good: Vec<SealedSegment<'_>> = read.filter_map(Result::ok).collect();
    good.iter().for_each(check_segment);
    let bytes: Vec<&[u8]> = good.iter().map(SealedSegment::bytes).collect();
    let Ok(written) = reel::write(&bytes) else { return };
    let Ok(again) = Reel::open(&written) else { panic!("what is written is read") };
    assert!(again.damage().is_none() && again.segments().entries().len() == good.len());
    assert!((0..good.len()).all(|index| again.segment(index).is_ok()));
}
