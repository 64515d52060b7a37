//! The segments of a reel, or of one of its pages.

use super::pieces::Pieces;
use super::runs::RunAnchor;
use super::{LONG_TICKS, TICK_MS, UNIT_BYTES, column};
use crate::bytes::{Reader, unzigzag, zigzag};
use crate::error::FormatError;
use crate::limits::{MAX_LIST_SEGMENTS, MAX_REPLAY_MS, MAX_SEGMENT_BYTES};
use viewreel_model::Run;

const AFTER_GAP: u32 = 1;
const HAS_ERROR: u32 = 1 << 1;
const ENDS_IN_BACKGROUND: u32 = 1 << 2;
const IS_CUT: u32 = 1 << 3;

/// Most units of a segment.
const MAX_UNITS: u64 = MAX_SEGMENT_BYTES as u64 / UNIT_BYTES;

/// Most ticks of a replay.
const MAX_TICKS: u64 = MAX_REPLAY_MS / TICK_MS;

/// What is special about a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentFlags(u32);

impl SegmentFlags {
    pub(crate) fn new(after_gap: bool, error: bool, background: bool, cut: bool) -> Self {
        let bit = |is_set: bool, bit: u32| if is_set { bit } else { 0 };
        let seen = bit(error, HAS_ERROR) | bit(background, ENDS_IN_BACKGROUND);
        Self(bit(after_gap, AFTER_GAP) | seen | bit(cut, IS_CUT))
    }

    /// Whether segments before it are missing.
    #[must_use]
    pub const fn is_after_gap(self) -> bool {
        self.0 & AFTER_GAP != 0
    }

    /// Whether it has a log of level error.
    #[must_use]
    pub const fn has_error(self) -> bool {
        self.0 & HAS_ERROR != 0
    }

    /// Whether the app is in the background at its end.
    #[must_use]
    pub const fn ends_in_background(self) -> bool {
        self.0 & ENDS_IN_BACKGROUND != 0
    }

    /// Whether it was cut out of a longer segment; others have its seq then.
    #[must_use]
    pub const fn is_cut(self) -> bool {
        self.0 & IS_CUT != 0
    }
}

/// Where a segment lies and when it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentEntry {
    /// Its recording process.
    pub run: Run,
    /// Its place in the run.
    pub seq: u32,
    /// Offset in the file, in bytes.
    pub offset: u64,
    /// Length with the padding behind it, in bytes.
    pub len: u64,
    /// Replay time of its start, in milliseconds.
    pub start_ms: u64,
    /// From this replay time on nothing happens until the next segment starts, in
    /// milliseconds; within about a second.
    pub end_ms: u64,
    /// What is special about it.
    pub flags: SegmentFlags,
}

/// Segments in playing order: starts never go back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentList {
    pub(crate) entries: Vec<SegmentEntry>,
    pub(crate) end_ms: u64,
}

impl SegmentList {
    /// Every segment, in playing order.
    #[must_use]
    pub fn entries(&self) -> &[SegmentEntry] {
        &self.entries
    }

    /// Replay time of the end of the list: of the last entry, or of the next
    /// page's start; in milliseconds.
    #[must_use]
    pub fn end_ms(&self) -> u64 {
        self.end_ms
    }

    /// Index of the segment that plays at a replay time: the last one that does
    /// not start after it, or the first. `None` where there is no segment.
    /// O(log n).
    #[must_use]
    pub fn find(&self, time_ms: u64) -> Option<usize> {
        let after = self.entries.partition_point(|entry| entry.start_ms <= time_ms);
        (!self.entries.is_empty()).then(|| after.saturating_sub(1))
    }

    /// Replay time until which segment `index` plays, in milliseconds: the start
    /// of the next one, or the end.
    #[must_use]
    pub fn until_ms(&self, index: usize) -> u64 {
        self.entries.get(index + 1).map_or(self.end_ms, |next| next.start_ms)
    }
}

/// A segment as a list tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Number of the run.
    pub(crate) run: u32,
    pub(crate) seq: u32,
    pub(crate) flags: SegmentFlags,
    pub(crate) units: u64,
    /// In ticks of replay time.
    pub(crate) start: u64,
    /// In long ticks.
    pub(crate) rest: u64,
}

/// Where a list begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base {
    /// Offset of its first segment, in bytes.
    pub(crate) offset: u64,
    /// In ticks of replay time.
    pub(crate) start: u64,
}

/// A list as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<Row>,
    /// In ticks of replay time.
    pub(crate) end: u64,
}

/// Rest of a segment that is over at `end`, before `next`; in long ticks.
pub(crate) fn rest(end: u64, next: u64) -> u64 {
    next.saturating_sub(end) / LONG_TICKS
}

impl Rows {
    pub(crate) fn units(&self) -> u64 {
        self.rows.iter().map(|row| row.units).sum()
    }

    /// Writes the list, which starts at tick `start`.
    pub(crate) fn write(&self, start: u64) -> Pieces {
        let last = self.rows.last().map_or(start, |row| row.start);
        let mut body = Pieces::default();
        body.add(|out| {
            out.count(self.rows.len());
            out.uv(self.end.saturating_sub(last));
        });
        body.column(&self.steps(0, |row| u64::from(row.run)));
        body.column(&self.seqs());
        body.column(&self.column(|row| u64::from(row.flags.0)));
        body.column(&self.column(|row| row.units.saturating_sub(1)));
        body.column(&self.steps(start, |row| row.start));
        body.column(&self.column(|row| row.rest));
        body
    }

