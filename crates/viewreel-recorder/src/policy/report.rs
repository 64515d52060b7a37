//! Why a session has no replay.

use crate::decision::Reason;
use viewreel_format::{DecisionRecord, ReplayId};

/// Why a session has no replay, for the server. There is at most one record for
/// each session of a process, made when the session ends or the app goes to the
/// background and nothing was recorded; none where the reason forbids that
/// anything is sent: without consent not even this, and nothing to a zone where no
/// data may go.
pub(super) fn decision_record(replay: &ReplayId, reason: Reason) -> Option<DecisionRecord> {
    use Reason::{ConsentDenied, ConsentPending, OtherZone};
    let is_silent = matches!(reason, ConsentDenied | ConsentPending | OtherZone);
    (!is_silent).then(|| DecisionRecord { replay: replay.clone(), reason })
}
