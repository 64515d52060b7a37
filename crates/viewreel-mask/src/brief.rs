//! What a level thinks of the picture of a node.

use viewreel_model::raw::Brief;
use viewreel_model::{Kind, MaskLevel};

/// Whether a level keeps the picture of the node: photographs at light, what is
/// drawn in one tint at medium, symbols always.
pub(crate) fn shows_picture(brief: &Brief, level: MaskLevel) -> bool {
    let is_symbol = brief.kind == Kind::Symbol;
    match level {
        MaskLevel::Light => true,
        MaskLevel::Medium => is_symbol || brief.is_template,
        MaskLevel::Conservative => is_symbol,
    }
}
