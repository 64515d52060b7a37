//! How many instructions a frame takes on the device, and a segment in a reader.
//!
//! Times say little on a busy machine; instructions are the same on every run, but for
//! what the C library does for another processor. `make instructions` counts them under
//! valgrind and compares them with the counts in `baseline-<architecture>.txt`. A count
//! that rose by more than the tolerance fails; `make instructions UPDATE=1` keeps the
//! counts of today.
//!
//! Start reading at [`loads::ALL`], then [`baseline::Baseline::compare`].
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a gate prints what it counted")]

mod baseline;
#[path = "../../../crates/viewreel-recorder/tests/common/letters.rs"]
mod letters;
mod loads;
#[path = "../../../crates/viewreel-recorder/tests/common/orders.rs"]
mod orders;
#[path = "../../../crates/viewreel-recorder/tests/common/path.rs"]
mod path;
mod valgrind;

use baseline::Baseline;
use loads::Load;
use std::process::ExitCode;

/// Runs one load, for valgrind; else counts all.
fn main() -> ExitCode {
    let argument = std::env::args().nth(1).unwrap_or_default();
    match (loads::named(&argument), argument.as_str()) {
        (Some(load), _) => {
            (load.run)();
            ExitCode::SUCCESS
        }
        (None, "" | "--update") => gate(argument == "--update"),
        (None, unknown) => {
            eprintln!("instructions: unknown load {unknown}");
            ExitCode::from(2)
        }
    }
}

fn gate(is_update: bool) -> ExitCode {
    let counted = loads::ALL.iter().map(|load| Some((load.name.to_owned(), count(load)?)));
    let Some(counts) = counted.collect::<Option<Vec<_>>>() else { return ExitCode::FAILURE };
    let now = Baseline { rustc: baseline::rustc(), counts };
    let done =
        if is_update { now.keep() } else { Baseline::read().and_then(|was| was.compare(&now)) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("instructions: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Instructions of one repetition.
fn count(load: &Load) -> Option<u64> {
    let counted = valgrind::count(load.name);
    counted
        .inspect_err(|why| eprintln!("instructions: {}: {why}", load.name))
        .ok()
        .map(|all| all / u64::from(load.repetitions))
}
