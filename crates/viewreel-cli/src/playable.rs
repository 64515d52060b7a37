//! A `.reel` or segment file with its segments in playing order.

use crate::error::CliError;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use viewreel_format::{FormatError, SealedSegment, reel};
use viewreel_tree::{Playhead, SeekError, seek};

/// One segment with its place in the replay.
pub(crate) struct Part<'a> {
    pub(crate) segment: SealedSegment<'a>,
    /// Replay time of the segment's start, in milliseconds.
    pub(crate) start_ms: i64,
    /// Whether seqs are missing before it.
    pub(crate) is_after_gap: bool,
}

impl Part<'_> {
    /// Replay time of a record time of this segment, in milliseconds.
    pub(crate) fn replay_ms(&self, record_ms: u64) -> i64 {
        self.start_ms
            .saturating_add_unsigned(record_ms.saturating_sub(self.segment.header().start_ms))
    }

    /// Replay time of the last record.
    pub(crate) fn end_ms(&self) -> i64 {
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

/// Every segment of a file with its offset, good or not.
pub(crate) fn entries<'a>(path: &Path, bytes: &'a [u8]) -> Result<reel::Reel<'a>, CliError> {
    let unreadable = |error| CliError::failed(format!("{} is no replay: {error}", path.display()));
    if reel::is_reel(bytes) {
        return reel::read(bytes).map_err(unreadable);
    }
    match SealedSegment::parse(bytes) {
        Err(error @ FormatError::Expected { place, .. })
            if place.chunk.is_none() && place.offset == 0 =>
        {
            Err(unreadable(error))
        }
        segment => Ok(reel::Reel { segments: vec![(0, segment)], directory_error: None }),
    }
}

/// The good segments of a file, in playing order.
pub(crate) fn parts<'a>(path: &Path, bytes: &'a [u8]) -> Result<Vec<Part<'a>>, CliError> {
    let segments =
        entries(path, bytes)?.segments.into_iter().filter_map(|(_, segment)| segment.ok());
    let ordered = reel::order(segments.collect());
    if ordered.is_empty() {
        let path = path.display();
        return Err(CliError::failed(format!(
            "{path} holds no whole segment; `viewreel verify {path}` says what is wrong with it"
        )));
    }
    Ok(place(ordered))
}

fn place(ordered: Vec<SealedSegment<'_>>) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut origin_ms = None;
    let mut anchor_ms = 0;
    for segment in ordered {
        let header = segment.header();
        let before = parts.last().map(|part| part.segment.header());
        let before = before.filter(|before| before.run == header.run);
        if before.is_none() {
            anchor_ms = header.run_anchor_ms();
        }
        let is_after_gap = header.seq != before.map_or(0, |before| before.seq.wrapping_add(1));
        let at_ms = anchor_ms.saturating_add_unsigned(header.start_ms);
        let start_ms = at_ms.saturating_sub(*origin_ms.get_or_insert(at_ms));
        parts.push(Part { segment, start_ms, is_after_gap });
    }
    parts
}

/// What is on the screen at a replay time, and that time clamped to the replay.
pub(crate) fn at(
    parts: &[Part<'_>],
    time_ms: i64,
) -> Result<(i64, Playhead), SeekError<FormatError>> {
    let end_ms = parts.iter().map(Part::end_ms).max().unwrap_or(0);
    let time_ms = time_ms.clamp(0, end_ms);
    let part = parts.iter().rev().find(|part| part.start_ms <= time_ms).or(parts.first());
    let Some(part) = part else { return Ok((time_ms, Playhead::default())) };
    let into_ms = time_ms.saturating_sub(part.start_ms).unsigned_abs();
    let record_ms = part.segment.header().start_ms.saturating_add(into_ms);
    Ok((time_ms, seek(part.segment.records(), record_ms)?))
}

/// «1 segment», «2 segments».
pub(crate) fn segment_count(count: u64) -> String {
    format!("{count} segment{}", if count == 1 { "" } else { "s" })
}
