//! `viewreel config`: what the server asks of recorders.

use crate::args::{ConfigAction, ConfigArgs};
use crate::error::CliError;
use crate::print::{plain, say};
use std::io::Read;
use std::path::Path;
use viewreel_control::config::json;
use viewreel_control::{ControlError, ProjectConfig};
use viewreel_format::RemoteConfig;
use viewreel_store::Store;

/// Longest text of a config, in bytes: several times what fits into a record.
const MAX_TEXT_BYTES: u64 = 256 << 10;

pub(crate) fn run(args: &ConfigArgs) -> Result<(), CliError> {
    if !Store::is_in(&args.data) {
        return Err(CliError::failed(format!(
            "{} is no data directory of a server; name it with --data",
            args.data.display()
        )));
    }
    let config = ProjectConfig::in_directory(&args.data);
    match &args.action {
        ConfigAction::Show => show(&config),
        ConfigAction::Set { file } => set(&config, file),
        ConfigAction::Clear => clear(&config),
    }
}

fn show(kept: &ProjectConfig) -> Result<(), CliError> {
    match kept.read()? {
        Some(config) => {
            say(json::write(&config).map_err(|error| CliError::failed(error.to_string()))?)
        }
        None => Err(CliError::failed(
            "the project «default» has no config: recorders go by what their app says",
        )),
    }
}

fn set(kept: &ProjectConfig, file: &Path) -> Result<(), CliError> {
    let config = parse(file, &read(file)?)?;
    kept.set(&config)?;
    say(
        "The project «default» has this config now; recorders get it when their next session starts.",
    )
}

fn clear(kept: &ProjectConfig) -> Result<(), CliError> {
    match kept.clear()? {
        true => say(
            "The project «default» has no config any more; recorders go by what their app says.",
        ),
        false => say("The project «default» had no config."),
    }
}

fn parse(file: &Path, text: &str) -> Result<RemoteConfig, CliError> {
    json::read(text).map_err(|error| {
        let error = plain(&error.to_string());
        CliError::failed(format!("{}: {error}; see docs/formats/config-v1.md", file.display()))
    })
}

fn read(file: &Path) -> Result<String, CliError> {
    let read = match file == Path::new("-") {
        true => bounded(std::io::stdin().lock()),
        false => std::fs::File::open(file).and_then(bounded),
    };
    read.map_err(|error| CliError::failed(format!("cannot read {}: {error}", file.display())))
}

fn bounded(from: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    from.take(MAX_TEXT_BYTES + 1).read_to_string(&mut text)?;
    match text.len() as u64 <= MAX_TEXT_BYTES {
        true => Ok(text),
        false => Err(std::io::Error::other(format!("it is longer than {MAX_TEXT_BYTES} bytes"))),
    }
}

impl From<ControlError> for CliError {
    fn from(error: ControlError) -> Self {
        Self::failed(error.to_string())
    }
}
