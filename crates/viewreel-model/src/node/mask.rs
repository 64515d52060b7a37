//! What masking did.

use crate::mask::{MaskAction, MaskReason};

/// What masking did to a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mask {
    /// What was done.
    pub action: MaskAction,
    /// Why.
    pub reason: MaskReason,
}
