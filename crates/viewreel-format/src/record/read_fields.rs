//! The columns of a field, read.

use super::motion::{Column, Motion};
use crate::bytes::{
    MAX_DIFFERENCE, MAX_UNITS, Reader, UNITS, points, ratio, turns, units, whole_points,
};
use crate::error::FormatError;
use crate::tables::{Look, ReadTables, Shape, read_style};
use std::ops::RangeInclusive;
use viewreel_model::limits::MAX_LINES;
use viewreel_model::node::{Appearance, ImageHandle, Line, LineRange};
use viewreel_model::{
    Color, Columns, Field, FieldSet, Kind, MaskAction, MaskReason, Row, StrId, Transform,
};

/// The number of the first field of later versions.
const FIRST_EXTENSION: u8 = 24;
/// One more than the largest number of a field.
const FIELDS: u8 = 32;

/// A ratio of one, in its steps.
const ONE: i64 = viewreel_model::geometry::STEPS_PER_ONE as i64;

/// The last content mode of an image.
const LAST_CONTENT_MODE: u8 = 3;

/// The longest size, position and scroll offset of a keyframe, in units of
/// 1/32 pt.
pub(crate) const LENGTH: i64 = MAX_UNITS;

/// The longest difference of one in a diff.
pub(crate) const DIFFERENCE: i64 = MAX_DIFFERENCE;

/// Reads the columns of a table: all fields but those of looks, which `nodes`
/// have already. They come with their sets. Strings and lines go into `columns`,
/// everything else into the rows. Sizes, positions and scroll offsets are within
/// `longest`.
pub(crate) fn read(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    motion: &mut Motion,
    columns: &mut Columns,
    nodes: (&[u32], &mut [Row]),
    longest: i64,
) -> Result<(), FormatError> {
    let (sets, rows) = nodes;
    let union = sets.iter().fold(0, |union, set| union | set) & !Look::FIELDS.bits();
    let mut table = Table { from, tables, motion, columns, sets, rows, longest };
    table.read_fields(union)?;
    let mut extensions = (FIRST_EXTENSION..FIELDS).filter(|number| union >> number & 1 == 1);
    extensions.try_for_each(|number| table.skip_extension(number))
}

/// Reads the values of a look with these fields.
pub(crate) fn read_look(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    motion: &mut Motion,
    columns: &mut Columns,
    set: u32,
) -> Result<Row, FormatError> {
    let mut rows = [Row::default()];
    let (sets, longest) = (&[set][..], LENGTH);
    let mut table = Table { from, tables, motion, columns, sets, rows: &mut rows, longest };
    table.read_fields(set & Look::FIELDS.bits())?;
    let [row] = rows;
    Ok(row)
}

/// A table whose fields are being read.
struct Table<'t, 'b> {
    from: &'t mut Reader<'b>,
    tables: &'t mut ReadTables,
    motion: &'t mut Motion,
    columns: &'t mut Columns,
    sets: &'t [u32],
    rows: &'t mut [Row],
    longest: i64,
}

