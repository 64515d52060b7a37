//! Why a whole request is refused.

use viewreel_control::ControlError;
use viewreel_format::FormatError;
use viewreel_store::StoreError;

/// Why a whole request is refused. Nothing of it is acknowledged then.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// Nobody has that write key.
    #[error("the write key is not known")]
    Unauthorized,
    /// There is nothing in it.
    #[error("the body is empty")]
    EmptyBody,
    /// It holds more segments, binds more pictures, or inflates to more bytes, than
    /// one request may.
    #[error("the body holds more segments, pictures or inflated bytes than one request may")]
    TooMuch,
    /// What says why sessions have no replay can not be read.
    #[error("the decision records can not be read: {0}")]
    Decisions(#[from] FormatError),
    /// The store can not commit now; the request may be repeated.
    #[error("the store does not answer: {0}")]
    Unavailable(#[from] StoreError),
    /// Projects can not be read now; the request may be repeated.
    #[error("control does not answer: {0}")]
    NoControl(#[from] ControlError),
    /// The process is ending, or the inspection failed.
    #[error("the inspection was cut off")]
    CutOff,
}
