//! What the rules ask of a node itself.

use viewreel_model::columns::Columns;
use viewreel_model::node::{Image, Row, TextRole};
use viewreel_model::{Kind, MaskLevel};

/// The small part of a row that the rules look at.
#[derive(Clone, Copy)]
pub(crate) struct Brief {
    pub(crate) kind: Kind,
    pub(crate) role: TextRole,
    has_lines: bool,
    image: Image,
    /// Of its control.
    pub(crate) flags: u8,
    pub(crate) generation: u32,
}

impl Brief {
    /// That of a node, without the rest of its row.
    pub(crate) fn of(columns: &Columns, node: usize) -> Option<Self> {
        Some(Self {
            kind: columns.semantics().get(node)?.kind,
            role: columns.text().get(node)?.role,
            has_lines: columns.line_ranges().get(node)?.len > 0,
            image: *columns.images().get(node)?,
            flags: columns.controls().get(node)?.flags,
            generation: *columns.generations().get(node)?,
        })
    }

    /// Whether the node has text of its own, perhaps an empty one.
    pub(crate) fn has_text(&self) -> bool {
        self.role != TextRole::None || self.has_lines
    }

    /// Whether the node has a picture of its own.
    pub(crate) const fn has_image(&self) -> bool {
        self.image.handle.0 != 0 || !self.image.average.is_clear()
    }

    /// Whether a level keeps the picture of the node: photographs at light, what is
    /// drawn in one tint at medium, symbols always.
    pub(crate) fn shows_image(&self, level: MaskLevel) -> bool {
        let is_symbol = self.kind == Kind::Symbol;
        match level {
            MaskLevel::Light => true,
            MaskLevel::Medium => is_symbol || !self.image.tint.is_clear(),
            MaskLevel::Conservative => is_symbol,
        }
    }
}

impl From<&Row> for Brief {
    fn from(row: &Row) -> Self {
        Self {
            kind: row.semantics.kind,
            role: row.text.role,
            has_lines: row.lines.len > 0,
            image: row.image,
            flags: row.control.flags,
            generation: row.generation,
        }
    }
}
