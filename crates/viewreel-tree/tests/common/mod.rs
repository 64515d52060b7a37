//! Trees and diffs for tests.
#![allow(dead_code, reason = "no test file uses all of it")]

use viewreel_model::columns::NO_PARENT;
use viewreel_model::diff::{Diff, Update};
use viewreel_model::{Columns, FieldSet, NodeId, Point, Row, Snapshot, StateId};
use viewreel_tree::{ApplyError, Differ, Tree};

/// The state that [`diff`] starts from.
pub(crate) const START: StateId = StateId(7);

pub(crate) fn diff(a: &Snapshot, b: &Snapshot) -> Diff {
    let mut diff = Diff::default();
    Differ::default().diff(START, a, b, &mut diff);
    diff
}

/// What a diff makes of a tree.
pub(crate) fn apply(a: &Snapshot, diff: &Diff) -> Result<Snapshot, ApplyError> {
    Tree::new(diff.base, a.clone()).apply(diff).map(|tree| tree.snapshot())
}

/// Applies a diff to the current state, whichever that is.
pub(crate) fn follow(tree: Tree, diff: Diff) -> Result<Tree, ApplyError> {
    let base = tree.state();
    tree.apply(&Diff { base, ..diff })
}

/// A row that differs from others in its position alone.
pub(crate) fn at(x: f32, y: f32) -> Row {
    let mut row = Row::default();
    row.geometry.position = Point::new(x, y);
    row
}

/// Node 1 with these children.
pub(crate) fn parent_of(children: impl IntoIterator<Item = (u32, Row)>) -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.push_masked(NodeId(1), None, &Row::default());
    for (child, row) in children {
        snapshot.push_masked(NodeId(child), Some(0), &row);
    }
    snapshot
}

/// Node 1 with children that have every field at its default.
pub(crate) fn flat(children: &[u32]) -> Snapshot {
    parent_of(children.iter().map(|&child| (child, Row::default())))
}

/// Each node is the only child of the one before it.
pub(crate) fn chain(ids: impl IntoIterator<Item = u32>) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for (at, id) in (0_u32..).zip(ids) {
        snapshot.push_masked(NodeId(id), at.checked_sub(1), &Row::default());
    }
    snapshot
}

/// One update of some fields of a node.
pub(crate) fn update(node: u32, fields: FieldSet, fill: impl FnOnce(&mut Columns) -> Row) -> Diff {
    let mut diff = Diff::default();
    let row = fill(&mut diff.rows);
    let row = diff.rows.push(NO_PARENT, &row);
    diff.updates.push(Update { node: NodeId(node), fields, row });
    diff
}
