//! The file that keeps the default write key.

use crate::error::ControlError;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "default-write-key";

pub(crate) fn path(directory: &Path) -> PathBuf {
    directory.join(NAME)
}

/// What the file says, `None` where it can not be read.
pub(crate) fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// Writes the file whole or not at all, readable for its owner only.
pub(crate) fn write(path: &Path, key: &str) -> Result<(), ControlError> {
    replace(path, key)
        .map_err(|source| ControlError::KeyFile { path: path.display().to_string(), source })
}

fn replace(path: &Path, key: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = create_private(&new)?;
    writeln!(file, "{key}")?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}

fn create_private(path: &Path) -> io::Result<File> {
    // The rights of a file that is already there would be kept.
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