    fn column(&self, value: impl Fn(&Row) -> u64) -> Vec<u64> {
        self.rows.iter().map(value).collect()
    }

    fn steps(&self, first: u64, value: impl Fn(&Row) -> u64) -> Vec<u64> {
        let mut before = first;
        self.column(|row| value(row))
            .into_iter()
            .map(|value| {
                let step = value.saturating_sub(before);
                before = value;
                step
            })
            .collect()
    }

    fn seqs(&self) -> Vec<u64> {
        let mut before = None;
        let beyond = |row: &Row| {
            let expected = expected_seq(before, row.run);
            before = Some((row.run, row.seq));
            zigzag(i64::from(row.seq) - expected)
        };
        self.rows.iter().map(beyond).collect()
    }

    /// Reads a list that begins at `base`; its segments lie before `room` bytes
    /// behind that.
    pub(crate) fn read(
        from: &mut Reader<'_>,
        base: Base,
        runs: usize,
        room: u64,
    ) -> Result<Self, FormatError> {
        let most = usize::try_from(room / UNIT_BYTES).unwrap_or(usize::MAX).min(MAX_LIST_SEGMENTS);
        let count = from.count("segments in a list", most)?;
        let last = from.uv("the length of the last segment")?;
        let columns = Columns::read(from, count)?;
        let rows = columns.rows(base.start, runs).ok_or(from.expected("a list of segments"))?;
        let end = rows.last().map_or(base.start, |row| row.start).checked_add(last);
        let list = Self { rows, end: end.filter(|end| *end <= MAX_TICKS).unwrap_or(u64::MAX) };
        let fits = list.end != u64::MAX && list.units() <= room / UNIT_BYTES;
        fits.then_some(list).ok_or(from.expected("segments within the file and 53 bits of time"))
    }

    /// The list with offsets and times.
    pub(crate) fn resolve(&self, base: Base, runs: &[RunAnchor]) -> SegmentList {
        let mut offset = base.offset;
        let offsets = self.rows.iter().map(|row| {
            let at = offset;
            offset += row.units * UNIT_BYTES;
            (at, row.units * UNIT_BYTES)
        });
        self.resolve_at(offsets, runs)
    }

    /// The list with its segments at these offsets, of these lengths.
    pub(crate) fn resolve_at(
        &self,
        places: impl Iterator<Item = (u64, u64)>,
        runs: &[RunAnchor],
    ) -> SegmentList {
        let nexts = self.rows.iter().skip(1).map(|row| row.start).chain([self.end]);
        let rows = self.rows.iter().zip(nexts).zip(places);
        let entry = |((row, next), (offset, len)): ((&Row, u64), (u64, u64))| SegmentEntry {
            run: runs.get(row.run as usize).map_or(Run(0), |run| run.run),
            seq: row.seq,
            offset,
            len,
            start_ms: row.start * TICK_MS,
            end_ms: row.end(next) * TICK_MS,
            flags: row.flags,
        };
        SegmentList { entries: rows.map(entry).collect(), end_ms: self.end * TICK_MS }
    }
}

impl Row {
    /// From which tick on nothing happens, where the next segment starts at `next`.
    fn end(&self, next: u64) -> u64 {
        next.saturating_sub(self.rest.saturating_mul(LONG_TICKS)).max(self.start)
    }
}

fn expected_seq(before: Option<(u32, u32)>, run: u32) -> i64 {
    match before {
        Some((before_run, seq)) if before_run == run => i64::from(seq) + 1,
        _ => 0,
    }
}

/// The columns of a list.
struct Columns {
    runs: Vec<u64>,
    seqs: Vec<u64>,
    flags: Vec<u64>,
    units: Vec<u64>,
    steps: Vec<u64>,
    rests: Vec<u64>,
}

impl Columns {
    fn read(from: &mut Reader<'_>, count: usize) -> Result<Self, FormatError> {
        Ok(Self {
            runs: column::read(from, count, u64::from(u32::MAX), "the number of a run")?,
            seqs: column::read(from, count, 1 << 33, "a seq")?,
            flags: column::read(from, count, u64::from(u32::MAX), "flags")?,
            units: column::read(from, count, MAX_UNITS - 1, "the length of a segment")?,
            steps: column::read(from, count, MAX_TICKS, "a start")?,
            rests: column::read(from, count, MAX_TICKS, "a rest")?,
        })
    }

    /// `None` where a number is out of range.
    fn rows(self, start: u64, runs: usize) -> Option<Vec<Row>> {
        let mut before = None;
        let (mut run, mut tick) = (0_u32, start);
        let kept = self.flags.into_iter().zip(self.units).zip(self.rests);
        let summed = self.runs.into_iter().zip(self.seqs).zip(self.steps);
        let row = |(((run_step, beyond), step), ((flags, units), rest))| {
            run = run.checked_add(run_step as u32).filter(|run| (*run as usize) < runs)?;
            let seq = u32::try_from(expected_seq(before, run) + unzigzag(beyond)).ok()?;
            tick = u64::checked_add(tick, step).filter(|tick| *tick <= MAX_TICKS)?;
            before = Some((run, seq));
            let flags = SegmentFlags(flags as u32);
            Some(Row { run, seq, flags, units: units + 1, start: tick, rest })
        };
        summed.zip(kept).map(row).collect()
    }
}
