//! The looks of nodes, as their table has them.

use super::shape::Shape;
use super::style::Style;
use super::{Names, WriteTables};
use crate::bytes::units;
use viewreel_model::node::{Color, Mask, Row};
use viewreel_model::{Columns, Field, FieldSet, Kind, StrId};

/// What many nodes have in common: which fields they have, and the values of
/// those that do not depend on where a node is or what it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    /// With the bits of later versions.
    pub(crate) set: u32,
    kind: Kind,
    /// Number of the class chain in [`Names`], 0 for none.
    class_chain: u32,
    shape: Shape,
    background: Color,
    /// Width in units of 1/32 pt, colour.
    border: (i64, Color),
    style: Style,
    mask: Mask,
}

impl Look {
    /// The fields whose values belong to a look; the others have columns.
    pub(crate) const FIELDS: FieldSet = FieldSet::only(Field::Kind)
        .union(FieldSet::only(Field::ClassChain))
        .union(FieldSet::only(Field::Shape))
        .union(FieldSet::only(Field::Background))
        .union(FieldSet::only(Field::Border))
        .union(FieldSet::only(Field::TextStyle))
        .union(FieldSet::only(Field::Mask));

    /// The look of a node with the fields `set`; `row` and its strings are in
    /// `columns`.
    pub(crate) fn of(set: u32, row: &Row, columns: &Columns, names: &mut Names) -> Self {
        let mut look = Self { set, ..Self::default() };
        for field in Self::FIELDS.iter().filter(|&field| set >> field as u8 & 1 == 1) {
            look.take(field, row, columns, names);
        }
        look
    }

    fn take(&mut self, field: Field, row: &Row, columns: &Columns, names: &mut Names) {
        let mut number = |name: StrId| names.number(columns.strings.get(name));
        match field {
            Field::Kind => self.kind = row.semantics.kind,
            Field::ClassChain => self.class_chain = number(row.semantics.class_chain),
            Field::Shape => self.shape = Shape::of(&row.geometry),
            Field::Background => self.background = row.appearance.background,
            Field::Border => {
                let border = row.appearance.border;
                self.border = (units(border.width), border.color);
            }
            Field::TextStyle => self.style = Style::of(&row.text, number(row.text.font)),
            _ => self.mask = row.mask,
        }
    }

    /// Counts one more use of its strings.
    pub(crate) fn count(self, tables: &mut WriteTables) {
        let WriteTables { strings, names, .. } = tables;
        strings.count(names.get(self.class_chain));
        strings.count(names.get(self.style.font));
    }
}
