//! What changed between two masked trees.

use crate::columns::Columns;
use crate::field::FieldSet;
use crate::geometry::Point;
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

/// Moves the positions of a run of siblings by the same distance, such as the
/// rows below one that grew.
///
/// Siblings that the same diff removes are still there: they end a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The first of them.
    pub first: NodeId,
    /// How many, the first included.
    pub count: u32,
    /// By how much, in points of the parent's bounds space.
    pub by: Point,
}

/// Changes some fields of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Update {
    /// The node.
    pub node: NodeId,
    /// Which fields.
    pub fields: FieldSet,
    /// Index into [`Diff::rows`]; only the named fields mean anything there.
    /// Size, position and scroll offset are *differences* from what the node
    /// had, the others are what it has from then on. A new node had every field
    /// at its default, which is 0 for these three.
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

/// What leads from the state `base` to a new one: placements, shifts, updates,
/// removals, each list applied in its order. Refilled in place.
///
/// The base is the current state or a kept one: a screen that was seen before
/// is told by what is different from then. The new state's number is one more
/// than that of the *current* state, so numbers never repeat.
///
/// Placements stand in pre-order of the new tree: when one is applied, the
/// parent and the sibling it names are already where they belong.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// The state it starts from; applying it elsewhere is an error.
    pub base: StateId,
    /// Whether the current state is kept, so that later diffs may start from it.
    pub keeps_current: bool,
    /// Insertions and moves.
    pub placements: Vec<Placement>,
    /// Runs of siblings that move together.
    pub shifts: Vec<Shift>,
    /// Field updates, at most one for a node: first those of placed nodes in the
    /// order of the placements, then the others in pre-order of the new tree.
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
        self.keeps_current = false;
        self.placements.clear();
        self.shifts.clear();
        self.updates.clear();
        self.removals.clear();
        self.windows = None;
        self.rows.clear();
    }

    /// Whether the two trees are equal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.placements.is_empty()
            && self.shifts.is_empty()
            && self.updates.is_empty()
            && self.removals.is_empty()
            && self.windows.is_none()
    }
}
