//! Directories that go away with the command.

use crate::error::CliError;
use tempfile::TempDir;

/// A new directory, which is deleted when it is dropped.
///
/// # Errors
/// Where there is no place for one.
pub(crate) fn temporary_dir() -> Result<TempDir, CliError> {
    tempfile::tempdir()
        .map_err(|error| CliError::failed(format!("cannot make a temporary directory: {error}")))
}
