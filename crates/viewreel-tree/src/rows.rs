//! What the retained nodes say.

use crate::error::ApplyError;
use crate::forest::Slot;
use viewreel_model::columns::NO_PARENT;
use viewreel_model::diff::Update;
use viewreel_model::field::{add, patch};
use viewreel_model::geometry::MAX_LENGTH_PT;
use viewreel_model::limits::{MAX_LINES, MAX_TREE_STRING_BYTES};
use viewreel_model::node::{Geometry, Line};
use viewreel_model::{Columns, Field, FieldSet, NodeId, Point, Rect, Row, StrId};

/// What a row takes in memory, roughly, in bytes: the unit in which copying a
/// tree is counted as work.
const ROW_BYTES: usize = 256;

/// Bytes of replaced strings and lines that are borne for each row: enough that
/// a change costs what it says on average, little enough that five trees of them
/// are no burden.
const REPLACED_BYTES: usize = 64;

/// What a line takes in memory, in bytes.
const LINE_BYTES: usize = size_of::<Line>();

/// The fields that have text.
const TEXT: FieldSet = FieldSet::only(Field::ClassChain)
    .union(FieldSet::only(Field::Controller))
    .union(FieldSet::only(Field::Identifier))
    .union(FieldSet::only(Field::TextStyle))
    .union(FieldSet::only(Field::Lines));

/// How much text there is, counted once for each use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Text {
    lines: usize,
    bytes: usize,
}

/// The rows of the retained nodes by slot.
///
/// Strings and lines of replaced values stay in the columns until they take
/// more than everything that is still used; then only that is kept. So memory is
/// bounded by the limits of a tree, and a change costs what it says, on average.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    /// One for each slot; the parents mean nothing. A free slot has a row with
    /// every field at its default.
    columns: Columns,
    /// All text of the nodes.
    text: Text,
}

