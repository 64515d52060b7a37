//! The `viewreel` command: serve, config, demo, record, inspect, verify.
//!
//! Thin glue over the rooms: each subcommand is one file. Exit codes: 0 done,
//! 1 failed (with one line that says what to do), 2 wrong usage.

mod app_clock;
mod args;
mod config;
mod demo;
mod error;
mod inspect;
mod json;
mod outline;
mod output;
mod phone_app;
mod playable;
mod print;
mod record;
mod requests;
mod scratch;
mod send;
mod serve;
mod tape;
mod target;
mod tasks;
mod verify;

use args::{Cli, Command};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Serve(args) => serve::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Record(args) => record::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Verify(args) => verify::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may read standard error either.
            writeln!(std::io::stderr(), "viewreel: {error}").ok();
            ExitCode::from(error.exit_code())
        }
    }
}
