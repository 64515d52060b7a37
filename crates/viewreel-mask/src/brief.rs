//! What the rules ask of a node itself.

use viewreel_model::node::TextRole;
use viewreel_model::{Kind, MaskLevel, RawSnapshot};

/// The small part of a node that the rules look at.
#[derive(Clone, Copy)]
pub(crate) struct Brief {
    pub(crate) kind: Kind,
    pub(crate) role: TextRole,
    says_something: bool,
    has_picture: bool,
    is_template: bool,
    /// Of its control.
    pub(crate) flags: u8,
    pub(crate) generation: u32,
}

impl Brief {
    /// That of a node, without the rest of its row.
    pub(crate) fn of(raw: &RawSnapshot<'_>, node: usize) -> Option<Self> {
        let (columns, content) = (raw.columns, raw.contents.get(node)?);
        Some(Self {
            kind: columns.semantics().get(node)?.kind,
            role: columns.text().get(node)?.role,
            says_something: !content.text.text.is_none(),
            has_picture: content.picture.object.0 != 0,
            is_template: content.picture.is_template,
            flags: columns.controls().get(node)?.flags,
            generation: *columns.generations().get(node)?,
        })
    }

    /// Whether the node has text of its own, perhaps an empty one.
    pub(crate) fn has_text(&self) -> bool {
        self.role != TextRole::None || self.says_something
    }

    /// Whether that text says anything.
    pub(crate) const fn says_something(&self) -> bool {
        self.says_something
    }

    /// Whether the node has a picture of its own.
    pub(crate) const fn has_picture(&self) -> bool {
        self.has_picture
    }

    /// Whether a level keeps the picture of the node: photographs at light, what is
    /// drawn in one tint at medium, symbols always.
    pub(crate) fn shows_picture(&self, level: MaskLevel) -> bool {
        let is_symbol = self.kind == Kind::Symbol;
        match level {
            MaskLevel::Light => true,
            MaskLevel::Medium => is_symbol || self.is_template,
            MaskLevel::Conservative => is_symbol,
        }
    }
}
