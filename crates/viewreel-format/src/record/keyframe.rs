//! Keyframe bodies: the whole tree.

use super::diff::Scratch;
use super::fields::Entry;
use super::nodes::{self, NodeTable};
use super::{links, windows};
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::tables::{ReadTables, WriteTables};
use viewreel_model::columns::Window;
use viewreel_model::diff::DiffWindow;
use viewreel_model::field::changed;
use viewreel_model::limits::MAX_NODES;
use viewreel_model::{Columns, NodeId, Row, Snapshot, StateId};

/// Writes the body of a keyframe.
pub(crate) fn write(
    out: &mut Writer,
    tables: &mut WriteTables,
    scratch: &mut Scratch,
    state: StateId,
    tree: &Snapshot,
) {
    out.uv(u64::from(state.0));
    out.count(tree.len());
    let Scratch { entries, motion, .. } = scratch;
    fill(entries, tree);
    motion.begin(std::iter::empty(), 0);
    let columns = tree.columns();
    nodes::write(out, tables, motion, columns, entries, |out| {
        links::write_keyframe(out, columns.parents());
    });
    let entry = |(root, w): (NodeId, Window)| DiffWindow { root, scene: w.scene, level: w.level };
    windows::write(out, columns.windows.len(), tree.windows().map(entry));
}

fn fill(entries: &mut Vec<Entry>, tree: &Snapshot) {
    let (blank, default) = (Columns::default(), Row::default());
    entries.clear();
    for (row, &node) in (0..).zip(tree.ids()) {
        let values = tree.columns().row(row as usize).unwrap_or_default();
        let set = changed(&blank, &default, tree.columns(), &values);
        entries.push(Entry { node, set, row });
    }
}

/// Reads the body of a keyframe that follows the state `before`. `table` is
/// scratch.
pub(crate) fn read(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    table: &mut NodeTable,
    before: Option<StateId>,
) -> Result<(StateId, Snapshot), FormatError> {
    let state = from.map("the state that follows", Reader::uv32, |id| {
        Some(StateId(id)).filter(|&id| before.is_none_or(|before| before.next() == id))
    })?;
    let count = from.count("nodes", MAX_NODES)?;
    let mut tree = Snapshot::default();
    table.read_keyframe(from, tables, tree.columns_mut(), count)?;
    tree.reserve(count);
    for (at, (&id, row)) in table.ids.iter().zip(&table.rows).enumerate() {
        tree.push_masked(id, table.links.holder(at), row);
    }
    read_windows(from, &mut tree)?;
    Ok((state, tree))
}

fn read_windows(from: &mut Reader<'_>, tree: &mut Snapshot) -> Result<(), FormatError> {
    let root_at = |id: NodeId| {
        let at = tree.ids().iter().position(|&other| other == id)?;
        tree.columns().parent(at).is_none().then_some(at as u32)
    };
    let windows = windows::read(from, |id| root_at(id).is_some())?;
    let place = |window: DiffWindow| {
        let root = root_at(window.root)?;
        Some(Window { root, scene: window.scene, level: window.level })
    };
    let windows = windows.into_iter().filter_map(place).collect();
    tree.columns_mut().windows = windows;
    Ok(())
}
