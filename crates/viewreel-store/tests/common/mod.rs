//! A store in a directory of its own, and segments to put into it.

use bytes::Bytes;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use viewreel_format::ReplayId;
use viewreel_model::{Run, SegmentId};
use viewreel_seams::{Clock, Now, SeededRng};
use viewreel_store::{NewSegment, ProjectId, Seams, SegmentFacts, Span, Store};

/// The server's wall clock in every test.
pub(crate) const RECEIVED_AT_MS: i64 = 1_764_000_100_000;

/// The phone's wall clock at the start of the run of every [`segment`].
pub(crate) const ANCHOR_MS: i64 = 1_764_000_000_000;

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Now {
        Now { mono_ms: 0, wall_ms: RECEIVED_AT_MS }
    }
}

/// A clock that stands still. Another `seed` is another process: it must not
/// draw the object names of an earlier one.
pub(crate) fn seams(seed: u64) -> Seams {
    Seams::new(FixedClock, SeededRng::new(seed))
}

pub(crate) async fn open(directory: &Path) -> Store {
    Store::open(directory, seams(1)).await.expect("a store")
}

/// The project of all tests, made when it is missing.
pub(crate) async fn project(store: &Store) -> ProjectId {
    match store.project("p").await.expect("an answer") {
        Some(project) => project,
        None => store.add_project("p", &[7; 32]).await.expect("a project"),
    }
}

pub(crate) fn replay(session: &str) -> ReplayId {
    ReplayId::new("device", session).expect("a valid id")
}

/// A segment of replay `device/session` with 1 s of records and its own bytes.
pub(crate) fn segment(session: &str, run: u64, seq: u32) -> NewSegment {
    let start_ms = u64::from(seq) * 1_000;
    let wall_ms = ANCHOR_MS + i64::try_from(start_ms).expect("a small number");
    NewSegment {
        replay: replay(session),
        id: SegmentId(u128::from(run) << 64 | u128::from(seq)),
        run: Run(run),
        seq,
        span: Span::new(start_ms, start_ms + 900, wall_ms).expect("valid times"),
        facts: SegmentFacts::default(),
        images: BTreeSet::new(),
        bytes: Bytes::from(format!("{session} {run} {seq}")),
    }
}

/// The same segment with other bytes.
pub(crate) fn altered(mut segment: NewSegment) -> NewSegment {
    segment.bytes = Bytes::from([segment.bytes.as_ref(), b" altered"].concat());
    segment
}

/// All files below the object directory.
pub(crate) fn objects(data: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![data.join("objects")];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found
}
