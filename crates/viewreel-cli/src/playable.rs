//! A `.reel` or segment file with its segments in playing order.

use crate::error::CliError;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use viewreel_format::reel::{self, Reel, SegmentEntry};
use viewreel_format::{FormatError, SealedSegment};
use viewreel_tree::{Playhead, SeekError, seek};

/// One segment with its place in the replay.
pub(crate) struct Part<'a> {
    pub(crate) segment: SealedSegment<'a>,
    /// Replay time of the segment's start, in milliseconds.
    pub(crate) start_ms: u64,
    /// Whether seqs are missing before it.
    pub(crate) is_after_gap: bool,
}

impl Part<'_> {
    /// Replay time of a record time of this segment, in milliseconds.
    pub(crate) fn replay_ms(&self, record_ms: u64) -> u64 {
        self.start_ms.saturating_add(record_ms.saturating_sub(self.segment.header().start_ms))
    }

    /// Replay time of the last record.
    pub(crate) fn end_ms(&self) -> u64 {
        self.replay_ms(self.segment.footer().end_ms)
    }
}

/// Largest file that is read, in bytes: all of it is held in memory.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// Reads a whole file.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, CliError> {
    let failed = |why: String| CliError::failed(format!("cannot read {}: {why}", path.display()));
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    let mut bytes = Vec::new();
    let read = file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(error.to_string()))?;
    match bytes.len() as u64 > MAX_FILE_BYTES {
        true => Err(failed(format!("it is larger than {MAX_FILE_BYTES} bytes"))),
        false => Ok(bytes),
    }
}

/// A segment of a file, good or not.
pub(crate) struct Entry<'a> {
    /// In bytes.
    pub(crate) offset: u64,
    /// Replay time from its start to the start of the next one, in milliseconds.
    pub(crate) span_ms: (u64, u64),
    /// Whether seqs are missing before it.
    pub(crate) is_after_gap: bool,
    pub(crate) segment: Result<SealedSegment<'a>, FormatError>,
}

/// What a file holds.
#[derive(Default)]
pub(crate) struct Contents<'a> {
    /// Every segment with a place in replay time, in playing order.
    pub(crate) entries: Vec<Entry<'a>>,
    /// Offsets of what has no such place, and what is wrong with it.
    pub(crate) lost: Vec<(u64, FormatError)>,
    /// What is wrong with the manifest.
    pub(crate) damage: Option<FormatError>,
}

/// Everything that a file holds.
pub(crate) fn contents<'a>(path: &Path, bytes: &'a [u8]) -> Result<Contents<'a>, CliError> {
    let unreadable = |error| CliError::failed(format!("{} is no replay: {error}", path.display()));
    match reel::is_reel(bytes) {
        true => Ok(contents_of_reel(&Reel::open(bytes).map_err(unreadable)?)),
        false => match SealedSegment::parse(bytes) {
            Err(error @ FormatError::Expected { place, .. }) if place.offset == 0 => {
                Err(unreadable(error))
            }
            segment => Ok(contents_of_segment(segment)),
        },
    }
}

fn contents_of_reel<'a>(reel: &Reel<'a>) -> Contents<'a> {
    let entry = |(at, entry): (usize, &SegmentEntry)| Entry {
        offset: entry.offset,
        span_ms: (entry.start_ms, reel.segments().until_ms(at)),
        is_after_gap: entry.flags.is_after_gap(),
        segment: reel.segment(at),
    };
    let entries = reel.segments().entries().iter().enumerate().map(entry).collect();
    Contents { entries, lost: reel.lost().to_vec(), damage: reel.damage() }
}

/// A segment alone plays from 0 on.
fn contents_of_segment(segment: Result<SealedSegment<'_>, FormatError>) -> Contents<'_> {
    match segment {
        Err(error) => Contents { lost: vec![(0, error)], ..Contents::default() },
        Ok(segment) => {
            let (header, footer) = (segment.header(), segment.footer());
            let span_ms = (0, footer.end_ms - header.start_ms);
            let is_after_gap = header.seq > 0;
            let entry = Entry { offset: 0, span_ms, is_after_gap, segment: Ok(segment) };
            Contents { entries: vec![entry], ..Contents::default() }
        }
    }
}

/// The good segments of a file, in playing order.
pub(crate) fn parts<'a>(path: &Path, bytes: &'a [u8]) -> Result<Vec<Part<'a>>, CliError> {
    let part = |entry: Entry<'a>| {
        let (start_ms, is_after_gap) = (entry.span_ms.0, entry.is_after_gap);
        Some(Part { segment: entry.segment.ok()?, start_ms, is_after_gap })
    };
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut is_after_loss = false;
    for entry in contents(path, bytes)?.entries {
        match part(entry) {
            Some(part) => {
                let is_after_gap = part.is_after_gap || is_after_loss;
                parts.push(Part { is_after_gap, ..part });
                is_after_loss = false;
            }
            None => is_after_loss = true,
        }
    }
    match parts.is_empty() {
        false => Ok(parts),
        true => Err(CliError::failed(format!(
            "{path} holds no whole segment; `viewreel verify {path}` says what is wrong with it",
            path = path.display()
        ))),
    }
}

/// What is on the screen at a replay time, and that time clamped to the replay.
pub(crate) fn at(
    parts: &[Part<'_>],
    time_ms: u64,
) -> Result<(u64, Playhead), SeekError<FormatError>> {
    let end_ms = parts.iter().map(Part::end_ms).max().unwrap_or(0);
    let time_ms = time_ms.min(end_ms);
    let after = parts.partition_point(|part| part.start_ms <= time_ms);
    let Some(part) = parts.get(after.saturating_sub(1)) else {
        return Ok((time_ms, Playhead::default()));
    };
    let into_ms = time_ms.saturating_sub(part.start_ms);
    let record_ms = part.segment.header().start_ms.saturating_add(into_ms);
    Ok((time_ms, seek(part.segment.records(), record_ms)?))
}

/// A replay time for people.
pub(crate) fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1_000.0)
}

/// «1 segment», «2 segments».
pub(crate) fn segment_count(count: u64) -> String {
    format!("{count} segment{}", if count == 1 { "" } else { "s" })
}
