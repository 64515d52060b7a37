//! What recording costs: time per snapshot by stage, and bytes per minute.
//!
//! `make bench` prints the table. It has no limits and fails nothing: numbers
//! are for comparing two states of the code on one quiet machine. *Encode* is
//! records into chunks, compression included; *bytes* are what the recorder
//! sealed of the same replay, masked at `medium`.

#![allow(clippy::print_stdout, reason = "the table is the result")]
#![allow(clippy::disallowed_methods, reason = "a stopwatch is the point")]

use std::time::{Duration, Instant};

use viewreel_capture::{CaptureBuffer, CaptureDecoder, Input, InputSink};
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_import::Source;
use viewreel_mask::Masker;
use viewreel_model::record::{Body, ReplayMeta};
use viewreel_model::{Diff, MaskLevel, Run, SegmentId, Snapshot, StateId};
use viewreel_recorder::{Config, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};
use viewreel_tree::Differ;

const LEVEL: MaskLevel = MaskLevel::Medium;
const CHUNK_BYTES: usize = 8 * 1024;
const SEGMENT_BYTES: usize = 64 * 1024;
const TRACE: &[u8] = include_bytes!("../../../testdata/trees/qqmusic.ndjson.gz");

/// Plays one replay into a sink and tells how long it is, milliseconds.
type Play = fn(&mut dyn InputSink) -> u64;

fn main() {
    println!(
        "{:14} {:>9} {:>6} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>10}",
        "", "snapshots", "nodes", "decode", "mask", "diff", "encode", "all", "all p99", "bytes", "bytes/min"
    );
    println!(
        "{:14} {:>9} {:>6} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>10}",
        "", "", "mean", "µs mean", "µs mean", "µs mean", "µs mean", "µs mean", "µs", "sealed", "sealed"
    );
    row("qqmusic trace", play_trace);
    row("shop session", play_shop);
}

fn play_trace(sink: &mut dyn InputSink) -> u64 {
    let summary = viewreel_import::import(Source::Trace, TRACE, sink, Now::default());
    summary.map_or(0, |summary| summary.duration_ms)
}

fn play_shop(sink: &mut dyn InputSink) -> u64 {
    viewreel_phone::play_shop(sink, Now::default()).duration_ms
}

fn row(name: &str, play: Play) {
    let mut stopwatch = Stopwatch::default();
    play(&mut stopwatch);
    let (bytes, duration_ms) = record(play);
    let per_minute = bytes * 60_000 / duration_ms.max(1);
    let [decode, mask, diff, encode] = stopwatch.stages.each_ref().map(|times| mean(times));
    let (snapshots, nodes) = (stopwatch.all.len(), stopwatch.nodes / stopwatch.all.len().max(1));
    let (all, p99) = (mean(&stopwatch.all), percentile(&mut stopwatch.all, 99));
    println!(
        "{name:14} {snapshots:>9} {nodes:>6} {decode:>8.1} {mask:>8.1} {diff:>8.1} {encode:>8.1} \
         {all:>8.1} {p99:>8.1} {bytes:>9} {per_minute:>10}"
    );
}

/// Microseconds.
fn mean(times: &[Duration]) -> f64 {
    times.iter().sum::<Duration>().as_secs_f64() * 1e6 / times.len().max(1) as f64
}

/// Microseconds.
fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

/// Sealed bytes of the replay through the real recorder and spool, and its
/// length in milliseconds.
fn record(play: Play) -> (u64, u64) {
    let folder = tempfile::tempdir().expect("a folder for the spool");
    let (spool, _) = Spool::open(folder.path(), Limits::default(), 0).expect("an empty spool");
    let config = Config {
        replay: ReplayId { device_id: "bench".to_owned(), session_id: "bench".to_owned() },
        mask_level: LEVEL,
        meta: ReplayMeta::default(),
        utc_offset_min: 0,
    };
    let rng = Box::new(SeededRng::new(1));
    let mut recorder = Recorder::start(config, spool, rng, Now::default());
    let duration_ms = play(&mut recorder);
    recorder.flush(Now::default().plus_ms(duration_ms));
    (recorder.counters().bytes_sealed, duration_ms)
}

/// Does to every capture what the recorder does, and times each stage.
struct Stopwatch {
    decoder: CaptureDecoder,
    masker: Masker,
    differ: Differ,
    writer: SegmentWriter,
    tree: Snapshot,
    next: Snapshot,
    state: StateId,
    diff: Diff,
    nodes: usize,
    stages: [Vec<Duration>; 4],
    all: Vec<Duration>,
}

impl Default for Stopwatch {
    fn default() -> Self {
        Self {
            decoder: CaptureDecoder::new(),
            masker: Masker::new(LEVEL),
            differ: Differ::default(),
            writer: writer(),
            tree: Snapshot::default(),
            next: Snapshot::default(),
            state: StateId::default(),
            diff: Diff::default(),
            nodes: 0,
            stages: Default::default(),
            all: Vec::new(),
        }
    }
}

impl InputSink for Stopwatch {
    fn input(&mut self, now: Now, input: Input<'_>) {
        if let Input::Capture(buffer) = input {
            self.capture(now, buffer);
        }
    }
}

impl Stopwatch {
    fn capture(&mut self, now: Now, buffer: &CaptureBuffer) {
        let start = Instant::now();
        let raw = self.decoder.decode(buffer).expect("both sources fill the buffer rightly");
        let decoded = Instant::now();
        self.masker.mask(&raw, &mut self.next);
        let masked = Instant::now();
        self.differ.diff(self.state, &self.tree, &self.next, &mut self.diff);
        let compared = Instant::now();
        self.encode(now.mono_ms);
        let encoded = Instant::now();
        self.keep([start, decoded, masked, compared, encoded]);
    }

    fn encode(&mut self, time_ms: u64) {
        let body = Body::Diff(std::mem::take(&mut self.diff));
        if self.writer.push(time_ms, &body).is_err() || self.writer.len() > SEGMENT_BYTES {
            self.writer = writer();
        }
        if self.writer.pending_len() > CHUNK_BYTES {
            std::hint::black_box(self.writer.cut());
        }
        if let Body::Diff(diff) = body {
            self.diff = diff;
        }
    }

    fn keep(&mut self, marks: [Instant; 5]) {
        for (times, pair) in self.stages.iter_mut().zip(marks.windows(2)) {
            times.push(pair[1] - pair[0]);
        }
        self.all.push(marks[4] - marks[0]);
        self.nodes += self.next.columns().len();
        std::mem::swap(&mut self.tree, &mut self.next);
        self.state = self.state.next();
    }
}

fn writer() -> SegmentWriter {
    let replay = ReplayId { device_id: "bench".to_owned(), session_id: "bench".to_owned() };
    let header = SegmentHeader {
        segment_id: SegmentId(1),
        run: Run(1),
        seq: 0,
        start_ms: 0,
        wall_ms: 0,
        utc_offset_min: 0,
        replay,
    };
    SegmentWriter::begin(&header).0
}
