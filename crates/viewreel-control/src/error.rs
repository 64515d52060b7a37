//! What can go wrong in control.

use viewreel_format::FormatError;
use viewreel_store::StoreError;

/// Why what people decide could not be read or kept.
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
    /// The file that keeps the config can not be read or written.
    #[error("the config can not be kept in {path}: {source}")]
    ConfigFile {
        /// The file.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The file that keeps the config is no config record.
    #[error("the config in {path} is damaged: {source}")]
    ConfigDamaged {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: FormatError,
    },
    /// Recorders would refuse the config.
    #[error("no recorder would take this config: {}", without_place(*.0))]
    Config(#[from] FormatError),
}

/// The place is one in bytes that nobody has seen.
fn without_place(error: FormatError) -> String {
    match error {
        FormatError::Limit { what, limit, .. } => format!("it has more {what} than {limit}"),
        FormatError::Expected { what, .. } => format!("it needs {what}"),
        other => other.to_string(),
    }
}
