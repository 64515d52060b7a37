//! The node table: which nodes a keyframe or diff speaks of, and what it says
//! of them, column by column.

use super::fields::Entry;
use super::links::Links;
use super::motion::Motion;
use super::{fields, looks, read_fields};
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::tables::{Look, ReadTables, WriteTables};
use viewreel_model::diff::Placement;
use viewreel_model::{Columns, Diff, FieldSet, NodeId, Row};

/// Writes the columns of ids, links and fields; `write_links` writes those of
/// the links.
pub(crate) fn write(
    out: &mut Writer,
    tables: &mut WriteTables,
    motion: &mut Motion,
    columns: &Columns,
    entries: &[Entry],
    write_links: impl FnOnce(&mut Writer),
) {
    write_ids(out, entries.iter().map(|entry| entry.node));
    write_links(out);
    let union = looks::write(out, tables, motion, columns, entries);
    for field in union.without(Look::FIELDS).iter() {
        fields::write(out, tables, motion, &fields::Nodes { columns, entries, field });
    }
}

/// Writes a column of ids.
pub(crate) fn write_ids(out: &mut Writer, ids: impl Iterator<Item = NodeId>) {
    let mut before = 0;
    for NodeId(id) in ids {
        out.sv(i64::from(id) - before);
        before = i64::from(id);
    }
}

/// Reads one entry of a column of ids; `before` is the id before it, from 0.
pub(crate) fn read_id(from: &mut Reader<'_>, before: &mut u32) -> Result<NodeId, FormatError> {
    let id = from.map("a node id", Reader::sv, |difference| {
        let id = i64::from(*before).checked_add(difference)?;
        u32::try_from(id).ok().filter(|&id| id > 0)
    })?;
    *before = id;
    Ok(NodeId(id))
}

/// What was read of a node table, and what is remembered for the next one.
/// Refilled in place.
#[derive(Clone, Debug, Default)]
pub(crate) struct NodeTable {
    /// All nodes, placed ones first.
    pub(crate) ids: Vec<NodeId>,
    /// Of all nodes: the field set, with the bits of later versions.
    sets: Vec<u32>,
    /// Of all nodes: their values; fields that are not in the set have their
    /// default.
    pub(crate) rows: Vec<Row>,
    pub(crate) links: Links,
    motion: Motion,
    /// A diff whose memory the next one takes.
    pub(crate) spare: Diff,
    /// Ids and indices of the nodes of a keyframe, by id.
    sorted: Vec<(NodeId, usize)>,
}

impl NodeTable {
    /// Reads the table of a keyframe of `count` nodes. Strings and lines go into
    /// `columns`.
    pub(crate) fn read_keyframe(
        &mut self,
        from: &mut Reader<'_>,
        tables: &mut ReadTables,
        columns: &mut Columns,
        count: usize,
    ) -> Result<(), FormatError> {
        self.read_unique_ids(from, count)?;
        self.links.read_keyframe(from, count)?;
        self.motion.forget();
        self.motion.begin(std::iter::empty(), 0);
        self.read_rows(from, tables, columns, read_fields::LENGTH)
    }

    /// Reads the table of a diff; appends where the placed ones go to
    /// `placements`.
    pub(crate) fn read_diff(
        &mut self,
        from: &mut Reader<'_>,
        tables: &mut ReadTables,
        columns: &mut Columns,
        (placed, updated): (usize, usize),
        placements: &mut Vec<Placement>,
    ) -> Result<(), FormatError> {
        self.read_ids(from, placed + updated)?;
        let placed_ids = self.ids.get(..placed).unwrap_or_default();
        self.links.read_diff(from, placed_ids, placements)?;
        self.motion.begin(self.ids.iter().copied(), placed);
        self.read_rows(from, tables, columns, read_fields::DIFFERENCE)?;
        self.motion.commit(self.ids.iter().copied());
        Ok(())
    }

    fn read_ids(&mut self, from: &mut Reader<'_>, count: usize) -> Result<(), FormatError> {
        let mut before = 0;
        self.ids.clear();
        for _ in 0..count {
            self.ids.push(read_id(from, &mut before)?);
        }
        Ok(())
    }

    fn read_unique_ids(&mut self, from: &mut Reader<'_>, count: usize) -> Result<(), FormatError> {
        let mut column = from.clone();
        let read = self.read_ids(from, count);
        match self.find_repeated() {
            Some(repeated) => {
                self.read_ids(&mut column, repeated)?;
                Err(column.expected("a node id that was not given yet"))
            }
            None => read,
        }
    }

    /// The index of the first node that has the id of one before it.
    fn find_repeated(&mut self) -> Option<usize> {
        let Self { ids, sorted, .. } = self;
        sorted.clear();
        sorted.extend(ids.iter().copied().zip(0..));
        sorted.sort_unstable();
        let pairs = sorted.iter().zip(sorted.iter().skip(1));
        pairs.filter(|(a, b)| a.0 == b.0).map(|(_, &(_, at))| at).min()
    }

    fn read_rows(
        &mut self,
        from: &mut Reader<'_>,
        tables: &mut ReadTables,
        columns: &mut Columns,
        longest: i64,
    ) -> Result<(), FormatError> {
        self.sets.clear();
        self.rows.clear();
        for _ in 0..self.ids.len() {
            let set = looks::read(from, tables, &mut self.motion, columns, &mut self.rows)?;
            self.sets.push(set);
        }
        let nodes = (self.sets.as_slice(), self.rows.as_mut_slice());
        read_fields::read(from, tables, &mut self.motion, columns, nodes, longest)
    }

    /// A diff without nodes: nothing moves on.
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.rows.clear();
        self.motion.forget();
    }

    /// The fields of node `index` that this version knows.
    pub(crate) fn known_set(&self, index: usize) -> FieldSet {
        let bits = self.sets.get(index).copied().unwrap_or(0);
        FieldSet::from_bits(bits & FieldSet::ALL.bits()).unwrap_or_default()
    }
}
