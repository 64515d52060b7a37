//! What is left of a spool after its process or its disk has died.

mod common;

use common::{Phone, capture, now, start};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use viewreel_capture::{Input, InputSink};
use viewreel_format::SealedSegment;
use viewreel_model::CaptureId;
use viewreel_model::record::Touch;
use viewreel_recorder::Task;
use viewreel_spool::{Limits, OpenReport, Spool};

/// A file that a recorder of a few chunks left open, and where its header and its
/// chunks end.
fn open_file() -> (Vec<u8>, Vec<usize>) {
    let mut phone = Phone::new();
    let mut ends = Vec::new();
    for ms in (0..9_000).step_by(100) {
        if ms % 1_100 == 0 {
            capture(&mut phone, ms, &format!("label {ms}"));
        }
        phone.input(ms, Input::Touch { view: CaptureId(1), touch: Touch::default() });
        ends.push(only_file(phone.dir.path()).len());
    }
    ends.dedup();
    (only_file(phone.dir.path()), ends)
}

fn only_file(dir: &Path) -> Vec<u8> {
    let mut files = std::fs::read_dir(dir).unwrap();
    std::fs::read(files.next().unwrap().unwrap().path()).unwrap()
}

/// Opens a spool with this file left open; gives the number of its whole chunks.
fn chunks_left(bytes: &[u8]) -> Option<usize> {
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("0.open"), bytes).unwrap();
    let (spool, report) = Spool::open(dir.path(), Limits::default(), 0);
    assert_eq!(report.unreadable, 0);
    let left = spool.entries().first().map(|entry| std::fs::read(&entry.path).unwrap());
    left.map(|bytes| {
        let segment = SealedSegment::parse(&bytes).unwrap();
        assert!(segment.records().all(|record| record.is_ok()));
        segment.footer().chunks as usize
    })
}

#[test]
fn a_file_that_is_cut_or_damaged_at_any_byte_keeps_every_chunk_before_it() {
    let (file, ends) = open_file();
    assert!(ends.len() >= 4, "a header and several chunks: {ends:?}");
    for at in 0..file.len() {
        // The first end is that of the header.
        let whole = ends.iter().filter(|&&end| end <= at).count().checked_sub(1);
        let expected = whole.filter(|&chunks| chunks > 0);
        assert_eq!(chunks_left(&file[..at]), expected, "cut at {at}");
        let mut damaged = file.clone();
        damaged[at] ^= 1 << (at % 8);
        assert_eq!(chunks_left(&damaged), expected, "damaged at {at}");
    }
}

#[test]
fn a_file_that_is_damaged_costs_no_other_file() {
    let mut phone = Phone::new();
    for n in 0..3 {
        capture(&mut phone, n * 1_000, &format!("screen {n}"));
        phone.flush();
    }
    let path = phone.recorder.spooled()[1].path.clone();
    let file = std::fs::read(&path).unwrap();
    for at in 0..file.len() {
        std::fs::write(&path, [&file[..at], &[!file[at]], &file[at + 1..]].concat()).unwrap();
        let (spool, report) = Spool::open(phone.dir.path(), Limits::default(), 0);
        let others = spool.entries().iter().filter(|entry| entry.path != path).count();
        assert_eq!((others, report.unreadable), (2, 0), "damaged at {at}");
    }
}

/// Names the spool to a child process.
const SPOOL: &str = "VIEWREEL_TEST_SPOOL";

/// What the child process does: it records without end, and tells the time of each
/// capture when it has been taken.
fn record_until_killed(dir: &Path) {
    let mut recorder = start(dir, 3, "session", now(0));
    let mut out = std::io::stdout().lock();
    for ms in (0..).step_by(50) {
        let label = common::labelled(&format!("label {ms}"));
        recorder.input(now(ms), Input::Capture(&label));
        writeln!(out, "{ms}").unwrap();
    }
}

/// Lets a child process take so many captures, kills it, and gives the time of the
/// last one that it told of.
fn kill_after(dir: &Path, captures: usize) -> u64 {
    let name = "a_process_that_is_killed_loses_two_seconds_at_most";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(SPOOL, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // The test harness has lines of its own.
    let mut times = lines.filter_map(|line| line.unwrap().parse::<u64>().ok());
    let last_ms = times.by_ref().nth(captures).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    times.last().unwrap_or(last_ms)
}

#[test]
fn a_process_that_is_killed_loses_two_seconds_at_most() {
    if let Some(dir) = std::env::var_os(SPOOL) {
        return record_until_killed(Path::new(&dir));
    }
    for captures in [1, 60, 333, 1_000, 1_729] {
        let dir = TempDir::new().unwrap();
        let last_ms = kill_after(dir.path(), captures);
        let (spool, report) = Spool::open(dir.path(), Limits::default(), now(0).wall_ms);
        assert!(report.closed <= 1, "{report:?}");
        assert_eq!(
            report,
            OpenReport { closed: report.closed, empty: report.empty, ..OpenReport::default() }
        );
        let ends = spool.entries().iter().map(|entry| {
            let bytes = std::fs::read(&entry.path).unwrap();
            SealedSegment::parse(&bytes).unwrap().footer().end_ms
        });
        assert!(ends.max().unwrap_or(0) + 2_000 >= last_ms, "{last_ms}");
    }
}

/// Counts what is written into a folder by what its files have that they did not
/// have before.
#[derive(Default)]
struct Written {
    files: HashMap<String, Vec<u8>>,
    bytes: usize,
}

impl Written {
    fn look(&mut self, dir: &Path) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let before = self.files.entry(name).or_default();
            let same = before.iter().zip(&bytes).take_while(|(a, b)| a == b).count();
            self.bytes += bytes.len() - same;
            *before = bytes;
        }
    }
}

/// Sends all that is spooled; gives how many bytes that took.
fn send_all(phone: &mut Phone, ms: u64) -> u64 {
    let mut sent = 0;
    while let Task::Upload(task) = common::next_task(phone, ms) {
        sent += task.bytes;
        common::acknowledge(phone, ms, &task);
    }
    sent
}

#[test]
fn no_more_than_a_third_more_is_written_than_is_sent() {
    let (mut phone, mut written, mut sent) = (Phone::new(), Written::default(), 0);
    for ms in (0..600_000).step_by(100) {
        if ms % 700 == 0 {
            capture(&mut phone, ms, &format!("label {ms}"));
        }
        if ms % 500 == 0 {
            written.look(phone.dir.path());
        }
        if ms % 90_000 == 0 {
            sent += send_all(&mut phone, ms);
        }
    }
    written.look(phone.dir.path());
    let mut phone = phone.killed_and_started_again_after(600_000);
    written.look(phone.dir.path());
    sent += send_all(&mut phone, 0);
    assert!(sent > 10_000, "{sent} bytes");
    assert!(written.bytes as f64 <= 1.3 * sent as f64, "{} written, {sent} sent", written.bytes);
}
