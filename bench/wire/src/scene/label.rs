//! The text of a view, broken into lines.

use super::colors;
use viewreel_model::node::{Alignment, TextRole};
use viewreel_model::{Color, Rect, Size};
use viewreel_text::{LaidLine, Typeset, Vertical};

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
    max_lines: usize,
    lines: Vec<LaidLine>,
}

impl Label {
    /// A text of at most `max_lines` lines, in a view of that size.
    pub(crate) fn new(text: &str, font: Font, max_lines: usize, size: Size) -> Self {
        let (alignment, hint, lines) = (Alignment::Natural, None, Vec::new());
        let mut label = Self { text: String::new(), font, alignment, hint, max_lines, lines };
        label.say(text, size);
        label
    }

    /// What is typed into a field of that size; nothing yet.
    pub(crate) fn field(hint: &'static str, font: Font, size: Size) -> Self {
        let mut label = Self { hint: Some(hint), ..Self::new("", font, 1, size) };
        label.say("", size);
        label
    }

    /// Aligns the lines anew.
    pub(crate) fn align(&mut self, alignment: Alignment, size: Size) {
        self.alignment = alignment;
        self.lay_out(size);
    }

    pub(crate) fn say(&mut self, text: &str, size: Size) {
        text.clone_into(&mut self.text);
        self.lay_out(size);
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

    pub(crate) fn lines(&self) -> &[LaidLine] {
        &self.lines
    }

    /// How far the text reaches to the right, in points.
    pub(crate) fn end(&self) -> f32 {
        self.lines.first().map_or(0.0, |line| line.baseline.x + line.width)
    }

    fn lay_out(&mut self, size: Size) {
        let shown = if self.text.is_empty() { self.hint.unwrap_or("") } else { &self.text };
        let vertical = if self.max_lines == 1 { Vertical::Middle } else { Vertical::Top };
        let spec = Typeset {
            size: self.font.size,
            weight: self.font.weight,
            alignment: self.alignment,
            max_lines: Some(self.max_lines),
            vertical,
        };
        let frame = Rect::new(0.0, 0.0, size.width, size.height);
        self.lines = viewreel_text::lay_out(shown, &spec, frame);
    }
}
