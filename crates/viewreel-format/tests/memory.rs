//! Small files that ask for much get little.

mod common;

use allocation_counter::measure;
use common::raw::{deflated, uv};
use viewreel_format::limits::{
    MAX_LIST_SEGMENTS, MAX_MANIFEST_INFLATED_BYTES, MAX_REEL_RUNS, MAX_SCREEN_CHANGES,
};
use viewreel_format::reel::{HEADER_BYTES, Manifest, Reel, Trailer};

/// What reading a manifest takes at most, in bytes.
const MAX_MEMORY: u64 = 2 << 20;

fn section(kind: u8, body: &[u8]) -> Vec<u8> {
    [vec![kind], uv(body.len()), body.to_vec()].concat()
}

/// As much of everything as a manifest may have.
fn greedy(segments: usize) -> Vec<u8> {
    let head = section(1, &[0, 0, 0, 8]);
    let runs = section(2, &[uv(MAX_REEL_RUNS), vec![0; 9 * MAX_REEL_RUNS]].concat());
    let column = [vec![0], vec![0; segments]].concat();
    let list = section(3, &[uv(segments), vec![0], column.repeat(6)].concat());
    let names = [uv(1_000), [&[63][..], &[b'x'; 63]].concat().repeat(1_000)].concat();
    let changes = [vec![0], vec![0; MAX_SCREEN_CHANGES]].concat().repeat(2);
    let screens = [vec![0], names, uv(MAX_SCREEN_CHANGES), changes].concat();
    let known = [head, runs, list, section(6, &screens)].concat();
    let rest = MAX_MANIFEST_INFLATED_BYTES - known.len() - 4;
    [known, section(99, &vec![0; rest])].concat()
}

/// A reel of that manifest and so many bytes before it.
fn reel(sections: &[u8], room: usize) -> Vec<u8> {
    let mut out = b"VRRL\x01\x00\x08\x00".to_vec();
    out.resize(HEADER_BYTES + room, 0);
    let manifest_at = out.len() as u64;
    let manifest = [uv(sections.len()), deflated(sections), vec![0, 0, 0xff, 0xff, 3, 0]].concat();
    out.extend(&manifest);
    out.extend(manifest_at.to_le_bytes());
    out.extend((manifest.len() as u32).to_le_bytes());
    out.extend(crc32fast::hash(&manifest).to_le_bytes());
    out.extend(b"\x01\x00VRRE");
    out
}

#[test]
fn no_manifest_takes_more_than_its_bound() {
    let bytes = reel(&greedy(MAX_LIST_SEGMENTS), MAX_LIST_SEGMENTS * 256);
    let trailer = Trailer::parse(&bytes).unwrap();
    let range = trailer.range();
    let stored = &bytes[range.start as usize..range.end as usize];
    assert!(stored.len() < 4_096, "{} bytes", stored.len());
    let info = measure(|| assert!(Manifest::parse(stored, &trailer).is_ok()));
    assert!(info.bytes_max <= MAX_MEMORY, "{} bytes", info.bytes_max);
}

#[test]
fn a_small_file_has_room_for_few_segments() {
    let bytes = reel(&greedy(3), 2 * 256);
    let info = measure(|| assert!(Reel::open(&bytes).unwrap().damage().is_some()));
    assert!(info.bytes_max <= MAX_MEMORY, "{} bytes", info.bytes_max);
}
