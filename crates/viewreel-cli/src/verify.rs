//! `viewreel verify`: every byte of a file.

use crate::args::VerifyArgs;
use crate::error::CliError;
use crate::playable::{Contents, Entry, contents, read_file, seconds, segment_count};
use crate::print::say;
use viewreel_format::{FormatError, SealedSegment};
use viewreel_model::record::{Body, Record};
use viewreel_tree::{Playhead, SeekError, Tree};

pub(crate) fn run(args: &VerifyArgs) -> Result<(), CliError> {
    let bytes = read_file(&args.file)?;
    let contents = contents(&args.file, &bytes)?;
    let count = contents.entries.len() as u64;
    match report(&contents)? {
        0 => say(format_args!("{}, {} bytes: all good", segment_count(count), bytes.len())),
        damaged => Err(CliError::failed(format!(
            "{} is damaged in {damaged} place{}; what is good still plays",
            args.file.display(),
            if damaged == 1 { "" } else { "s" }
        ))),
    }
}

/// Says what there is, and returns in how many places it is damaged.
fn report(contents: &Contents<'_>) -> Result<usize, CliError> {
    let mut damaged = contents.lost.len();
    if let Some(error) = contents.damage {
        say(format_args!("manifest: {error}; segments were found by scanning"))?;
        damaged += 1;
    }
    for (offset, error) in &contents.lost {
        say(format_args!("segment at offset {offset}: damaged: {error}"))?;
    }
    let mut before_ms = 0;
    for entry in &contents.entries {
        damaged += report_entry(entry, before_ms)?;
        before_ms = entry.span_ms.1.min(end_ms(entry));
    }
    Ok(damaged)
}

fn report_entry(entry: &Entry<'_>, before_ms: u64) -> Result<usize, CliError> {
    let (offset, (start_ms, until_ms)) = (entry.offset, entry.span_ms);
    if entry.is_after_gap {
        let gap = match before_ms < start_ms {
            true => format!(", {}", span((before_ms, start_ms))),
            false => String::new(),
        };
        say(format_args!("offset {offset}: segments before it are missing{gap}"))?;
    }
    let checked = match &entry.segment {
        Ok(segment) => check(segment),
        Err(error) => Err(Damage { why: error.to_string(), into_ms: 0 }),
    };
    match checked {
        Ok(line) => say(format_args!("offset {offset}: {line}")).map(|()| 0),
        Err(Damage { why, into_ms }) => {
            let lost = span((start_ms.saturating_add(into_ms).min(until_ms), until_ms));
            say(format_args!("segment at offset {offset}: damaged: {why}; lost: {lost}"))
                .map(|()| 1)
        }
    }
}

/// Replay time of the last record, as far as it is known.
fn end_ms(entry: &Entry<'_>) -> u64 {
    let length = |segment: &SealedSegment<'_>| segment.footer().end_ms - segment.header().start_ms;
    let length_ms = entry.segment.as_ref().map_or(u64::MAX, length);
    entry.span_ms.0.saturating_add(length_ms)
}

fn span((from_ms, until_ms): (u64, u64)) -> String {
    format!("{} … {} of the replay", seconds(from_ms), seconds(until_ms))
}

/// What is wrong with a segment.
struct Damage {
    why: String,
    /// How much of it plays, in milliseconds from its start.
    into_ms: u64,
}

/// Decodes every record, applies every diff, and compares with what header and
/// footer say.
fn check(segment: &SealedSegment<'_>) -> Result<String, Damage> {
    let start_ms = segment.header().start_ms;
    let mut playhead = Playhead::default();
    let (mut records, mut played_ms) = (0, start_ms);
    let mut damage = None;
    for record in segment.records() {
        damage = play(segment, &mut playhead, record, records, &mut played_ms).err();
        if damage.is_some() {
            break;
        }
        records += 1;
    }
    let short =
        format!("{records} records, of which the footer counts {}", segment.footer().records);
    let is_whole = records >= 2 && records <= segment.footer().records;
    match damage.or((!is_whole).then_some(short)) {
        Some(why) => Err(Damage { why, into_ms: played_ms.saturating_sub(start_ms) }),
        None => Ok(summary(segment, &playhead, records)),
    }
}

fn play(
    segment: &SealedSegment<'_>,
    playhead: &mut Playhead,
    record: Result<Record, FormatError>,
    index: u32,
    played_ms: &mut u64,
) -> Result<(), String> {
    let record = record.map_err(|error| error.to_string())?;
    check_place(segment, &record, index)?;
    *played_ms = record.time_ms;
    playhead.play(record).map_err(|error: SeekError<FormatError>| error.to_string())
}

fn summary(segment: &SealedSegment<'_>, playhead: &Playhead, records: u32) -> String {
    let header = segment.header();
    let nodes = playhead.tree().map_or(0, Tree::len);
    format!(
        "run {:016x} seq {}: {records} records, ends with {nodes} nodes, {} bytes",
        header.run.0,
        header.seq,
        segment.bytes().len()
    )
}

/// A segment begins with its state and a keyframe, and ends when its footer says.
fn check_place(segment: &SealedSegment<'_>, record: &Record, index: u32) -> Result<(), String> {
    let is_opening = record.time_ms == segment.header().start_ms;
    match (index, &record.body) {
        (0, Body::State(_)) | (1, Body::Keyframe { .. }) if is_opening => {}
        (0, _) => return Err("the first record is not a state at the segment's start".into()),
        (1, _) => return Err("the second record is not a keyframe at the segment's start".into()),
        _ => {}
    }
    match record.time_ms > segment.footer().end_ms {
        true => Err("a record is later than the end that the footer tells".into()),
        false => Ok(()),
    }
}
