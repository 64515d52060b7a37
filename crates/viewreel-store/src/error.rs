//! What can go wrong in the store.

use crate::blob::BlobError;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Two processes must never share a data directory.
    #[error("another server is using the data directory {path}")]
    Locked {
        /// The directory.
        path: String,
    },
    /// The data directory can not be made or used.
    #[error("the data directory {path} can not be used: {source}")]
    Directory {
        /// The directory.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The index was written by a newer version, or is not an index.
    #[error("the index can not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The index does not answer, or could not write. Nothing was acknowledged.
    #[error("the index failed: {0}")]
    Index(#[from] sqlx::Error),
    /// Object storage does not answer, or could not write. Nothing was
    /// acknowledged.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// Stored bytes are not what was acknowledged.
    #[error("stored data is damaged: {what}")]
    Damaged {
        /// What does not fit.
        what: &'static str,
    },
    /// The commit was cut off, because the process is ending.
    #[error("the commit was cut off")]
    CutOff,
}