impl Table<'_, '_> {
    /// Reads one entry for every node that has the field.
    fn column<T>(
        &mut self,
        field: Field,
        mut read: impl FnMut(&mut Reader<'_>, &mut ReadTables, &mut Columns) -> Result<T, FormatError>,
        mut put: impl FnMut(&mut Row, T),
    ) -> Result<(), FormatError> {
        for (row, set) in self.rows.iter_mut().zip(self.sets) {
            if set >> field as u8 & 1 == 1 {
                put(row, read(self.from, self.tables, self.columns)?);
            }
        }
        Ok(())
    }

    /// As [`Table::column`], for entries that need no table.
    fn plain<T>(
        &mut self,
        field: Field,
        read: impl Fn(&mut Reader<'_>) -> Result<T, FormatError>,
        put: impl FnMut(&mut Row, T),
    ) -> Result<(), FormatError> {
        self.column(field, |from, _, _| read(from), put)
    }

    /// Reads a column of which each entry tells by how much it is different from
    /// what was expected; `range` says what a row takes.
    fn moving(
        &mut self,
        (field, column): (Field, Column),
        range: impl Fn(&Row) -> RangeInclusive<i64>,
        mut put: impl FnMut(&mut Row, i64),
    ) -> Result<(), FormatError> {
        let all = self.rows.iter_mut().zip(self.sets).enumerate();
        for (at, (row, _)) in all.filter(|(_, (_, set))| *set >> field as u8 & 1 == 1) {
            let expected = self.motion.predict(at, column);
            let value = match column {
                Column::Rotation => self.from.turn(expected, "a rotation")?,
                _ => self.from.sum(expected, range(row), "a number that moves")?,
            };
            self.motion.note(at, column, value);
            put(row, value);
        }
        Ok(())
    }

    /// As [`Table::moving`], for numbers within `most`.
    fn moving_within(
        &mut self,
        column: (Field, Column),
        most: i64,
        put: impl FnMut(&mut Row, i64),
    ) -> Result<(), FormatError> {
        self.moving(column, |_| -most..=most, put)
    }

    fn skip_extension(&mut self, number: u8) -> Result<(), FormatError> {
        for _ in self.sets.iter().filter(|set| *set >> number & 1 == 1) {
            self.from.sized("the length of a field")?;
        }
        Ok(())
    }

    fn read_fields(&mut self, set: u32) -> Result<(), FormatError> {
        let fields = FieldSet::from_bits(set & FieldSet::ALL.bits()).unwrap_or_default();
        fields.iter().try_for_each(|field| self.read_field(field))
    }

    fn read_field(&mut self, field: Field) -> Result<(), FormatError> {
        match field {
            Field::Kind => self.plain(
                field,
                |f| f.u8("a kind"),
                |row, code| {
                    row.semantics.kind = Kind::from_code(code);
                },
            ),
            Field::ClassChain => self.strings(field, |row, id| row.semantics.class_chain = id),
            Field::Controller => self.strings(field, |row, id| row.semantics.controller = id),
            Field::Identifier => self.strings(field, |row, id| row.semantics.identifier = id),
            Field::Generation => {
                self.plain(field, |f| f.uv32("a generation"), |row, n| row.generation = n)
            }
            Field::TextStyle => self.column(field, read_style, |row, text| row.text = text),
            Field::Lines => self.read_lines(field),
            Field::Image => self.read_image(field),
            Field::Control => self.read_control(field),
            Field::Mask => {
                self.plain(field, |f| f.code("a mask", mask), |row, mask| row.mask = mask)
            }
            Field::Size | Field::Position | Field::Scroll => self.read_frame(field),
            Field::Transform => self.read_transform(field),
            Field::Anchor => {
                self.ratios(field, |row, x| row.geometry.anchor.x = x)?;
                self.ratios(field, |row, y| row.geometry.anchor.y = y)
            }
            Field::Shape => self.column(
                field,
                |from, _, _| Shape::read(from),
                |row, shape| shape.put_into(&mut row.geometry),
            ),
            _ => self.read_appearance(field),
        }
    }

    fn strings(
        &mut self,
        field: Field,
        put: impl FnMut(&mut Row, StrId),
    ) -> Result<(), FormatError> {
        let read = |from: &mut Reader<'_>, tables: &mut ReadTables, columns: &mut Columns| {
            tables.strings.read_into(from, columns, "a string")
        };
        self.column(field, read, put)
    }

    fn read_frame(&mut self, field: Field) -> Result<(), FormatError> {
        let longest = self.longest;
        match field {
            Field::Size => {
                let width = (field, Column::Width);
                self.moving_within(width, longest, |row, w| {
                    row.geometry.bounds.size.width = points(w);
                })?;
                self.moving_within((field, Column::Height), longest, |row, h| {
                    row.geometry.bounds.size.height = points(h);
                })
            }
            Field::Position => self.read_position(field),
            _ => {
                let x = (field, Column::ScrollX);
                self.moving_within(x, longest, |row, x| row.geometry.bounds.origin.x = points(x))?;
                self.moving_within((field, Column::ScrollY), longest, |row, y| {
                    row.geometry.bounds.origin.y = points(y);
                })
            }
        }
    }

    /// Of rows without a size the width and height are 0, as the format wants.
    fn read_position(&mut self, field: Field) -> Result<(), FormatError> {
        let longest = self.longest;
        let half_width = |row: &Row| units(row.geometry.bounds.size.width) >> 1;
        let half_height = |row: &Row| units(row.geometry.bounds.size.height) >> 1;
        let around = |half: i64| -longest - half..=longest - half;
        self.moving(
            (field, Column::X),
            |row| around(half_width(row)),
            |row, x| {
                row.geometry.position.x = points(x + half_width(row));
            },
        )?;
        self.moving(
            (field, Column::Y),
            |row| around(half_height(row)),
            |row, y| {
                row.geometry.position.y = points(y + half_height(row));
            },
        )
    }

    fn read_transform(&mut self, field: Field) -> Result<(), FormatError> {
        let mut read = |column, put: fn(&mut Transform, i64)| {
            let put = |row: &mut Row, value| put(&mut row.geometry.transform, value);
            self.moving_within((field, column), MAX_UNITS, put)
        };
        read(Column::Rotation, |t, steps| t.rotation = turns(steps))?;
        read(Column::ScaleX, |t, steps| t.scale.x = 1.0 + ratio(steps))?;
        read(Column::ScaleY, |t, steps| t.scale.y = 1.0 + ratio(steps))?;
        read(Column::Skew, |t, steps| t.skew = ratio(steps))?;
        read(Column::OffsetX, |t, steps| t.offset.x = points(steps))?;
        read(Column::OffsetY, |t, steps| t.offset.y = points(steps))
    }

    fn ratios(&mut self, field: Field, put: impl FnMut(&mut Row, f32)) -> Result<(), FormatError> {
        self.plain(field, |from| from.ratio("a ratio"), put)
    }

    fn lengths(&mut self, field: Field, put: impl FnMut(&mut Row, f32)) -> Result<(), FormatError> {
        self.plain(field, |from| from.len("a length"), put)
    }

    fn read_appearance(&mut self, field: Field) -> Result<(), FormatError> {
        match field {
            Field::Background => self.colors(field, |row, color| row.appearance.background = color),
            Field::Gradient => {
                self.colors(field, |row, color| row.appearance.gradient.end = color)?;
                self.ratios(field, |row, x| row.appearance.gradient.from.x = x)?;
                self.ratios(field, |row, y| row.appearance.gradient.from.y = y)?;
                self.ratios(field, |row, x| row.appearance.gradient.to.x = x)?;
                self.ratios(field, |row, y| row.appearance.gradient.to.y = y)
            }
            Field::Border => {
                self.lengths(field, |row, width| row.appearance.border.width = width)?;
                self.colors(field, |row, color| row.appearance.border.color = color)
            }
            Field::Shadow => {
                self.colors(field, |row, color| row.appearance.shadow.color = color)?;
                self.lengths(field, |row, radius| row.appearance.shadow.radius = radius)?;
                self.lengths(field, |row, x| row.appearance.shadow.offset.x = x)?;
                self.lengths(field, |row, y| row.appearance.shadow.offset.y = y)
            }
            _ => self.read_simple_appearance(field),
        }
    }

    fn read_simple_appearance(&mut self, field: Field) -> Result<(), FormatError> {
        let look: fn(&mut Row) -> &mut Appearance = |row| &mut row.appearance;
        match field {
            Field::Alpha => self.moving(
                (field, Column::Alpha),
                |_| 0..=255,
                |row, alpha| {
                    look(row).alpha = alpha as u8;
                },
            ),
            Field::Z => self.plain(field, |f| f.f32("a z position"), |row, z| look(row).z = z),
            Field::Blur => self.plain(field, |f| f.u8("a blur"), |row, blur| look(row).blur = blur),
            _ => self.plain(
                field,
                |f| f.flag("a hidden flag"),
                |row, is_hidden| {
                    look(row).hidden = is_hidden;
                },
            ),
        }
    }

    fn colors(
        &mut self,
        field: Field,
        put: impl FnMut(&mut Row, Color),
    ) -> Result<(), FormatError> {
        self.column(field, |from, tables, _| tables.color(from, "a colour"), put)
    }

    fn read_lines(&mut self, field: Field) -> Result<(), FormatError> {
        let first = self.columns.lines.len();
        self.read_line_counts(field)?;
        for at in first..self.columns.lines.len() {
            let text = self.tables.strings.read_into(self.from, self.columns, "a line")?;
            if let Some(line) = self.columns.lines.get_mut(at) {
                line.text = text;
            }
        }
        for line in self.columns.lines.iter_mut().skip(first) {
            line.baseline.x = self.from.len("a baseline")?;
        }
        for line in self.columns.lines.iter_mut().skip(first) {
            line.baseline.y = self.from.len("a baseline")?;
        }
        self.read_line_widths(field)
    }

    fn read_line_counts(&mut self, field: Field) -> Result<(), FormatError> {
        let mut count = self.columns.lines.len();
        let read = |from: &mut Reader<'_>, _: &mut ReadTables, _: &mut Columns| {
            let len = from.count("lines", MAX_LINES.saturating_sub(count))?;
            count += len;
            Ok(LineRange { start: (count - len) as u32, len: len as u32 })
        };
        self.column(field, read, |row, range| row.lines = range)?;
        self.columns.lines.resize(count, Line::default());
        Ok(())
    }

