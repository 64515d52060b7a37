//! The values of the tables of shapes and text styles.

use crate::bytes::{Reader, Writer, points, units};
use crate::error::FormatError;
use crate::tables::{ReadTables, WriteTables};
use viewreel_model::node::{Alignment, Color, Geometry, TextRole, TextStyle};
use viewreel_model::{Columns, StrId};

const CLIPS: u8 = 1;
const CONTINUOUS: u8 = 1 << 1;
const ITALIC: u8 = 1;
const UNDERLINE: u8 = 1 << 1;
const STRIKE: u8 = 1 << 2;

/// The bits whose flags are set.
fn bits<const N: usize>(flags: [(bool, u8); N]) -> u8 {
    flags.iter().filter(|(is_set, _)| *is_set).fold(0, |bits, (_, bit)| bits | bit)
}

/// How the edge of a view is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    flags: u8,
    /// In units of 1/32 pt.
    radii: [i64; 4],
}

impl Shape {
    pub(crate) fn of(geometry: &Geometry) -> Self {
        let flags = [(geometry.clips, CLIPS), (geometry.continuous_corners, CONTINUOUS)];
        Self { flags: bits(flags), radii: geometry.corner_radii.map(units) }
    }

    pub(crate) fn put_into(self, geometry: &mut Geometry) {
        geometry.clips = self.flags & CLIPS != 0;
        geometry.continuous_corners = self.flags & CONTINUOUS != 0;
        geometry.corner_radii = self.radii.map(points);
    }

    pub(crate) fn write(self, out: &mut Writer) {
        out.u8(self.flags);
        out.lens(self.radii.map(points));
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let flags = from.bits("shape flags", CLIPS | CONTINUOUS)?;
        let mut radii = [0; 4];
        for radius in &mut radii {
            *radius = from.units("a corner radius")?;
        }
        Ok(Self { flags, radii })
    }
}

/// The attributes of a text, its font as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    role: u8,
    /// Number of the font in [`crate::tables::Fonts`], 0 for none.
    font: u32,
    /// In units of 1/32 pt.
    size: i64,
    weight: u16,
    flags: u8,
    ink: Color,
    alignment: u8,
}

impl Style {
    /// A style whose font the string table knows by that number.
    fn of(text: &TextStyle, font: u32) -> Self {
        let flags = [(text.italic, ITALIC), (text.underline, UNDERLINE), (text.strike, STRIKE)];
        Self {
            role: text.role as u8,
            font,
            size: units(text.size),
            weight: text.weight,
            flags: bits(flags),
            ink: text.color,
            alignment: text.alignment as u8,
        }
    }

    fn text(self, font: StrId) -> TextStyle {
        TextStyle {
            role: TextRole::from_code(self.role).unwrap_or_default(),
            font,
            size: points(self.size),
            weight: self.weight,
            italic: self.flags & ITALIC != 0,
            underline: self.flags & UNDERLINE != 0,
            strike: self.flags & STRIKE != 0,
            color: self.ink,
            alignment: Alignment::from_code(self.alignment).unwrap_or_default(),
        }
    }
}

/// Writes a reference to a text style.
pub(crate) fn write_style(
    out: &mut Writer,
    tables: &mut WriteTables,
    columns: &Columns,
    text: &TextStyle,
) {
    let font = columns.strings.get(text.font);
    let style = Style::of(text, tables.fonts.number(font));
    if !tables.styles.refer(out, style) {
        return tables.strings.count(font);
    }
    out.u8(style.role);
    tables.strings.write(out, font);
    out.len(text.size);
    out.uv(u64::from(style.weight));
    out.u8(style.flags);
    tables.color(out, style.ink);
    out.u8(style.alignment);
}

/// Reads a reference to a text style; its font goes into `columns`.
pub(crate) fn read_style(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    columns: &mut Columns,
) -> Result<TextStyle, FormatError> {
    let start = from.offset();
    let Some(style) = tables.styles.refer(from, "a text style")? else {
        return read_new_style(from, tables, columns);
    };
    let font = tables.fonts.get(style.font);
    let font = tables.strings.copy_into(font, columns).map_err(|limit| limit.at(from, start))?;
    Ok(style.text(font))
}

fn read_new_style(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    columns: &mut Columns,
) -> Result<TextStyle, FormatError> {
    let role = from.code("a text role", |code| TextRole::from_code(code).map(|_| code))?;
    let font = tables.strings.read_into(from, columns, "a font")?;
    let style = Style {
        role,
        font: tables.fonts.number(columns.strings.get(font)),
        size: from.units("a font size")?,
        weight: from.uv16("a font weight")?,
        flags: from.bits("text flags", ITALIC | UNDERLINE | STRIKE)?,
        ink: tables.color(from, "an ink")?,
        alignment: from.code("an alignment", |code| Alignment::from_code(code).map(|_| code))?,
    };
    tables.styles.add(style);
    Ok(style.text(font))
}
