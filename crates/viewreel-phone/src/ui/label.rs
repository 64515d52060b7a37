//! The text of a view.

use crate::look::Font;
use std::borrow::Cow;
use viewreel_model::content::Vertical;
use viewreel_model::node::{Alignment, TextRole};
use viewreel_model::{Color, Rect, Size};
use viewreel_text::Typeset;

/// What stands for each letter of a secure text.
const BULLET: &str = "•";

/// Layout is asked for a hair more than it measured, so that adding up widths
/// in floating point never breaks a line that just fits. In points.
const SLACK_PT: f32 = 0.02;

/// The text of a view in one style.
pub(crate) struct Label {
    /// What it says; what the user has typed in a field.
    pub(crate) text: String,
    /// What stands there while `text` is empty.
    pub(crate) hint: &'static str,
    pub(crate) font: Font,
    pub(crate) alignment: Alignment,
    pub(crate) strike: bool,
    /// Free space left and right, in points.
    pub(crate) inset: f32,
    is_input: bool,
    max_lines: Option<u16>,
    vertical: Vertical,
}

impl Label {
    /// One line, set by the app.
    pub(crate) fn new(text: impl Into<String>, font: Font) -> Self {
        Self {
            text: text.into(),
            hint: "",
            font,
            alignment: Alignment::Natural,
            strike: false,
            inset: 0.0,
            is_input: false,
            max_lines: Some(1),
            vertical: Vertical::Middle,
        }
    }

    /// What the user types into a field, with its prompt.
    pub(crate) fn input(hint: &'static str, font: Font, inset: f32) -> Self {
        Self { hint, inset, is_input: true, ..Self::new("", font) }
    }

    pub(crate) fn centered(self) -> Self {
        Self { alignment: Alignment::Center, ..self }
    }

    pub(crate) fn trailing(self) -> Self {
        Self { alignment: Alignment::Right, ..self }
    }

    pub(crate) fn struck(self) -> Self {
        Self { strike: true, ..self }
    }

    /// As many lines as it takes, from the top.
    pub(crate) fn wrapping(self) -> Self {
        Self { max_lines: None, vertical: Vertical::Top, ..self }
    }

    /// Replaces the text.
    pub(crate) fn say(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }

    /// What the text is to the person before the screen.
    pub(crate) fn role(&self) -> TextRole {
        match (self.is_input, self.text.is_empty()) {
            (false, _) => TextRole::Static,
            (true, true) => TextRole::Hint,
            (true, false) => TextRole::Input,
        }
    }

    /// Its ink: prompts are grey.
    pub(crate) fn ink(&self) -> Color {
        if self.role() == TextRole::Hint { crate::look::HINT } else { self.font.color }
    }

    /// The size the text takes, in points, where it may be `max_width` wide.
    pub(crate) fn measure(&self, is_secure: bool, max_width: f32) -> Size {
        let room = (max_width - 2.0 * self.inset).max(0.0) + SLACK_PT;
        let size = viewreel_text::measure(&self.shown(is_secure), &self.typeset(), room);
        Size::new(size.width + 2.0 * self.inset, size.height)
    }

    /// Where it is set in a view of that size.
    pub(crate) fn frame(&self, size: Size) -> Rect {
        let width = (size.width - 2.0 * self.inset).max(0.0);
        let slack = if width > 0.0 { SLACK_PT } else { 0.0 };
        Rect::new(self.inset, 0.0, width + slack, size.height + SLACK_PT)
    }

    /// Most lines; 0 is as many as there is room for.
    pub(crate) fn max_lines(&self) -> u16 {
        self.max_lines.unwrap_or(0)
    }

    pub(crate) const fn vertical(&self) -> Vertical {
        self.vertical
    }

    /// What stands on the screen.
    pub(crate) fn shown(&self, is_secure: bool) -> Cow<'_, str> {
        match self.role() {
            TextRole::Hint => Cow::Borrowed(self.hint),
            _ if is_secure => Cow::Owned(BULLET.repeat(self.text.chars().count())),
            _ => Cow::Borrowed(&self.text),
        }
    }

    fn typeset(&self) -> Typeset {
        Typeset {
            size: self.font.size,
            weight: self.font.weight,
            alignment: self.alignment,
            max_lines: self.max_lines.map(usize::from),
            vertical: self.vertical,
        }
    }
}