impl Rows {
    /// The rows of a snapshot. O(n).
    pub(crate) fn of(columns: Columns) -> Self {
        let mut rows = Self { columns, text: Text::default() };
        for slot in 0..rows.columns.len() {
            rows.count(slot);
        }
        rows
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(crate) fn row(&self, slot: Slot) -> Row {
        self.columns.row(slot).unwrap_or_default()
    }

    /// The work of copying them, in nodes.
    pub(crate) fn weight(&self) -> usize {
        self.columns.len() + self.stored_bytes() / ROW_BYTES
    }

    /// Makes sure that a slot has a row.
    pub(crate) fn cover(&mut self, slot: Slot) {
        while self.columns.len() <= slot {
            self.columns.push(NO_PARENT, &Row::default());
        }
    }

    /// Sets the row of a node that is no more to the default.
    pub(crate) fn forget(&mut self, slot: Slot) {
        self.discount(slot);
        self.columns.set_row(slot, &Row::default());
    }

    /// Moves the position of a node.
    ///
    /// # Errors
    /// Where it comes to lie beyond the limit.
    pub(crate) fn shift(&mut self, slot: Slot, node: NodeId, by: Point) -> Result<(), ApplyError> {
        let Some(geometry) = self.columns.geometry_mut().get_mut(slot) else { return Ok(()) };
        geometry.position.x += by.x;
        geometry.position.y += by.y;
        check_lengths(geometry, node)
    }

    /// Changes fields of a node to what `from` says. O(bytes of the values).
    ///
    /// # Errors
    /// Where `from` does not say it, and beyond the limits: until the diff is
    /// through, there may be twice as much text, for the old and the new tree.
    pub(crate) fn update(
        &mut self,
        slot: Slot,
        update: &Update,
        from: &Columns,
    ) -> Result<(), ApplyError> {
        let (row, fields) = (update.row as usize, update.fields);
        if row >= from.len() {
            return Err(ApplyError::NoRow(update.node));
        }
        let before = self.columns.geometry().get(slot).copied().unwrap_or_default();
        match fields.intersects(TEXT) {
            true => self.patch_text(slot, from, row, fields),
            false => patch(&mut self.columns, slot, from, row, fields),
        }
        if let Some(geometry) = self.columns.geometry_mut().get_mut(slot) {
            add(geometry, &before, fields);
            check_lengths(geometry, update.node)?;
        }
        self.check_text(2)
    }

    fn patch_text(&mut self, slot: Slot, from: &Columns, row: usize, fields: FieldSet) {
        self.discount(slot);
        patch(&mut self.columns, slot, from, row, fields);
        self.count(slot);
    }

    /// Checks that there is at most `times` as much text as a tree may have.
    pub(crate) fn check_text(&self, times: usize) -> Result<(), ApplyError> {
        let Text { lines, bytes } = self.text;
        let fits = lines <= times * MAX_LINES && bytes <= times * MAX_TREE_STRING_BYTES;
        if fits { Ok(()) } else { Err(ApplyError::TooMuchText) }
    }

    /// Forgets strings and lines of replaced values when they are worth it.
    /// Gives the number of rows that were visited.
    pub(crate) fn compact(&mut self) -> usize {
        if self.stored_bytes() <= 2 * self.text.stored_bytes() + self.columns.len() * REPLACED_BYTES
        {
            return 0;
        }
        let mut fresh = Columns::default();
        fresh.reserve(self.columns.len());
        for slot in 0..self.columns.len() {
            let row = fresh.copy_row(&self.columns, &self.row(slot));
            fresh.push(NO_PARENT, &row);
        }
        self.columns = fresh;
        self.columns.len()
    }

    fn stored_bytes(&self) -> usize {
        let Columns { lines, strings, .. } = &self.columns;
        Text { lines: lines.len(), bytes: strings.byte_len() }.stored_bytes()
    }

    fn count(&mut self, slot: Slot) {
        let Text { lines, bytes } = self.text_of(slot);
        self.text.lines += lines;
        self.text.bytes += bytes;
    }

    fn discount(&mut self, slot: Slot) {
        let Text { lines, bytes } = self.text_of(slot);
        self.text.lines -= lines;
        self.text.bytes -= bytes;
    }

    fn text_of(&self, slot: Slot) -> Text {
        let columns = &self.columns;
        let names = columns.semantics().get(slot).copied().unwrap_or_default();
        let font = columns.text().get(slot).map_or(StrId::NONE, |text| text.font);
        let names = [names.class_chain, names.controller, names.identifier, font];
        let lines =
            columns.line_ranges().get(slot).map_or(&[][..], |&range| columns.lines_of(range));
        let strings = names.into_iter().chain(lines.iter().map(|line| line.text));
        let bytes = strings.map(|id| columns.strings.get(id).len()).sum();
        Text { lines: lines.len(), bytes }
    }
}

impl Text {
    fn stored_bytes(self) -> usize {
        self.lines * LINE_BYTES + self.bytes
    }
}

/// Checks the lengths that differences change.
fn check_lengths(geometry: &Geometry, node: NodeId) -> Result<(), ApplyError> {
    let (Rect { origin, size }, position) = (geometry.bounds, geometry.position);
    let lengths = [origin.x, origin.y, size.width, size.height, position.x, position.y];
    let fits = lengths.iter().all(|length| length.abs() <= MAX_LENGTH_PT);
    if fits { Ok(()) } else { Err(ApplyError::OutOfRange(node)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(rows: &mut Rows, slot: Slot, name: &str) {
        let mut from = Columns::default();
        let mut row = Row::default();
        row.semantics.identifier = from.strings.add(name);
        let row = from.push(NO_PARENT, &row);
        let fields = FieldSet::only(Field::Identifier);
        rows.update(slot, &Update { node: NodeId(1), fields, row }, &from).unwrap();
    }

    #[test]
    fn what_replaced_values_said_does_not_pile_up() {
        let (mut rows, mut visited) = (Rows::default(), 0);
        (0..10).for_each(|slot| rows.cover(slot));
        rename(&mut rows, 3, "stays");
        for turn in 0..1_000 {
            rename(&mut rows, 7, &turn.to_string().repeat(1_000));
            visited += rows.compact();
            assert!(rows.stored_bytes() <= 2 * rows.text.bytes + 10 * REPLACED_BYTES);
        }
        let name = |slot| rows.columns.strings.get(rows.row(slot).semantics.identifier);
        assert_eq!((name(3), name(7).len()), ("stays", 3_000));
        assert_eq!(rows.text, Text { lines: 0, bytes: 3_005 });
        assert!(visited > 0 && visited <= 10 * 1_000);
    }
}
