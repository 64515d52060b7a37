//! What is the case.

use crate::decision::Decision;
use viewreel_format::ReplayId;

/// What is the case now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whether what happens now is recorded.
    pub decision: Decision,
    /// The replay into which it is recorded, if it is.
    pub replay: Option<ReplayId>,
    /// Whether what happens now is recorded, or held in memory.
    pub is_on: bool,
    /// Whether views may be read: it is on, and the crash guard's mark is written.
    pub wants_captures: bool,
    /// Counts up whenever what was captured before may not be recorded any more:
    /// a capture goes with the epoch before it, and is thrown away in another.
    pub epoch: u64,
}
