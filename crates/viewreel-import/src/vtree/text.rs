//! The text of a node: laid out by the file, or by us.

use super::spell::{Object, some, some_word, word};
use serde::Deserialize;
use viewreel_capture::{Text, TextLine};
use viewreel_model::node::{Alignment, Color, TextRole};
use viewreel_model::{Kind, Point, Rect};
use viewreel_text::{LaidLine, Typeset, Vertical, lay_out};

/// `text`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct TextSpec {
    #[serde(default, deserialize_with = "some_word")]
    role: Option<TextRole>,
    /// To be laid out with Inter.
    #[serde(default, deserialize_with = "some")]
    string: Option<String>,
    /// Most lines that `string` is laid out in.
    #[serde(default, deserialize_with = "some")]
    max_lines: Option<usize>,
    #[serde(default = "middle", deserialize_with = "word")]
    vertical: Vertical,
    /// Room between the bounds and `string`: top, left, bottom, right.
    #[serde(default)]
    inset: [f32; 4],
    /// Laid out already.
    #[serde(default, deserialize_with = "some")]
    lines: Option<Vec<Object<LineSpec>>>,
    #[serde(default)]
    font: String,
    #[serde(default = "body_size")]
    size: f32,
    #[serde(default)]
    weight: u16,
    #[serde(default)]
    italic: bool,
    #[serde(default)]
    underline: bool,
    #[serde(default)]
    strike: bool,
    #[serde(default = "black", deserialize_with = "word")]
    color: Color,
    #[serde(default, deserialize_with = "word")]
    alignment: Alignment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct LineSpec {
    text: String,
    baseline: [f32; 2],
    width: f32,
}

fn middle() -> Vertical {
    Vertical::Middle
}

fn body_size() -> f32 {
    17.0
}

fn black() -> Color {
    Color::BLACK
}

impl TextSpec {
    /// What cannot be meant.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let is_double = self.string.is_some() && self.lines.is_some();
        is_double.then_some("`text` has both `string` and `lines`; give one of them")
    }

    /// The lines in a node with those bounds.
    pub(crate) fn lines(&self, bounds: Rect) -> Vec<LaidLine> {
        match (&self.lines, &self.string) {
            (Some(lines), _) => lines.iter().map(|Object(line)| line.into()).collect(),
            (None, Some(string)) => {
                lay_out(crate::fit::cut(string), &self.typeset(), self.inside(bounds))
            }
            (None, None) => Vec::new(),
        }
    }

    fn inside(&self, bounds: Rect) -> Rect {
        let [top, left, bottom, right] = self.inset;
        let Rect { origin, size } = bounds;
        Rect::new(
            origin.x + left,
            origin.y + top,
            size.width - left - right,
            size.height - top - bottom,
        )
    }

    fn typeset(&self) -> Typeset {
        Typeset {
            size: self.size,
            weight: self.weight,
            alignment: self.alignment,
            max_lines: self.max_lines,
            vertical: self.vertical,
        }
    }

    /// The text of a node of that kind with these lines.
    pub(crate) fn text<'a>(&'a self, kind: Kind, lines: &'a [TextLine<'a>]) -> Text<'a> {
        let is_written = kind.is_editable() || kind.is_input_control();
        let usual = if is_written { TextRole::Input } else { TextRole::Static };
        Text {
            role: self.role.unwrap_or(usual),
            font: &self.font,
            size: self.size,
            weight: self.weight,
            italic: self.italic,
            underline: self.underline,
            strike: self.strike,
            color: self.color,
            alignment: self.alignment,
            lines,
        }
    }
}

impl From<&LineSpec> for LaidLine {
    fn from(line: &LineSpec) -> Self {
        let [x, y] = line.baseline;
        Self { text: line.text.clone(), baseline: Point::new(x, y), width: line.width }
    }
}
