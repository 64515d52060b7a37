//! `viewreel verify`: every byte of a file.

use crate::args::VerifyArgs;
use crate::error::CliError;
use crate::playable::{entries, read_file, segment_count};
use crate::print::say;
use viewreel_format::{FormatError, SealedSegment};
use viewreel_model::record::{Body, Record};
use viewreel_tree::{Playhead, SeekError};

pub(crate) fn run(args: &VerifyArgs) -> Result<(), CliError> {
    let bytes = read_file(&args.file)?;
    let reel = entries(&args.file, &bytes)?;
    let mut damaged = 0;
    if let Some(error) = reel.directory_error {
        say(format_args!("directory: {error}; segments were found by scanning"))?;
        damaged += 1;
    }
    let count = reel.segments.len();
    for (offset, segment) in &reel.segments {
        match segment.as_ref().map_err(ToString::to_string).and_then(check) {
            Ok(line) => say(format_args!("offset {offset}: {line}"))?,
            Err(error) => {
                damaged += 1;
                say(format_args!("segment at offset {offset}: damaged: {error}"))?;
            }
        }
    }
    match damaged {
        0 => say(format_args!("{}, {} bytes: all good", segment_count(count as u64), bytes.len())),
        _ => Err(CliError::failed(format!(
            "{} is damaged in {damaged} place{}; what is good still plays",
            args.file.display(),
            if damaged == 1 { "" } else { "s" }
        ))),
    }
}

/// Decodes every record, applies every diff, and compares with what header and
/// footer say.
fn check(segment: &SealedSegment<'_>) -> Result<String, String> {
    let (header, footer) = (segment.header(), segment.footer());
    let mut playhead = Playhead::default();
    let mut records = 0;
    for record in segment.records() {
        let record = record.map_err(|error| error.to_string())?;
        check_place(segment, &record, records)?;
        playhead.play(record).map_err(|error: SeekError<FormatError>| error.to_string())?;
        records += 1;
    }
    // Records of kinds that are not known are in the footer's count only.
    if records < 2 || records > footer.records {
        return Err(format!("{records} records, of which the footer counts {}", footer.records));
    }
    let nodes = playhead.tree().map_or(0, |tree| tree.snapshot().len());
    Ok(format!(
        "run {:016x} seq {}: {records} records, ends with {nodes} nodes, {} bytes",
        header.run.0,
        header.seq,
        segment.bytes().len()
    ))
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
