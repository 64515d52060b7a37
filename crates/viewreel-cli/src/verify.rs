//! `viewreel verify`: every byte of a file.

use crate::args::VerifyArgs;
use crate::error::CliError;
use crate::playable::{entries, read_file, segment_count};
use viewreel_format::{FormatError, SealedSegment};
use viewreel_tree::{Playhead, SeekError};

pub(crate) fn run(args: &VerifyArgs) -> Result<(), CliError> {
    let bytes = read_file(&args.file)?;
    let reel = entries(&args.file, &bytes)?;
    let mut damaged = 0;
    if let Some(error) = reel.directory_error {
        println!("directory: {error}; segments were found by scanning");
        damaged += 1;
    }
    let count = reel.segments.len();
    for (offset, segment) in &reel.segments {
        match segment.as_ref().map_err(|&error| SeekError::Read(error)).and_then(check) {
            Ok(line) => println!("offset {offset}: {line}"),
            Err(error) => {
                damaged += 1;
                println!("offset {offset}: damaged: {error}");
            }
        }
    }
    match damaged {
        0 => {
            println!("{}, {} bytes: all good", segment_count(count as u64), bytes.len());
            Ok(())
        }
        _ => Err(CliError::failed(format!(
            "{} is damaged in {damaged} place{}; what is good still plays",
            args.file.display(),
            if damaged == 1 { "" } else { "s" }
        ))),
    }
}

/// Decodes every record and applies every diff.
fn check(segment: &SealedSegment<'_>) -> Result<String, SeekError<FormatError>> {
    let mut playhead = Playhead::default();
    let mut records = 0;
    for record in segment.records() {
        playhead.play(record?)?;
        records += 1;
    }
    let header = segment.header();
    let nodes = playhead.tree().map_or(0, |tree| tree.snapshot().len());
    Ok(format!(
        "run {:016x} seq {}: {records} records, ends with {nodes} nodes, {} bytes",
        header.run.0,
        header.seq,
        segment.bytes().len()
    ))
}
