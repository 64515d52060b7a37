//! What went wrong, in one line that says what to do.

use std::fmt;

/// A failure of a subcommand.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CliError {
    message: String,
    exit_code: u8,
}

impl CliError {
    /// Something failed: exit code 1.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self { message: message.into(), exit_code: 1 }
    }

    /// The command was called wrongly: exit code 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), exit_code: 2 }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
