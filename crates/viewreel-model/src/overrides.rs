//! What is done to views that a selector finds, whatever the level says of them.

use crate::mask::MaskAction;

/// A view, or one that views lie in. What is empty is any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Step {
    /// The name of its class, or of one that it inherits from.
    pub class: String,
    /// Its accessibility identifier.
    pub identifier: String,
}

/// What is done to the views that a selector finds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Override {
    /// What is done.
    pub action: MaskAction,
    /// The view, as the last step; before it ancestors, the outermost first, with
    /// any number of views between two. Without a step it finds nothing.
    pub steps: Vec<Step>,
}
