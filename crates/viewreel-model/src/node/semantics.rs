//! What a view is.

use crate::kind::Kind;
use crate::strings::StrId;

/// What a view is and where in the app's code it comes from. Never content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Semantics {
    /// What it is.
    pub kind: Kind,
    /// Its class and superclasses, most derived first, joined by `:`, such as
    /// `PayButton:UIButton:UIControl:UIView`.
    pub class_chain: StrId,
    /// Class of the view controller whose root view this is, else none.
    pub controller: StrId,
    /// Accessibility identifier (set by the developer, never the label), else none.
    pub identifier: StrId,
}
