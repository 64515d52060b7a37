//! What can go wrong in control.

use viewreel_store::StoreError;

/// Why projects and keys could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file that keeps the default write key can not be written.
    #[error("the write key can not be kept in {path}: {source}")]
    KeyFile {
        /// The file.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
}
