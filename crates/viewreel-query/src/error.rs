//! Why a question has no answer.

use viewreel_format::DecisionReason;
use viewreel_store::StoreError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// There is no such replay.
    #[error("there is no such replay")]
    ReplayNotFound,
    /// There is no such replay, and its recorder said why.
    #[error("the session was not recorded: {}", .0.word())]
    NotRecorded(DecisionReason),
    /// There is no such segment.
    #[error("there is no such segment")]
    SegmentNotFound,
    /// The replay refers to no such picture, or it did not come yet.
    #[error("there is no such picture")]
    ImageNotFound,
    /// The store does not answer, or what it holds is damaged.
    #[error(transparent)]
    Store(#[from] StoreError),
}
