//! The masked tree at one instant.

use crate::columns::{Columns, NO_PARENT, Window};
use crate::id::NodeId;
use crate::node::Row;

/// A masked tree at one instant: the only tree that can be diffed, encoded,
/// stored or sent.
///
/// It is filled by the masking pass, and rebuilt from masked data by the
/// decoder and by applying diffs; `cargo xtask tidy` checks that nobody else
/// calls [`Snapshot::push_masked`]. Equality compares trees, ids, rows and the
/// *content* of strings, not their numbers.
#[derive(Clone, Default)]
pub struct Snapshot {
    ids: Vec<NodeId>,
    columns: Columns,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({} nodes)", self.ids.len())
    }
}

impl Snapshot {
    /// Forgets all nodes and keeps the memory.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.columns.clear();
    }

    /// Makes room for so many more nodes.
    pub fn reserve(&mut self, nodes: usize) {
        self.ids.reserve_exact(nodes);
        self.columns.reserve(nodes);
    }

    /// Adds the next node in pre-order; `row` is masked and refers to
    /// strings and lines of [`Snapshot::columns_mut`]. Returns its index.
    pub fn push_masked(&mut self, id: NodeId, parent: Option<u32>, row: &Row) -> u32 {
        self.ids.push(id);
        self.columns.push(parent.unwrap_or(NO_PARENT), row)
    }

    /// Adds a copy of node `index` of `from` with its strings and lines.
    pub fn push_copy(&mut self, from: &Self, index: usize, parent: Option<u32>) {
        if let (Some(&id), Some(row)) = (from.ids.get(index), from.columns.row(index)) {
            let row = self.columns.copy_row(&from.columns, &row);
            self.push_masked(id, parent, &row);
        }
    }

    /// The wire id of every node, in pre-order.
    #[must_use]
    pub fn ids(&self) -> &[NodeId] {
        &self.ids
    }

    /// The wire id of node `index`.
    #[must_use]
    pub fn id(&self, index: usize) -> Option<NodeId> {
        self.ids.get(index).copied()
    }

    /// The nodes.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The nodes, to add strings, lines and windows while filling.
    pub fn columns_mut(&mut self) -> &mut Columns {
        &mut self.columns
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The windows with the wire id of their root, in their order.
    pub fn windows(&self) -> impl Iterator<Item = (NodeId, Window)> + '_ {
        self.columns
            .windows
            .iter()
            .filter_map(|window| Some((self.id(window.root as usize)?, *window)))
    }
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.columns, &other.columns);
        self.ids == other.ids
            && a.parents() == b.parents()
            && a.windows == b.windows
            && (0..self.len()).all(|i| match (a.row(i), b.row(i)) {
                (Some(x), Some(y)) => crate::field::changed(a, &x, b, &y).is_empty(),
                _ => false,
            })
    }
}
