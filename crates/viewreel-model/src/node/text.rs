//! Texts: one style, laid-out lines.

use super::color::Color;
use crate::geometry::{Point, snap};
use crate::strings::StrId;

/// Horizontal placement of lines; kept for masked text, which has no lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Alignment {
    /// By the layout direction.
    #[default]
    Natural = 0,
    Left = 1,
    Center = 2,
    Right = 3,
    Justified = 4,
}

impl Alignment {
    /// The alignment of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Natural),
            1 => Some(Self::Left),
            2 => Some(Self::Center),
            3 => Some(Self::Right),
            4 => Some(Self::Justified),
            _ => None,
        }
    }
}

/// What a text is to the person before the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TextRole {
    /// The node has no text.
    #[default]
    None = 0,
    /// Written by the app.
    Static = 1,
    /// Written by the user.
    Input = 2,
    /// The grey prompt of an empty field.
    Hint = 3,
}

impl TextRole {
    /// The role of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::None),
            1 => Some(Self::Static),
            2 => Some(Self::Input),
            3 => Some(Self::Hint),
            _ => None,
        }
    }
}

/// The attributes of a text: one style for all its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TextStyle {
    /// What it is; [`TextRole::None`] means that the node has no text.
    pub role: TextRole,
    /// Font family or PostScript name; none is the system font.
    pub font: StrId,
    /// Point size.
    pub size: f32,
    /// 100 … 900, as in CSS; 0 means 400.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Ink.
    pub color: Color,
    /// Placement.
    pub alignment: Alignment,
}

impl TextStyle {
    /// Size snapped.
    #[must_use]
    pub fn snapped(&self) -> Self {
        Self { size: snap(self.size).max(0.0), ..*self }
    }
}

/// One laid-out line of text. The player draws it as it is; it never breaks lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: StrId,
    /// Left end of the baseline, in points of the node's bounds space.
    pub baseline: Point,
    /// Advance width, in points, snapped to whole points in a snapshot: the
    /// player fits what it draws into it.
    pub width: f32,
}

/// The lines of one node: `start..start + len` of [`crate::Columns::lines`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineRange {
    /// Index of the first.
    pub start: u32,
    /// How many.
    pub len: u32,
}
