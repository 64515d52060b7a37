//! The file that keeps the default write key.

use crate::error::ControlError;
use crate::file;
use std::path::{Path, PathBuf};

const NAME: &str = "default-write-key";

/// Its owner alone may read it.
const MODE: u32 = 0o600;

pub(crate) fn path(directory: &Path) -> PathBuf {
    directory.join(NAME)
}

/// What the file says, `None` where it can not be read.
pub(crate) fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// Writes the file whole or not at all.
pub(crate) fn write(path: &Path, key: &str) -> Result<(), ControlError> {
    file::replace(path, format!("{key}\n").as_bytes(), MODE)
        .map_err(|source| ControlError::KeyFile { path: path.display().to_string(), source })
}
