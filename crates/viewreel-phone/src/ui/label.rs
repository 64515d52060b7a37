//! The text of a view and its laid-out lines.

use crate::look::Font;
use std::borrow::Cow;
use viewreel_model::node::{Alignment, TextRole};
use viewreel_model::{Color, Rect, Size};
use viewreel_text::{LaidLine, Typeset, Vertical};

/// What stands for each letter of a secure text.
const BULLET: &str = "•";

/// Layout is asked for a hair more than it measured, so that adding up widths
/// in floating point never breaks a line that just fits. In points.
const SLACK_PT: f32 = 0.02;

/// The text of a view in one style, with the lines it was broken into.
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
    max_lines: Option<usize>,
    vertical: Vertical,
    lines: Vec<LaidLine>,
    laid_for: Option<Size>,
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
            lines: Vec::new(),
            laid_for: None,
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
        self.laid_for = None;
    }

    /// Forgets the lines, for example because the field is no longer secure.
    pub(crate) fn invalidate(&mut self) {
        self.laid_for = None;
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

    /// The lines as last laid out.
    pub(crate) fn lines(&self) -> &[LaidLine] {
        &self.lines
    }

    /// The size the text takes, in points, where it may be `max_width` wide.
    pub(crate) fn measure(&self, is_secure: bool, max_width: f32) -> Size {
        let room = (max_width - 2.0 * self.inset).max(0.0) + SLACK_PT;
        let size = viewreel_text::measure(&self.shown(is_secure), &self.typeset(), room);
        Size::new(size.width + 2.0 * self.inset, size.height)
    }

    /// Breaks the text into lines for a view of that size, unless that is done.
    pub(crate) fn lay_out(&mut self, is_secure: bool, size: Size) {
        if self.laid_for == Some(size) {
            return;
        }
        self.laid_for = Some(size);
        if size.width <= 2.0 * self.inset {
            self.lines.clear();
            return;
        }
        let width = size.width - 2.0 * self.inset + SLACK_PT;
        let frame = Rect::new(self.inset, 0.0, width, size.height + SLACK_PT);
        self.lines = viewreel_text::lay_out(&self.shown(is_secure), &self.typeset(), frame);
    }

    fn shown(&self, is_secure: bool) -> Cow<'_, str> {
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
            max_lines: self.max_lines,
            vertical: self.vertical,
        }
    }
}
