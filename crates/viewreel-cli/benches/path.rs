//! The path of a capture, measured: what decoding, masking, diffing and
//! encoding take, and what a session weighs.
//!
//! `make bench` prints the table of `docs/performance.md`. Times are the best
//! of several rounds over all captures of an input, so that a busy machine
//! matters little; compare ratios, not machines.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use viewreel_capture::{CaptureBuffer, CaptureDecoder, Input, InputSink};
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_import::{Source, import};
use viewreel_mask::Masker;
use viewreel_model::record::{Body, ReplayMeta};
use viewreel_model::{Diff, MaskLevel, Snapshot, StateId};
use viewreel_phone::play_shop;
use viewreel_recorder::{Config, Content, PictureKey, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};
use viewreel_text::Inter;
use viewreel_tree::Differ;

const ROUNDS: usize = 7;

/// Datadog's published size of a native mobile replay on the wire, the smallest
/// that any vendor states (its Android SDK's documentation, 1.22 KB/s).
const SMALLEST_PUBLISHED_KB_PER_MIN: f64 = 73.0;

const TRACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/trees/qqmusic.ndjson.gz");

fn main() {
    let trace = std::fs::read(TRACE).expect("the trace is in the repository");
    let play_trace = |sink: &mut dyn InputSink| -> u64 {
        import(Source::Trace, &trace, sink, Now::default()).expect("the trace is whole").duration_ms
    };
    let play_phone = |sink: &mut dyn InputSink| play_shop(sink, Now::default()).duration_ms;
    println!("Per capture, best of {ROUNDS} rounds, one thread:\n");
    println!(
        "| input | captures | nodes, mean | decode | mask | diff | encode | all four | copy of the tree |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    println!("{}", times("qqmusic trace", &captures(&play_trace)));
    println!("{}", times("virtual phone", &captures(&play_phone)));
    println!("\nBytes of sealed segments, masked at level medium:\n");
    println!(
        "| input | length | segments | bytes | KB a minute | as keyframes only, KB a minute | smallest published, KB a minute |"
    );
    println!("|---|---|---|---|---|---|---|");
    println!("{}", sizes("virtual phone", &play_phone));
    println!("{}", sizes("qqmusic trace", &play_trace));
}

/// Keeps every capture.
#[derive(Default)]
struct Captures(Vec<CaptureBuffer>);

impl InputSink for Captures {
    fn input(&mut self, _: Now, input: Input<'_>) {
        if let Input::Capture(buffer) = input {
            self.0.push(buffer.clone());
        }
    }
}

fn captures(play: &dyn Fn(&mut dyn InputSink) -> u64) -> Vec<CaptureBuffer> {
    let mut captures = Captures::default();
    play(&mut captures);
    captures.0
}

/// Time of each step over all captures.
#[derive(Clone, Copy, Default)]
struct Steps {
    decode: Duration,
    mask: Duration,
    diff: Duration,
    encode: Duration,
    copy: Duration,
    nodes: usize,
}

impl Steps {
    fn best(self, other: Self) -> Self {
        Self {
            decode: self.decode.min(other.decode),
            mask: self.mask.min(other.mask),
            diff: self.diff.min(other.diff),
            encode: self.encode.min(other.encode),
            copy: self.copy.min(other.copy),
            nodes: self.nodes,
        }
    }
}

fn times(name: &str, captures: &[CaptureBuffer]) -> String {
    let rounds = (0..ROUNDS).map(|_| round(captures));
    let best = rounds.reduce(Steps::best).unwrap_or_default();
    let each =
        |time: Duration| format!("{:.1} µs", time.as_secs_f64() * 1e6 / captures.len() as f64);
    let all = best.decode + best.mask + best.diff + best.encode;
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
        captures.len(),
        best.nodes / captures.len(),
        each(best.decode),
        each(best.mask),
        each(best.diff),
        each(best.encode),
        each(all),
        each(best.copy),
    )
}

/// Runs a step and adds its time.
#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed<T>(total: &mut Duration, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(step());
    *total += start.elapsed();
    result
}

