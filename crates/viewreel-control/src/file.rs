//! Small files beside the index that are whole or not there.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Puts `bytes` in place of the file, with these rights on Unix. It survives a
/// power loss.
pub(crate) fn replace(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = create(&new, mode)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)?;
    sync_directory_of(path)
}

/// Deletes the file, for good; whether it was there.
pub(crate) fn remove(path: &Path) -> io::Result<bool> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        removed => removed.and_then(|()| sync_directory_of(path)).map(|()| true),
    }
}

fn create(path: &Path, mode: u32) -> io::Result<File> {
    // The rights of a file that is already there would be kept.
    remove(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)
}

/// A name that is not synced may be another after a power loss.
fn sync_directory_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(directory) if cfg!(unix) => File::open(directory)?.sync_all(),
        _ => Ok(()),
    }
}
