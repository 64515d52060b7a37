//! What a reader finds in the spool.

use super::App;
use viewreel_format::{SealedSegment, SegmentHeader};
use viewreel_model::record::{Body, GapReason};
use viewreel_model::{Record, Snapshot};
use viewreel_seams::Now;
use viewreel_tree::Playhead;

/// A segment that waits to be sent.
pub(crate) struct Segment {
    pub(crate) header: SegmentHeader,
    pub(crate) records: Vec<Record>,
}

impl Segment {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let segment = SealedSegment::parse(bytes).expect("the file is a segment");
        let records = segment.records().map(|record| record.expect("the record decodes"));
        Self { header: segment.header().clone(), records: records.collect() }
    }

    /// The wall clock of a record of it, milliseconds since 1970 UTC.
    fn wall_ms(&self, record: &Record) -> i64 {
        let since_ms = record.time_ms.saturating_sub(self.header.start_ms);
        self.header.wall_ms.saturating_add_unsigned(since_ms)
    }
}

impl App {
    /// Everything that was recorded and not sent, in the order of recording.
    pub(crate) fn segments(&mut self, now: Now) -> Vec<Segment> {
        self.host.worker.flush(now);
        self.files().iter().map(|bytes| Segment::parse(bytes)).collect()
    }

    /// The files that would be sent.
    pub(crate) fn files(&self) -> Vec<Vec<u8>> {
        let files = self.host.worker.recorder().spooled().iter();
        files.map(|entry| std::fs::read(&entry.path).expect("the file is there")).collect()
    }

    /// The ids of the sessions that have replays, in the order in which they began,
    /// as time since the start of the first process, in milliseconds. A process whose
    /// clock was ahead stands behind the next one, which may go on with its session.
    pub(crate) fn sessions(&mut self, now: Now) -> Vec<i64> {
        let mut ids: Vec<i64> = Vec::new();
        for id in self.segments(now).iter().map(session) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// What a viewer sees of a session: each text when it comes, as time since the
    /// start of the first process in seconds, by the wall clock.
    pub(crate) fn seen(&mut self, now: Now, session_ms: i64) -> Vec<(i64, String)> {
        let segments = self.segments(now);
        let of_session = segments.iter().filter(|segment| session(segment) == session_ms);
        let mut seen: Vec<(i64, String)> = of_session.flat_map(seen_in).collect();
        seen.dedup_by(|later, earlier| later.1 == earlier.1);
        seen
    }

    /// Names of events, screens and gaps in the replay of a session.
    pub(crate) fn story(&mut self, now: Now, session_ms: i64) -> Vec<String> {
        let segments = self.segments(now);
        let of_session = segments.iter().filter(|segment| session(segment) == session_ms);
        of_session.flat_map(|segment| segment.records.iter().filter_map(told)).collect()
    }
}

fn session(segment: &Segment) -> i64 {
    let id: i64 = segment.header.replay.session_id.parse().expect("the id is a number");
    id - super::START.wall_ms
}

fn told(record: &Record) -> Option<String> {
    match &record.body {
        Body::Event(name) => Some(name.clone()),
        Body::Screen(name) => Some(format!("screen {name}")),
        Body::Gap { reason, duration_ms } => Some(format!("gap {} {duration_ms}", word(*reason))),
        _ => None,
    }
}

fn word(reason: GapReason) -> &'static str {
    match reason {
        GapReason::Disabled => "disabled",
        GapReason::Background => "background",
        GapReason::Discarded => "discarded",
        GapReason::CaptureFailed => "failed",
        GapReason::Blocked => "blocked",
    }
}

fn seen_in(segment: &Segment) -> Vec<(i64, String)> {
    let mut playhead = Playhead::default();
    let mut seen = Vec::new();
    for record in &segment.records {
        playhead.play::<std::convert::Infallible>(record.clone()).expect("the record plays");
        let is_visual = matches!(record.body, Body::Keyframe { .. } | Body::Diff(_));
        if let Some(tree) = playhead.tree().filter(|tree| is_visual && !tree.is_empty()) {
            let since_ms = segment.wall_ms(record) - super::START.wall_ms;
            seen.push((since_ms.div_euclid(1_000), first_text(&tree.snapshot())));
        }
    }
    seen
}

fn first_text(tree: &Snapshot) -> String {
    texts(tree).into_iter().next().unwrap_or_default()
}

/// Every line of text, from the root on.
pub(crate) fn texts(tree: &Snapshot) -> Vec<String> {
    let columns = tree.columns();
    columns.lines.iter().map(|line| columns.strings.get(line.text).to_owned()).collect()
}

/// What is on the screen when a segment ends.
pub(crate) fn last_tree(segment: &Segment) -> Snapshot {
    let mut playhead = Playhead::default();
    for record in &segment.records {
        playhead.play::<std::convert::Infallible>(record.clone()).expect("the record plays");
    }
    playhead.tree().expect("a segment begins with a keyframe").snapshot()
}
