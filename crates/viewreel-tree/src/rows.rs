//! What the retained nodes say.

use crate::error::ApplyError;
use crate::forest::Slot;
use viewreel_model::diff::Update;
use viewreel_model::field::{add, patch};
use viewreel_model::geometry::MAX_LENGTH_PT;
use viewreel_model::limits::{MAX_LINES, MAX_TREE_STRING_BYTES};
use viewreel_model::node::{Geometry, Line};
use viewreel_model::{Columns, Field, FieldSet, NodeId, Point, Rect, Row};

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

/// The rows of the retained nodes by slot. A change of a node touches its row
/// alone, so they lie row by row and not in columns.
///
/// Strings and lines of replaced values stay until they take more than everything
/// that is still used; then only that is kept. So memory is bounded by the limits
/// of a tree, and a change costs what it says, on average.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    /// One for each slot. A free slot has a row with every field at its default.
    rows: Vec<Row>,
    /// Strings and lines of the rows; there is no node in it.
    texts: Columns,
    /// All text of the nodes.
    text: Text,
}

impl Rows {
    /// The rows of a snapshot. O(n).
    pub(crate) fn of(mut columns: Columns) -> Self {
        let mut texts = Columns::default();
        std::mem::swap(&mut texts.lines, &mut columns.lines);
        std::mem::swap(&mut texts.strings, &mut columns.strings);
        let rows = (0..columns.len()).filter_map(|at| columns.row(at)).collect();
        Self::counted(rows, texts)
    }

    /// The rows of these slots, in their order, without what was replaced where
    /// that is worth it. O(n + bytes of strings).
    pub(crate) fn pick(&self, slots: &[Slot]) -> Self {
        let rows = slots.iter().map(|&slot| self.row(slot)).collect();
        let mut picked = Self::counted(rows, self.texts.clone());
        picked.compact();
        picked
    }

    /// Becomes a copy of other rows in the memory that is there. O(n + bytes of
    /// strings).
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.rows.clone_from(&other.rows);
        self.texts.lines.clone_from(&other.texts.lines);
        self.texts.strings.clone_from(&other.texts.strings);
        self.text = other.text;
    }

    fn counted(rows: Vec<Row>, texts: Columns) -> Self {
        let mut text = Text::default();
        rows.iter().for_each(|row| text.add(Text::of(row, &texts)));
        Self { rows, texts, text }
    }

    /// Where the strings and lines of the rows are.
    pub(crate) fn texts(&self) -> &Columns {
        &self.texts
    }

    pub(crate) fn row(&self, slot: Slot) -> Row {
        self.rows.get(slot as usize).copied().unwrap_or_default()
    }

    /// The work of copying them, in nodes.
    pub(crate) fn weight(&self) -> usize {
        self.rows.len() + self.stored_bytes() / ROW_BYTES
    }

    /// Makes sure that a slot has a row.
    pub(crate) fn cover(&mut self, slot: Slot) {
        if self.rows.len() <= slot as usize {
            self.rows.resize(slot as usize + 1, Row::default());
        }
    }

    /// Sets the row of a node that is no more to the default.
    pub(crate) fn forget(&mut self, slot: Slot) {
        if let Some(row) = self.rows.get_mut(slot as usize) {
            self.text.take(Text::of(row, &self.texts));
            *row = Row::default();
        }
    }

    /// Moves the position of a node.
    ///
    /// # Errors
    /// Where it comes to lie beyond the limit.
    pub(crate) fn shift(&mut self, slot: Slot, node: NodeId, by: Point) -> Result<(), ApplyError> {
        let Some(Row { geometry, .. }) = self.rows.get_mut(slot as usize) else { return Ok(()) };
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
        let (index, fields) = (update.row as usize, update.fields);
        if index >= from.len() {
            return Err(ApplyError::NoRow(update.node));
        }
        let Some(row) = self.rows.get_mut(slot as usize) else { return Ok(()) };
        let (before, has_text) = (row.geometry, fields.intersects(TEXT));
        if has_text {
            self.text.take(Text::of(row, &self.texts));
        }
        patch(row, &mut self.texts, from, index, fields);
        if has_text {
            self.text.add(Text::of(row, &self.texts));
        }
        add(&mut row.geometry, &before, fields);
        check_lengths(&row.geometry, update.node)?;
        self.check_text(2)
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
        let used = 2 * self.text.stored_bytes() + self.rows.len() * REPLACED_BYTES;
        if self.stored_bytes() <= used {
            return 0;
        }
        let mut fresh = Columns::default();
        for row in &mut self.rows {
            *row = fresh.copy_row(&self.texts, row);
        }
        self.texts = fresh;
        self.rows.len()
    }

    fn stored_bytes(&self) -> usize {
        let Columns { lines, strings, .. } = &self.texts;
        Text { lines: lines.len(), bytes: strings.byte_len() }.stored_bytes()
    }
}

impl Text {
    /// The text of a row.
    fn of(row: &Row, texts: &Columns) -> Self {
        let names = &row.semantics;
        let names = [names.class_chain, names.controller, names.identifier, row.text.font];
        let lines = texts.lines_of(row.lines);
        let strings = names.into_iter().chain(lines.iter().map(|line| line.text));
        let bytes = strings.map(|id| texts.strings.len_of(id)).sum();
        Self { lines: lines.len(), bytes }
    }

    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.bytes += other.bytes;
    }

    fn take(&mut self, other: Self) {
        self.lines -= other.lines;
        self.bytes -= other.bytes;
    }

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
    use viewreel_model::columns::NO_PARENT;

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
        let name = |slot| rows.texts.strings.get(rows.row(slot).semantics.identifier);
        assert_eq!((name(3), name(7).len()), ("stays", 3_000));
        assert_eq!(rows.text, Text { lines: 0, bytes: 3_005 });
        assert!(visited > 0 && visited <= 10 * 1_000);
    }
}
