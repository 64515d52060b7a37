//! What one minute of a phone weighs on the wire, in Viewreel's format and in
//! the shapes of others, from the very same masked trees.
//!
//! `make bench-wire` runs it; the tables stand in `docs/performance.md`. The
//! README beside it says what each column is and where it is unfair. It knows
//! Viewreel's bytes only as whole segments, so it outlives format versions.
//!
//! Start reading at [`scenarios::ALL`], then [`measure::Measured`], then `peers`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its tables")]

mod machine;
mod measure;
mod moments;
mod moves;
mod parts;
mod peers;
mod scenarios;
mod scene;
mod session;
mod stage;
mod table;
#[cfg(test)]
mod tests;
mod viewreel;
mod words;

use measure::Measured;
use peers::{rrweb, video};
use session::{START, Session};
use std::path::Path;
use viewreel_import::{Source, import};

const TRACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/trees/qqmusic.ndjson.gz");

/// Between these lines a document holds the tables.
const MARKERS: [&str; 2] = ["<!-- bench-wire: begin -->", "<!-- bench-wire: end -->"];

fn main() {
    let mut measured = measure_all();
    let recorded = record_in_chromium(&mut measured);
    let filmed = film(&mut measured);
    let costs = [10, 100, 1_000].map(moves::cost);
    let page = recorded.map(|one| format!("rrweb {} in Chromium {}", one.rrweb, one.chromium));
    let camera = filmed.map(|one| format!("ffmpeg {}", one.ffmpeg));
    let remark = machine::sentence(page.into_iter().chain(camera));
    let tables = table::all(&measured, &costs, &remark);
    println!("{tables}");
    if let Some(path) = std::env::args().nth(1) {
        write_between_markers(Path::new(&path), &tables);
    }
}

fn measure_all() -> Vec<Measured> {
    let mut measured = Vec::new();
    for scenario in &scenarios::ALL {
        eprintln!("{}: {}", scenario.name, scenario.story);
        let session = (scenario.play)();
        measured.push(Measured::of(scenario.name, true, &session));
    }
    eprintln!("a trace and the virtual phone");
    measured.push(Measured::of("qqmusic trace", false, &play_trace()));
    let mut phone = Session::default();
    viewreel_phone::play_shop(&mut phone, START);
    measured.push(Measured::of("virtual phone", false, &phone));
    measured
}

fn play_trace() -> Session {
    let trace = std::fs::read(TRACE).expect("the trace is in the repository");
    let mut session = Session::default();
    import(Source::Trace, &trace, &mut session, START).expect("the trace is whole");
    session
}

/// Fills in what rrweb weighs, or says why it cannot.
fn record_in_chromium(measured: &mut [Measured]) -> Option<rrweb::Outcome> {
    let scripts: Vec<_> = measured.iter_mut().map(|one| one.script.take()).collect();
    let outcome = rrweb::record(&scripts);
    let outcome = outcome.inspect_err(|why| println!("rrweb was skipped: {why}.\n")).ok()?;
    for one in measured {
        one.rrweb = outcome.sessions.iter().find(|session| session.name == one.name).cloned();
    }
    Some(outcome)
}

/// Fills in what videos weigh, or says why there are none.
fn film(measured: &mut [Measured]) -> Option<video::Outcome> {
    let subjects: Vec<_> = measured.iter_mut().filter_map(|one| one.subject.take()).collect();
    let outcome = video::film(&subjects);
    let skipped = |why: &String| {
        println!("Video, 1 picture a second at 40 kbit/s, was not run: {why}.\n");
    };
    let outcome = outcome.inspect_err(skipped).ok()?;
    for one in measured {
        let filmed = outcome.sessions.iter().find(|session| session.name == one.name);
        one.video = filmed.map(|session| session.bytes);
    }
    Some(outcome)
}

/// Puts the tables between the two markers of a document.
fn write_between_markers(path: &Path, tables: &str) {
    let text = std::fs::read_to_string(path).expect("the document is readable");
    let [begin, end] = MARKERS;
    let (head, rest) = text.split_once(begin).expect("the document has the first marker");
    let (_, tail) = rest.split_once(end).expect("the document has the second marker");
    let text = format!("{head}{begin}\n\n{tables}\n\n{end}{tail}");
    std::fs::write(path, text).expect("the document is writable");
    println!("\nWritten to {}.", path.display());
}
