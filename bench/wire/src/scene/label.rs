//! The text of a view.

use super::colors;
use viewreel_model::content::Vertical;
use viewreel_model::node::{Alignment, TextRole};
use viewreel_model::{Color, Rect, Size};
use viewreel_text::Typeset;

/// Size in points, weight as in CSS, ink.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Font {
    pub(crate) size: f32,
    pub(crate) weight: u16,
    pub(crate) color: Color,
}

/// A font in the main ink.
pub(crate) const fn font(size: f32, weight: u16) -> Font {
    Font { size, weight, color: colors::INK }
}

impl Font {
    pub(crate) const fn ink(self, color: Color) -> Self {
        Self { color, ..self }
    }

    /// The same font in the ink of remarks.
    pub(crate) const fn grey(self) -> Self {
        self.ink(colors::GREY)
    }
}

/// The text of a view in one style.
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) font: Font,
    pub(crate) alignment: Alignment,
    /// What stands in an empty field; `None` for a text that the app wrote.
    hint: Option<&'static str>,
    pub(crate) max_lines: u16,
}

impl Label {
    /// A text of at most `max_lines` lines.
    pub(crate) fn new(text: &str, font: Font, max_lines: u16) -> Self {
        Self { text: text.to_owned(), font, alignment: Alignment::Natural, hint: None, max_lines }
    }

    /// What is typed into a field; nothing yet.
    pub(crate) fn field(hint: &'static str, font: Font) -> Self {
        Self { hint: Some(hint), ..Self::new("", font, 1) }
    }

    /// What stands on the screen.
    pub(crate) fn shown(&self) -> &str {
        if self.text.is_empty() { self.hint.unwrap_or("") } else { &self.text }
    }

    pub(crate) fn vertical(&self) -> Vertical {
        if self.max_lines == 1 { Vertical::Middle } else { Vertical::Top }
    }

    /// What the text is to the person before the screen.
    pub(crate) fn role(&self) -> TextRole {
        match (self.hint, self.text.is_empty()) {
            (None, _) => TextRole::Static,
            (Some(_), true) => TextRole::Hint,
            (Some(_), false) => TextRole::Input,
        }
    }

    pub(crate) fn ink(&self) -> Color {
        if self.role() == TextRole::Hint { colors::HINT } else { self.font.color }
    }

    /// How far the text reaches to the right in a view of that size, in points.
    pub(crate) fn end(&self, size: Size) -> f32 {
        let spec = Typeset {
            size: self.font.size,
            weight: self.font.weight,
            alignment: self.alignment,
            max_lines: Some(self.max_lines.into()),
            vertical: self.vertical(),
        };
        let frame = Rect::new(0.0, 0.0, size.width, size.height);
        let lines = viewreel_text::lay_out(self.shown(), &spec, frame);
        lines.first().map_or(0.0, |line| line.baseline.x + line.width)
    }
}
