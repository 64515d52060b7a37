//! Repository chores, run as `cargo xtask <chore>`.
//!
//! This crate checks how the project is built up; it never does what a crate
//! of the product should do. Start reading at [`tidy`].

// A chore speaks to a person at a terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <chore>

Chores:
  tidy    Check edges between crates, sizes, docs, links, licences and lock files";

fn main() -> ExitCode {
    let chore = std::env::args().nth(1);
    match chore.as_deref() {
        Some("tidy") => tidy::run(),
        Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
