//! One process per data directory.

use crate::error::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

const LOCK_FILE: &str = "lock";

/// Holds the data directory until it is dropped or the process ends, however
/// it ends: the operating system keeps the lock, not the file.
#[derive(Debug)]
pub(crate) struct DirectoryLock {
    _file: File,
}

impl DirectoryLock {
    /// Makes the directory, readable for its owner only, and locks it.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another process holds it,
    /// [`StoreError::Directory`] where it can not be made or written.
    pub(crate) fn take(directory: &Path) -> Result<Self, StoreError> {
        let path = || directory.display().to_string();
        let unusable = |source| StoreError::Directory { path: path(), source };
        make_private(directory).map_err(unusable)?;
        let file = open(directory).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path: path() }),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }
}

fn open(directory: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(directory.join(LOCK_FILE))
}

/// Recordings are personal data: a new directory is for its owner alone. One
/// that is there already keeps the rights that the operator gave it.
fn make_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}
