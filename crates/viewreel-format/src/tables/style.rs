//! The text style of a look.

use super::{ReadTables, WriteTables, bits};
use crate::bytes::{Reader, Writer, points, units};
use crate::error::FormatError;
use viewreel_model::node::{Alignment, Color, TextRole, TextStyle};
use viewreel_model::{Columns, StrId};

const ITALIC: u8 = 1;
const UNDERLINE: u8 = 1 << 1;
const STRIKE: u8 = 1 << 2;

/// The attributes of a text, its font as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    role: TextRole,
    /// Number of the font in [`super::Names`], 0 for none.
    pub(super) font: u32,
    /// In units of 1/32 pt.
    size: i64,
    weight: u16,
    flags: u8,
    ink: Color,
    alignment: Alignment,
}

impl Style {
    pub(super) fn of(text: &TextStyle, font: u32) -> Self {
        Self {
            role: text.role,
            font,
            size: units(text.size),
            weight: text.weight,
            flags: flags(text),
            ink: text.color,
            alignment: text.alignment,
        }
    }

    /// The attributes, with the font as a string of a tree.
    pub(super) fn text(self, font: StrId) -> TextStyle {
        TextStyle {
            role: self.role,
            font,
            size: points(self.size),
            weight: self.weight,
            italic: self.flags & ITALIC != 0,
            underline: self.flags & UNDERLINE != 0,
            strike: self.flags & STRIKE != 0,
            color: self.ink,
            alignment: self.alignment,
        }
    }
}

fn flags(text: &TextStyle) -> u8 {
    bits([(text.italic, ITALIC), (text.underline, UNDERLINE), (text.strike, STRIKE)])
}

/// Writes a text style.
pub(crate) fn write_style(
    out: &mut Writer,
    tables: &mut WriteTables,
    columns: &Columns,
    text: &TextStyle,
) {
    out.u8(text.role as u8);
    tables.strings.write(out, columns.strings.get(text.font));
    out.len(text.size);
    out.uv(u64::from(text.weight));
    out.u8(flags(text));
    tables.color(out, text.color);
    out.u8(text.alignment as u8);
}

/// Reads a text style; its font goes into `columns`.
pub(crate) fn read_style(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    columns: &mut Columns,
) -> Result<TextStyle, FormatError> {
    let role = from.code("a text role", TextRole::from_code)?;
    let font = tables.strings.read_into(from, columns, "a font")?;
    let style = Style {
        role,
        font: 0,
        size: from.units("a font size")?,
        weight: from.uv16("a font weight")?,
        flags: from.bits("text flags", ITALIC | UNDERLINE | STRIKE)?,
        ink: tables.color(from, "an ink")?,
        alignment: from.code("an alignment", Alignment::from_code)?,
    };
    Ok(style.text(font))
}