    fn read_line_widths(&mut self, field: Field) -> Result<(), FormatError> {
        let all = self.rows.iter().zip(self.sets);
        for (row, _) in all.filter(|(_, set)| *set >> field as u8 & 1 == 1) {
            let width = units(row.geometry.bounds.size.width);
            let range = row.lines.start as usize..(row.lines.start + row.lines.len) as usize;
            for line in self.columns.lines.get_mut(range).unwrap_or_default() {
                line.width = read_line_width(self.from, width)?;
            }
        }
        Ok(())
    }

    fn read_image(&mut self, field: Field) -> Result<(), FormatError> {
        self.plain(
            field,
            |f| f.uv32("an image handle"),
            |row, handle| {
                row.image.handle = ImageHandle(handle);
            },
        )?;
        let mode = |mode: u8| (mode <= LAST_CONTENT_MODE).then_some(mode);
        self.plain(
            field,
            |f| f.code("a content mode", mode),
            |row, mode| {
                row.image.content_mode = mode;
            },
        )?;
        self.plain(
            field,
            |f| f.u16("an average colour"),
            |row, bits| {
                row.image.average = Color::from_coarse(bits);
            },
        )?;
        self.colors(field, |row, color| row.image.tint = color)
    }

    fn read_control(&mut self, field: Field) -> Result<(), FormatError> {
        self.plain(field, |f| f.u8("control flags"), |row, flags| row.control.flags = flags)?;
        let value = (field, Column::Value);
        self.moving(value, |_| 0..=ONE, |row, steps| row.control.value = ratio(steps))?;
        self.plain(field, |f| f.uv16("an index"), |row, index| row.control.index = index)?;
        self.plain(field, |f| f.uv16("a count"), |row, count| row.control.count = count)
    }
}

/// Reads a line width of a node that is so many units wide.
fn read_line_width(from: &mut Reader<'_>, width: i64) -> Result<f32, FormatError> {
    let rest = from.map("a line width", Reader::sv, |rest| {
        let line = whole_points(width).checked_sub(rest)?;
        (0..=MAX_UNITS / UNITS).contains(&line).then_some(line)
    });
    rest.map(|line| points(line * UNITS))
}

fn mask(code: u8) -> Option<viewreel_model::node::Mask> {
    let (action, reason) = (MaskAction::from_code(code & 3)?, MaskReason::from_code(code >> 2)?);
    Some(viewreel_model::node::Mask { action, reason })
}
