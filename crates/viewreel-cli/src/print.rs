//! Standard output.

use crate::error::CliError;
use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};

/// Prints a line. Where nobody reads any more (`viewreel inspect … | head`)
/// that is no failure, and the command goes on.
///
/// # Errors
/// Where the line cannot be written, such as to a full disk.
pub(crate) fn say(line: impl Display) -> Result<(), CliError> {
    match writeln!(stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CliError::failed(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Text of a replay for a terminal: control characters, which could move the
/// cursor or fake other lines, are spelled out.
pub(crate) fn plain(text: &str) -> String {
    let spelled = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    text.chars().map(spelled).collect()
}
