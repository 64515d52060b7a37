//! The text of a node.

use super::spell::{some, some_word, word};
use serde::Deserialize;
use viewreel_capture::Text;
use viewreel_model::content::Vertical;
use viewreel_model::node::{Alignment, Color, TextRole};
use viewreel_model::{Kind, Rect};

/// `text`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct TextSpec {
    #[serde(default, deserialize_with = "some_word")]
    role: Option<TextRole>,
    #[serde(default)]
    string: String,
    /// Most lines that `string` is laid out in.
    #[serde(default, deserialize_with = "some")]
    max_lines: Option<u16>,
    #[serde(default = "middle", deserialize_with = "word")]
    vertical: Vertical,
    /// Room between the bounds and `string`: top, left, bottom, right.
    #[serde(default)]
    inset: [f32; 4],
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

    /// The text of a node of that kind with these bounds.
    pub(crate) fn text(&self, kind: Kind, bounds: Rect) -> Text<'_> {
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
            text: crate::fit::cut(&self.string),
            frame: self.inside(bounds),
            max_lines: self.max_lines.unwrap_or(0),
            vertical: self.vertical,
        }
    }
}
