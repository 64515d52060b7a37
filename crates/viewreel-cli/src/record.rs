//! `viewreel record`: view trees into a replay.

use crate::args::RecordArgs;
use crate::error::CliError;
use crate::output::write_whole;
use crate::playable::{read_file, segment_count};
use crate::print::say;
use crate::send::send;
use crate::tape::{Label, Nobody, Tape, start_to_end_at};
use crate::target::Target;
use std::path::Path;
use viewreel_capture::InputSink;
use viewreel_format::ReplayId;
use viewreel_import::{Source, import};
use viewreel_model::record::ReplayMeta;
use viewreel_seams::system::SystemClock;
use viewreel_seams::{Clock, Now};
use viewreel_text::Inter;

/// Time between the end of one input and the start of the next, in milliseconds.
const BETWEEN_INPUTS_MS: u64 = 1_000;

pub(crate) fn run(args: &RecordArgs) -> Result<(), CliError> {
    if args.output.is_none() && args.server.is_none() {
        return Err(CliError::usage(
            "nowhere to put the replay: give -o FILE.reel, or --server URL with --api-key KEY",
        ));
    }
    check_key(args)?;
    let clock = SystemClock::start();
    let inputs = read_inputs(args)?;
    let start = start(&inputs, args.from.source(), clock.now())?;
    let mut tape = Tape::start(label(args, start)?, Box::new(Inter), start)?;
    play(&inputs, args.from.source(), &mut tape, start)?;
    tape.finish()?;
    if let Some(path) = &args.output {
        write_reel(&tape, path)?;
    }
    match (&args.server, &args.api_key) {
        (Some(server), Some(api_key)) => {
            let acked = send(&mut tape.recorder, &clock, &Target { server, api_key })?;
            say(format_args!("{server} has acknowledged {}", segment_count(acked)))
        }
        _ => Ok(()),
    }
}

/// The key itself is in no message.
fn check_key(args: &RecordArgs) -> Result<(), CliError> {
    let is_key = |key: &String| !key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic());
    match args.server.is_none() || args.api_key.as_ref().is_some_and(is_key) {
        true => Ok(()),
        false => Err(CliError::usage(
            "a write key is one word without spaces or line ends, as `viewreel serve` printed it",
        )),
    }
}

type NamedBytes<'a> = (&'a Path, Vec<u8>);

fn read_inputs(args: &RecordArgs) -> Result<Vec<NamedBytes<'_>>, CliError> {
    args.inputs.iter().map(|path| Ok((path.as_path(), read_file(path)?))).collect()
}

fn label(args: &RecordArgs, start: Now) -> Result<Label, CliError> {
    let session_id = args.session_id.clone().unwrap_or_else(|| start.wall_ms.to_string());
    let replay = ReplayId::new(&args.device_id, &session_id).ok_or_else(|| {
        CliError::usage("a device id and a session id have 1 to 128 of the characters a-z A-Z 0-9 _ - . | @ : =")
    })?;
    let meta = ReplayMeta { app_name: app_name(&args.inputs), ..ReplayMeta::default() };
    Ok(Label { replay, mask_level: args.mask_level.mask_level(), meta })
}

/// The name of the first file, without what follows its first dot.
fn app_name(inputs: &[std::path::PathBuf]) -> String {
    let name = inputs.first().and_then(|path| path.file_name()).and_then(|name| name.to_str());
    name.and_then(|name| name.split('.').next()).unwrap_or_default().to_owned()
}

/// A start from which the replay ends about now.
fn start(inputs: &[NamedBytes<'_>], source: Source, now: Now) -> Result<Now, CliError> {
    let length_ms = play(inputs, source, &mut Nobody, Now::default())?;
    Ok(start_to_end_at(now, length_ms))
}

/// Plays all inputs one after the other and returns the length, in milliseconds.
fn play(
    inputs: &[NamedBytes<'_>],
    source: Source,
    sink: &mut dyn InputSink,
    start: Now,
) -> Result<u64, CliError> {
    let mut length_ms = 0;
    for (path, bytes) in inputs {
        let summary = import(source, bytes, sink, start.plus_ms(length_ms))
            .map_err(|error| CliError::failed(format!("{}: {error}", path.display())))?;
        length_ms = length_ms.saturating_add(summary.duration_ms).saturating_add(BETWEEN_INPUTS_MS);
    }
    Ok(length_ms.saturating_sub(BETWEEN_INPUTS_MS))
}

fn write_reel(tape: &Tape, path: &Path) -> Result<(), CliError> {
    let segments = tape.segments()?;
    let bytes = viewreel_store::reel(&segments)
        .map_err(|error| CliError::failed(format!("a segment is damaged: {error}")))?;
    write_whole(path, &bytes)
        .map_err(|error| CliError::failed(format!("cannot write {}: {error}", path.display())))?;
    let count = segment_count(segments.len() as u64);
    say(format_args!("{}: {count}, {} bytes", path.display(), bytes.len()))
}
