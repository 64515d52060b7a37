//! What recording and playing take, beside what they may take.
//!
//! Times are the best of several rounds, so that a busy machine matters little;
//! compare ratios, not machines.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "../tests/common/stage.rs"]
mod stage;
#[path = "../tests/common/steady.rs"]
mod steady;

use stage::{Noise, Play, play};
use std::hint::black_box;
use std::time::{Duration, Instant};
use steady::{FRAMES, FRAMES_OF_A_CHUNK, Recording, frame};
use viewreel_format::reel::{Reel, Trailer, write};
use viewreel_format::{FormatError, SealedSegment};
use viewreel_model::{LendRecords, Snapshot};
use viewreel_tree::{Playhead, Tree, seek};

/// Rounds of which the best counts.
const ROUNDS: usize = 300;

/// Times that are sought in a reel.
const SEEKS: usize = 1_000;

/// How often each of them is sought; the best counts. Fewer than twenty would
/// measure what else the machine does.
const TRIES: usize = 20;

/// Longest diff, encoding and deflation of a frame.
const MAX_FRAME: Duration = Duration::from_micros(30);

/// Longest way from the bytes of a segment to its last picture.
const MAX_DECODE: Duration = Duration::from_millis(2);

/// Longest way from the bytes of a reel to the state at a time.
const MAX_SEEK: Duration = Duration::from_millis(2);

/// What a replay of two hours is like: rows, changes a second, and one change in
/// so many is told from a kept state. The last one is harsher than a recorder.
const LOADS: [(u32, u64, u64); 4] = [(50, 2, 50), (150, 2, 50), (150, 10, 50), (150, 10, 10)];

fn main() {
    println!("| what | measured | limit |");
    println!("|---|---|---|");
    let frames: Vec<Snapshot> = (0..=FRAMES).map(frame).collect();
    let nodes = frames[0].len();
    row(&format!("diff, encode, deflate a frame of {nodes} nodes"), encode(&frames), MAX_FRAME);
    let sealed = Recording::begin(&frames[0]).tell_all(&frames);
    let what = format!("decode and play {FRAMES} diffs of {nodes} nodes, {} bytes", sealed.len());
    row(&what, best(|| played(&sealed).tree().map(Tree::len)), MAX_DECODE);
    let picture = best(|| played(&sealed).tree().map(Tree::snapshot));
    row("the same, and its last picture", picture, MAX_DECODE);
    println!("\nThe state at a time of a reel of two hours, limit {MAX_SEEK:?}:\n");
    println!(
        "| nodes | changes a second | from a kept state | reel | manifest | p50 | p95 | worst |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (rows, changes, returns) in LOADS {
        println!("{}", seek_row(Play { segments: 240, rows, changes, returns }));
    }
}

fn row(what: &str, measured: Duration, limit: Duration) {
    println!("| {what} | {measured:.2?} | {limit:?} |");
}

/// Time of a steady frame behind the first chunk, with its share of the chunks.
fn encode(frames: &[Snapshot]) -> Duration {
    let round = |_| {
        let mut recording = Recording::begin(&frames[0]);
        recording.tell_some(1..=FRAMES_OF_A_CHUNK, frames);
        timed(|| recording.tell_some(FRAMES_OF_A_CHUNK + 1..=FRAMES, frames)).1
    };
    let least = (0..ROUNDS).map(round).min().unwrap_or_default();
    least / (FRAMES - FRAMES_OF_A_CHUNK)
}

#[inline(never)]
fn played(bytes: &[u8]) -> Playhead {
    let segment = SealedSegment::parse(bytes).expect("the segment is sealed");
    let (mut playhead, mut records) = (Playhead::default(), segment.records());
    while let Some(record) = records.lend() {
        playhead.play::<FormatError>(record.expect("the record is whole")).expect("it applies");
    }
    playhead
}

fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    (0..ROUNDS).map(|_| timed(&mut run).1).min().unwrap_or_default()
}

fn seek_row(what: Play) -> String {
    let bytes = write(&play(what, 7)).expect("the segments are sealed");
    let manifest_len = Trailer::parse(&bytes).expect("the reel is whole").manifest_len;
    let reel = Reel::open(&bytes).expect("the reel is whole");
    let mut times = seek_times(&reel);
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    format!(
        "| {} | {} | 1 in {} | {} KB | {manifest_len} bytes | {:.2?} | {:.2?} | {:.2?} |",
        2 * what.rows + 2,
        what.changes,
        what.returns,
        bytes.len() / 1_024,
        at(50),
        at(95),
        at(100),
    )
}

fn seek_times(reel: &Reel<'_>) -> Vec<Duration> {
    let mut noise = Noise(1);
    let length_ms = reel.manifest().length_ms();
    let quickest = |time_ms: u64| (0..TRIES).map(|_| timed(|| picture(reel, time_ms)).1).min();
    (0..SEEKS).filter_map(|_| quickest(noise.below(length_ms))).collect()
}

/// Number of nodes at a time; the tree is there then.
#[inline(never)]
fn picture(reel: &Reel<'_>, time_ms: u64) -> usize {
    let at = reel.find(time_ms).expect("there are segments");
    let segment = reel.segment(at).expect("the segment is whole");
    let into_ms = time_ms - reel.segments().entries()[at].start_ms;
    let playhead = seek(segment.records(), segment.header().start_ms + into_ms);
    playhead.expect("the segment plays").tree().map_or(0, Tree::len)
}

#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = black_box(run());
    (value, start.elapsed())
}
