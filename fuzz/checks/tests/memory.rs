//! A small segment asks for little memory, whatever it says.

use allocation_counter::measure;
use flate2::{Compress, Compression, FlushCompress};
use std::path::Path;
use viewreel_format::{FormatError, SealedSegment, Track};
use viewreel_fuzz_checks::raw::{Piece, chunk, record, seal, uv};
use viewreel_tree::Playhead;

/// Bytes of a small segment.
const SMALL_BYTES: usize = 1_024;

/// What reading and playing a small segment takes at most, in bytes: the current
/// tree, four that are kept, the record at hand and the next one.
const MAX_MEMORY: u64 = 64 << 20;

/// Most nodes of a tree.
const NODES: usize = 10_000;

/// Record kinds, and flags of a diff.
const KEYFRAME: u8 = 2;
const DIFF: u8 = 3;
const KEEPS: u8 = 1;
const REMOVALS: u8 = 1 << 2;
const PLACED: u8 = 1 << 4;
const UPDATED: u8 = 1 << 5;

/// Field sets.
const IDENTIFIER: usize = 1 << 3;
const ALPHA: usize = 1 << 15;
const LINES: usize = 1 << 20;

/// One longest string, and how often a tree may have it.
const LONGEST: usize = 4_096;
const USES: usize = 256;

fn deflated(records: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() + SMALL_BYTES);
    let mut stream = Compress::new(Compression::best(), false);
    let status = stream.compress_vec(records, &mut out, FlushCompress::Sync);
    assert!(status.is_ok() && out.ends_with(&[0, 0, 0xff, 0xff]));
    out.truncate(out.len() - 4);
    out
}

/// A segment of these records, filled up to what a small one has with a piece
/// that readers leave alone.
fn segment(track: Track, records: &[u8]) -> Vec<u8> {
    let mut pieces: Vec<Piece> = vec![(track as u8, records.len(), deflated(records))];
    let bare = seal(&[chunk(&pieces)]).len();
    pieces.push((3, 1, vec![0; (SMALL_BYTES - 3).saturating_sub(bare)]));
    seal(&[chunk(&pieces)])
}

/// Plays up to the first record that cannot be read or played; how many there
/// are before it.
fn play(bytes: &[u8]) -> usize {
    let Ok(segment) = SealedSegment::parse(bytes) else { return 0 };
    let mut playhead = Playhead::default();
    let mut play = |record| playhead.play::<FormatError>(record).ok();
    segment.records().map_while(|record| play(record.ok()?)).count()
}

/// Checks what a segment of `count` records takes.
fn check(track: Track, records: &[u8], count: usize) {
    let bytes = segment(track, records);
    assert!(bytes.len() <= SMALL_BYTES, "{} bytes", bytes.len());
    let mut played = 0;
    let info = measure(|| played = play(&bytes));
    assert_eq!(played, count);
    assert!(info.bytes_max <= MAX_MEMORY, "{} bytes", info.bytes_max);
}

/// A column of `first` and as many of `rest` as make it `count` entries long.
fn column(count: usize, first: &[u8], rest: &[u8]) -> Vec<u8> {
    [first.to_vec(), rest.repeat(count - 1)].concat()
}

/// A column of ids that count on from `first`.
fn ids(first: usize, count: usize) -> Vec<u8> {
    column(count, &uv(2 * first), &[2])
}

/// One root with all other nodes below it.
fn keyframe(state: usize) -> Vec<u8> {
    let links = column(NODES - 1, &[1], &[2]);
    let sets = vec![0; NODES];
    record(KEYFRAME, &[uv(state), uv(NODES), ids(1, NODES), links, sets, vec![0]].concat())
}

/// Another root with all other nodes below it instead of root `old`.
fn replace(flags: u8, old: usize, first: usize) -> Vec<u8> {
    let head = [vec![flags | REMOVALS | PLACED, 1], uv(2 * old), uv(NODES)].concat();
    let links = [vec![0, 1], vec![2; NODES - 2], vec![0, 0]].concat();
    record(DIFF, &[head, ids(first, NODES), links, vec![0; NODES]].concat())
}

/// As much text as a tree may have, in identifiers; the first time with the text.
fn long_strings(flags: u8, first: usize, is_new: bool) -> Vec<u8> {
    let text = [vec![1], uv(LONGEST), vec![b'x'; LONGEST]].concat();
    let strings = if is_new { column(USES, &text, &[3]) } else { vec![3; USES] };
    let head = [vec![flags | UPDATED], uv(USES), ids(first, USES)].concat();
    let new = [vec![1], uv(IDENTIFIER)].concat();
    let sets = if is_new { column(USES, &new, &[2]) } else { vec![2; USES] };
    record(DIFF, &[head, sets, strings].concat())
}

/// As many lines as a tree may have, all without text.
fn lines(first: usize) -> Vec<u8> {
    let set = [vec![1], uv(LINES)].concat();
    let head = [vec![UPDATED, 1], uv(2 * first), set].concat();
    record(DIFF, &[head, uv(20_000), vec![0; 4 * 20_000]].concat())
}

/// All nodes fade, so that readers remember what moves.
fn fade(first: usize, is_new: bool) -> Vec<u8> {
    let new = [vec![1], uv(ALPHA)].concat();
    let sets = if is_new { column(NODES, &new, &[4]) } else { vec![4; NODES] };
    let head = [vec![UPDATED], uv(NODES), ids(first, NODES)].concat();
    record(DIFF, &[head, sets, vec![2; NODES]].concat())
}

#[test]
fn keyframes_of_equal_nodes_take_little() {
    let records: Vec<u8> = (0..10).flat_map(keyframe).collect();
    check(Track::Visual, &records, 10);
}

#[test]
fn trees_that_replace_kept_ones_take_little() {
    let first = |n: usize| 1 + n * NODES;
    let diffs = (0..9).flat_map(|n| replace(KEEPS, first(n), first(n + 1)));
    let records: Vec<u8> = keyframe(1).into_iter().chain(diffs).collect();
    check(Track::Visual, &records, 10);
}

/// Five different trees of as many nodes, slots, lines and string bytes as may
/// be, and nodes that move.
#[test]
fn as_much_of_everything_as_there_may_be_takes_little() {
    let first = 1 + NODES;
    let strings: Vec<u8> = (0..7).flat_map(|n| long_strings(KEEPS, first, n == 0)).collect();
    let kept = record(DIFF, &[KEEPS]).repeat(4);
    let fades = [fade(first, true), fade(first, false)].concat();
    let changes = [strings, lines(first), kept, fades].concat();
    check(Track::Visual, &[keyframe(1), replace(0, 1, first), changes].concat(), 16);
}

#[test]
fn touches_and_events_take_little() {
    let touches = record(1, &[uv(4_096), vec![0; 4_095 + 4 * 4_096]].concat());
    check(Track::Touches, &touches.repeat(12), 12 * 4_096);
    check(Track::Story, &record(3, &[0]).repeat(70_000), 70_000);
    check(Track::Story, &record(3, &[1, 1, b'x']).repeat(50_000), 50_000);
}

#[test]
fn no_segment_of_a_corpus_takes_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/segment");
    for file in std::fs::read_dir(folder).expect("the corpus is there") {
        let bytes = std::fs::read(file.expect("it can be read").path()).expect("it can be read");
        let info = measure(|| _ = play(&bytes));
        assert!(info.bytes_max <= MAX_MEMORY, "{} bytes", info.bytes_max);
    }
}
