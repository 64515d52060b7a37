//! Everything that one node says.

use super::{Appearance, Control, Geometry, Image, LineRange, Mask, Semantics, TextStyle};

/// Everything that a node says beside its id and its place in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// Changes when a recycled cell shows another item.
    pub generation: u32,
    /// What it is.
    pub semantics: Semantics,
    /// Where it lies.
    pub geometry: Geometry,
    /// How it is painted.
    pub appearance: Appearance,
    /// Attributes of its text.
    pub text: TextStyle,
    /// Lines of its text, in [`crate::Columns::lines`].
    pub lines: LineRange,
    /// Its picture.
    pub image: Image,
    /// Its state as a control.
    pub control: Control,
    /// What masking did; always the default in a raw tree.
    pub mask: Mask,
}