fn round(captures: &[CaptureBuffer]) -> Steps {
    let mut steps = Steps::default();
    let (mut decoder, mut masker) = (CaptureDecoder::new(), Masker::new(MaskLevel::Medium));
    let (mut differ, mut diff) = (Differ::default(), Diff::default());
    let (mut tree, mut next) = (Snapshot::default(), Snapshot::default());
    // Every capture is written whole.
    let (before, mut content) =
        (Snapshot::default(), Content::new(Box::new(Inter), PictureKey::default()));
    let mut encoder = Encoder::begin();
    for (at, buffer) in captures.iter().enumerate() {
        let raw = timed(&mut steps.decode, || decoder.decode(buffer)).expect("captures are whole");
        content.begin();
        timed(&mut steps.mask, || masker.mask(&raw, &before, &mut content, &mut next));
        timed(&mut steps.diff, || differ.diff(StateId(at as u32), &tree, &next, &mut diff));
        let body = Body::Diff(std::mem::take(&mut diff));
        timed(&mut steps.encode, || encoder.encode(&body));
        if let Body::Diff(used) = body {
            diff = used;
        }
        std::mem::swap(&mut tree, &mut next);
        timed(&mut steps.copy, || tree.clone());
        steps.nodes += tree.len();
    }
    steps
}

/// Bytes of records after which a recorder cuts a chunk.
const CHUNK_BYTES: usize = 8 * 1024;

/// Captures after which a recorder cuts a chunk: ten a second, two seconds.
const CHUNK_CAPTURES: usize = 20;

/// Encodes diffs as a recorder does, a chunk every two seconds or 8 KB.
struct Encoder {
    writer: SegmentWriter,
    since_cut: usize,
}

impl Encoder {
    fn begin() -> Self {
        let replay = ReplayId::new("bench", "bench").expect("both ids are valid");
        let header = SegmentHeader { replay, ..SegmentHeader::default() };
        let mut writer = SegmentWriter::begin(&header).0;
        let keyframe = Body::Keyframe { state: StateId(0), tree: Snapshot::default() };
        writer.push(0, &keyframe).expect("an empty keyframe fits");
        Self { writer, since_cut: 0 }
    }

    fn encode(&mut self, body: &Body) {
        if self.writer.push(0, body).is_err() {
            *self = Self::begin();
            self.writer.push(0, body).expect("one diff fits into an empty segment");
        }
        self.since_cut += 1;
        if self.since_cut >= CHUNK_CAPTURES || self.writer.pending_len() >= CHUNK_BYTES {
            black_box(self.writer.cut());
            self.since_cut = 0;
        }
    }
}

fn sizes(name: &str, play: &dyn Fn(&mut dyn InputSink) -> u64) -> String {
    let dir = tempfile::tempdir().expect("the disk works");
    let (spool, _) = Spool::open(dir.path(), Limits::NONE, 0);
    let config = Config {
        replay: ReplayId::new("bench", "bench").expect("both ids are valid"),
        mask_level: MaskLevel::Medium,
        meta: ReplayMeta::default(),
        utc_offset_min: 0,
        picture_key: PictureKey::default(),
    };
    let mut recorder = Recorder::start(
        config,
        spool,
        Box::new(Inter),
        Box::new(SeededRng::new(1)),
        Now::default(),
    );
    let length_ms = play(&mut recorder);
    recorder.flush(Now::default());
    let (bytes, segments) = (recorder.counters().bytes_sealed, recorder.counters().segments_sealed);
    let minutes = length_ms as f64 / 60_000.0;
    format!(
        "| {name} | {:.1} min | {segments} | {bytes} | {:.1} | {:.1} | {SMALLEST_PUBLISHED_KB_PER_MIN:.0} |",
        minutes,
        bytes as f64 / 1_000.0 / minutes,
        keyframe_bytes(&captures(play)) as f64 / 1_000.0 / minutes,
    )
}

/// What the same captures weigh when each that changed is a whole tree.
fn keyframe_bytes(captures: &[CaptureBuffer]) -> usize {
    let (mut decoder, mut masker) = (CaptureDecoder::new(), Masker::new(MaskLevel::Medium));
    let mut content = Content::new(Box::new(Inter), PictureKey::default());
    let (mut last, mut bytes) = (Snapshot::default(), 0);
    for buffer in captures {
        let raw = decoder.decode(buffer).expect("captures are whole");
        let mut tree = Snapshot::default();
        masker.mask(&raw, &Snapshot::default(), &mut content, &mut tree);
        if tree != last {
            last = tree.clone();
            let mut writer = Encoder::begin().writer;
            let keyframe = Body::Keyframe { state: StateId(1), tree };
            writer.push(0, &keyframe).expect("one keyframe fits into an empty segment");
            bytes += writer.cut().len();
        }
    }
    bytes
}
