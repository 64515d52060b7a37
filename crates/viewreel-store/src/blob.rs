//! Immutable objects by name.

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::pin::Pin;

/// A future that a trait object can return.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why object storage could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There is no such object, or it is shorter than it should be.
    #[error("a stored object is missing or too short")]
    Missing,
    /// The storage failed.
    #[error("object storage failed: {0}")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl BlobError {
    /// A failure with its cause.
    pub fn failed(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Failed(Box::new(cause))
    }
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::failed(other),
        }
    }
}

/// Immutable objects, each written once and never changed.
pub trait BlobStore: Send + Sync {
    /// Writes an object. When this returns it survives a power loss.
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), BlobError>>;

    /// Reads a part of an object, in bytes from its start.
    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Bytes, BlobError>>;

    /// Deletes an object, whole or half written; one that is not there is a
    /// success. When this returns the deletion survives a power loss.
    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), BlobError>>;
}

/// Objects as files of a local directory. Files and the directories that hold
/// them are synced before a write or a deletion is reported.
#[derive(Debug)]
pub struct LocalBlobs {
    files: LocalFileSystem,
    root: PathBuf,
}

impl LocalBlobs {
    /// Objects under `root`, which is made where it is missing.
    ///
    /// # Errors
    /// Where the directory can not be made or read.
    pub fn open(root: &Path) -> Result<Self, BlobError> {
        std::fs::create_dir_all(root).map_err(BlobError::failed)?;
        let files = LocalFileSystem::new_with_prefix(root)?.with_fsync(true);
        Ok(Self { files, root: root.to_owned() })
    }
}

impl BlobStore for LocalBlobs {
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), BlobError>> {
        Box::pin(async move {
            self.files.put(&Key::from(key), PutPayload::from_bytes(bytes)).await?;
            Ok(())
        })
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Bytes, BlobError>> {
        Box::pin(async move {
            let wanted = range.end - range.start;
            let bytes = self.files.get_range(&Key::from(key), range).await?;
            if bytes.len() as u64 == wanted { Ok(bytes) } else { Err(BlobError::Missing) }
        })
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), BlobError>> {
        let path = self.root.join(key);
        Box::pin(async move {
            let deletion = tokio::task::spawn_blocking(move || delete_durably(&path));
            deletion.await.map_err(BlobError::failed)?.map_err(BlobError::failed)
        })
    }
}

/// Deletes a file and what a cut-off write of it may have left beside it: the
/// file system store stages a write in `<name>#<number>`.
fn delete_durably(path: &Path) -> io::Result<()> {
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
    let entries = match std::fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if is_of_object(&entry.file_name(), name) {
            std::fs::remove_file(entry.path())?;
        }
    }
    sync_directory(directory)
}

fn is_of_object(file: &std::ffi::OsStr, object: &std::ffi::OsStr) -> bool {
    let rest = file.as_encoded_bytes().strip_prefix(object.as_encoded_bytes());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"#"))
}

/// Makes what happened to the entries of a directory survive a power loss.
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    #[cfg(unix)]
    std::fs::File::open(directory)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = directory;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deleting_an_object_takes_its_half_written_remains_and_no_other_file() {
        let directory = tempfile::tempdir().expect("a directory");
        for name in ["ab", "ab#1", "ab#2", "abc", "b"] {
            std::fs::write(directory.path().join(name), name).expect("a file");
        }
        delete_durably(&directory.path().join("ab")).expect("deleted");
        let entries = std::fs::read_dir(directory.path()).expect("a listing");
        let mut left: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        left.sort();
        assert_eq!(left, ["abc", "b"]);
    }

    #[test]
    fn deleting_what_was_never_there_succeeds() {
        let directory = tempfile::tempdir().expect("a directory");
        delete_durably(&directory.path().join("a/b/c")).expect("no directory");
        delete_durably(&directory.path().join("c")).expect("no file");
    }
}
