//! `viewreel inspect`: what is in a file.

use crate::args::InspectArgs;
use crate::error::CliError;
use crate::playable::{Part, at, parts, read_file, seconds, segment_count};
use crate::print::{plain, say};
use crate::{json, outline};
use serde_json::{Value, json};
use viewreel_format::FormatError;
use viewreel_tree::{Playhead, SeekError, Tree};

pub(crate) fn run(args: &InspectArgs) -> Result<(), CliError> {
    let bytes = read_file(&args.file)?;
    let parts = parts(&args.file, &bytes)?;
    let time_ms = args.at.map(|seconds| (seconds * 1_000.0).round() as u64);
    if args.json {
        let value = match time_ms {
            None => all_records(&parts)?,
            Some(time_ms) => one_moment(&parts, time_ms)?,
        };
        return say(format_args!("{value:#}"));
    }
    say(summary(&parts))?;
    say(moment(&parts, time_ms.unwrap_or(u64::MAX))?.trim_end())
}

fn unplayable(error: &SeekError<FormatError>) -> CliError {
    CliError::failed(format!(
        "the replay cannot be played: {error}; `viewreel verify` lists all damage"
    ))
}

fn all_records(parts: &[Part<'_>]) -> Result<Value, CliError> {
    let broken = |error: FormatError| unplayable(&SeekError::Read(error));
    let segments: Vec<Value> = parts
        .iter()
        .map(|part| json::segment(&part.segment))
        .collect::<Result<_, _>>()
        .map_err(broken)?;
    Ok(json!({ "segments": segments }))
}

fn one_moment(parts: &[Part<'_>], time_ms: u64) -> Result<Value, CliError> {
    let (time_ms, playhead) = at(parts, time_ms).map_err(|error| unplayable(&error))?;
    let tree = playhead.tree().map(|tree| json::keyframe(tree.state().0, &tree.snapshot()));
    Ok(json!({"time_ms": time_ms, "state": json::state(playhead.state()), "tree": tree}))
}

fn summary(parts: &[Part<'_>]) -> String {
    let Some(first) = parts.first() else { return String::new() };
    let replay = &first.segment.header().replay;
    let bytes: usize = parts.iter().map(|part| part.segment.bytes().len()).sum();
    let end_ms = parts.iter().map(Part::end_ms).max().unwrap_or(0);
    let mut out = format!(
        "replay   {}/{}\nlength   {} in {}, {bytes} bytes\n",
        replay.device_id,
        replay.session_id,
        seconds(end_ms),
        segment_count(parts.len() as u64),
    );
    for part in parts {
        let (header, footer) = (part.segment.header(), part.segment.footer());
        out.push_str(&format!(
            "segment  {:>3}  {:>9} … {:<9} {:>5} records in {:>2} chunks, {:>6} bytes{}\n",
            header.seq,
            seconds(part.start_ms),
            seconds(part.end_ms()),
            footer.records,
            footer.chunks,
            part.segment.bytes().len(),
            if part.is_after_gap { ", segments before it are missing" } else { "" },
        ));
    }
    out
}

fn moment(parts: &[Part<'_>], time_ms: u64) -> Result<String, CliError> {
    let (time_ms, playhead) = at(parts, time_ms).map_err(|error| unplayable(&error))?;
    let Some(tree) = playhead.tree() else {
        return Ok(format!("at {} nothing is on the screen yet", seconds(time_ms)));
    };
    let heading = heading(time_ms, &playhead, tree);
    Ok(format!("{heading}\n{}", outline::outline(&tree.snapshot())))
}

fn heading(time_ms: u64, playhead: &Playhead, tree: &Tree) -> String {
    let state = playhead.state();
    let screen = match state.screen.as_str() {
        "" => String::new(),
        name => format!(", screen «{}»", plain(name)),
    };
    let size = state.viewports.first().map_or(String::new(), |viewport| {
        format!(", {}×{} pt", viewport.size.width, viewport.size.height)
    });
    format!(
        "at {}{screen}{size}, mask level {}: {} nodes, {} masked",
        seconds(time_ms),
        state.mask_level.word(),
        tree.len(),
        outline::masked_count(&tree.snapshot()),
    )
}
