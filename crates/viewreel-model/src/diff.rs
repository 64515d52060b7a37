//! What changed between two masked trees.

use crate::columns::Columns;
use crate::field::FieldSet;
use crate::id::{NodeId, StateId};
use crate::viewport::SceneId;

/// Puts a node, new or with its whole subtree, under a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The node; unknown ones are created with every field at its default.
    pub node: NodeId,
    /// Its parent; `None` makes it the root of a window.
    pub parent: Option<NodeId>,
    /// The sibling directly before it; `None` puts it first.
    pub after: Option<NodeId>,
}

/// Sets some fields of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Update {
    /// The node.
    pub node: NodeId,
    /// Which fields.
    pub fields: FieldSet,
    /// Index into [`Diff::rows`]; only the named fields mean anything there.
    pub row: u32,
}

/// A window of the tree that the diff leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiffWindow {
    /// Its root node.
    pub root: NodeId,
    /// Its scene.
    pub scene: SceneId,
    /// Its level.
    pub level: f32,
}

/// What leads from the state `base` to the next one: placements, then updates,
/// then removals, each list applied in its order. Refilled in place.
///
/// Placements stand in pre-order of the new tree: when one is applied, the
/// parent and the sibling it names are already where they belong.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// The state it starts from; applying it elsewhere is an error.
    pub base: StateId,
    /// Insertions and moves.
    pub placements: Vec<Placement>,
    /// Field updates, new nodes included.
    pub updates: Vec<Update>,
    /// Nodes that go with what is left of their subtree.
    pub removals: Vec<NodeId>,
    /// The windows of the new tree, or `None` where they stay as they are.
    pub windows: Option<Vec<DiffWindow>>,
    /// The rows that `updates` refer to, with their strings and lines.
    /// Parents mean nothing here.
    pub rows: Columns,
}

impl Diff {
    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.placements.clear();
        self.updates.clear();
        self.removals.clear();
        self.windows = None;
        self.rows.clear();
    }

    /// Whether the two trees are equal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.placements.is_empty()
            && self.updates.is_empty()
            && self.removals.is_empty()
            && self.windows.is_none()
    }
}
