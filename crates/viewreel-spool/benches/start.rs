//! What opening a spool takes, beside what it may take.
//!
//! The files are in the system's cache, as those of an app are that has just
//! written them. Times are the best of several rounds, so that a busy machine
//! matters little.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::record::{Body, LogLevel};
use viewreel_model::{Run, SegmentId};
use viewreel_seams::{Rng, SeededRng};
use viewreel_spool::{Limits, OpenReport, Spool};

/// Rounds of which the best counts.
const ROUNDS: usize = 20;

/// Files of a full spool.
const FILES: u32 = 1_000;

/// Bytes of a full spool.
const BYTES: u64 = 50_000_000;

/// Segments of one replay.
const SEGMENTS_OF_A_REPLAY: u32 = 40;

/// Longest opening.
const MAX_START: Duration = Duration::from_millis(50);

/// The wall clock, milliseconds since 1970 UTC.
const WALL_MS: i64 = 1_764_000_000_000;

fn main() {
    let dir = tempfile::tempdir().expect("the disk works");
    fill(dir.path());
    println!("| opening a spool of | measured | limit |");
    println!("|---|---|---|");
    let (spool, _) = open(dir.path(), Limits::NONE);
    let bytes: u64 = spool.entries().iter().map(|entry| entry.bytes).sum();
    let full = format!("{} files, {} KB", spool.entries().len(), bytes / 1_000);
    drop(spool);
    row(&full, best(|| drop(open(dir.path(), Limits::NONE))));
    let newest = newest(dir.path());
    let left_open = best(|| {
        leave_open(&newest);
        assert_eq!(open(dir.path(), Limits::NONE).1.closed, 1);
    });
    row("the same, the newest one left open", left_open);
}

/// Makes of a sealed file one that a killed process left.
fn leave_open(sealed: &Path) {
    let path = sealed.with_extension("open");
    std::fs::rename(sealed, &path).expect("the disk works");
    let file = OpenOptions::new().write(true).open(&path).expect("it is there");
    let length = file.metadata().expect("it is there").len();
    file.set_len(length - 1).expect("the disk works");
}

fn row(what: &str, took: Duration) {
    println!("| {what} | {took:.2?} | {MAX_START:?} |");
}

#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn best(mut run: impl FnMut()) -> Duration {
    let mut time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..ROUNDS).map(|_| time()).min().unwrap_or_default()
}

fn open(dir: &Path, limits: Limits) -> (Spool, OpenReport) {
    Spool::open(dir, limits, WALL_MS)
}

fn newest(dir: &Path) -> PathBuf {
    let (spool, _) = open(dir, Limits::NONE);
    spool.entries().last().expect("the spool is full").path.clone()
}

/// Spools segments whose logs are noise, which no deflation makes smaller.
fn fill(dir: &Path) {
    let (mut spool, _) = open(dir, Limits::NONE);
    let mut rng = SeededRng::new(1);
    for seq in 0..FILES {
        let header = header(seq);
        let (mut writer, bytes) = SegmentWriter::begin(&header);
        spool.begin(&header, &bytes).expect("the disk works");
        while writer.len() < (BYTES / u64::from(FILES)) as usize {
            let message = noise(&mut rng);
            writer.push(0, &Body::Log { level: LogLevel::Log, message }).expect("it fits");
            spool.append(writer.cut()).expect("the disk works");
        }
        spool.seal(&writer.seal(), 0).expect("the disk works");
    }
}

fn header(seq: u32) -> SegmentHeader {
    let session = (WALL_MS + i64::from(seq / SEGMENTS_OF_A_REPLAY)).to_string();
    SegmentHeader {
        segment_id: SegmentId(u128::from(seq)),
        run: Run(7),
        seq,
        wall_ms: WALL_MS + 30_000 * i64::from(seq),
        replay: ReplayId::new("0F4A2C9E-7C31-4B7B-9D5A-51C0B7A2E1D4", &session).expect("valid ids"),
        ..SegmentHeader::default()
    }
}

fn noise(rng: &mut SeededRng) -> String {
    (0..4_096).map(|_| char::from(b' ' + (rng.next_u64() % 95) as u8)).collect()
}
