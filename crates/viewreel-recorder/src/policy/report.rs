//! Why a session has no replay.

use crate::decision::Reason;
use viewreel_format::ReplayId;

/// Why a session has no replay: its ids and the reason, nothing else. There is
/// at most one for each session of a process, made when the session ends or the
/// app goes to the background and nothing was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    /// The replay that there is not.
    pub replay: ReplayId,
    /// Why.
    pub reason: Reason,
}

impl DecisionRecord {
    /// A record, unless the reason forbids that anything is sent: without consent
    /// not even this, and nothing to a zone where no data may go.
    pub(super) fn new(replay: &ReplayId, reason: Reason) -> Option<Self> {
        use Reason::{ConsentDenied, ConsentPending, OtherZone};
        let is_silent = matches!(reason, ConsentDenied | ConsentPending | OtherZone);
        (!is_silent).then(|| Self { replay: replay.clone(), reason })
    }
}
