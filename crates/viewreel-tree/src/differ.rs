//! What changed between two masked snapshots.

use crate::changes::{Change, Changes};
use crate::matching::Matching;
use crate::moves::Moves;
use crate::preorder::{parent_id, sibling_before};
use crate::shifts::{Frame, Shifts};
use viewreel_model::columns::NO_PARENT;
use viewreel_model::diff::{Diff, DiffWindow, Placement, Update};
use viewreel_model::field::{patch, subtract};
use viewreel_model::{Row, Snapshot, StateId};

/// Computes diffs, keeping its tables from one to the next: once they and the
/// diff that is filled are large enough, nothing is allocated unless windows
/// come or go.
#[derive(Debug, Default)]
pub struct Differ {
    matching: Matching,
    moves: Moves,
    changes: Changes,
    shifts: Shifts,
}

impl Differ {
    /// Fills `out` with what leads from `old`, which is state `base`, to `new`:
    /// minimal in placements, and with only the fields that changed. Three or
    /// more siblings that move together are one shift.
    ///
    /// O(nodes + bytes of strings), and O(m log m) for the m nodes between what
    /// both trees have in common at both ends in pre-order.
    pub fn diff(&mut self, base: StateId, old: &Snapshot, new: &Snapshot, out: &mut Diff) {
        out.clear();
        out.base = base;
        self.matching.find(old, new);
        self.moves.find(&self.matching, old, new);
        self.changes.find(&self.matching, old.columns(), new.columns());
        let frame = Frame { old, new, matching: &self.matching, moves: &self.moves };
        self.shifts.find(&frame, &mut self.changes, &mut out.shifts);
        self.write_placements(new, out);
        self.write_updates(old, new, out);
        self.write_removals(old, out);
        write_windows(old, new, out);
    }

    fn write_placements(&self, new: &Snapshot, out: &mut Diff) {
        let placed = self.matching.middle().filter(|&at| self.moves.is_placed(at));
        out.placements.extend(placed.filter_map(|at| {
            let after = sibling_before(new, at).and_then(|sibling| new.id(sibling));
            Some(Placement { node: new.id(at)?, parent: parent_id(new, at), after })
        }));
    }

    fn write_updates(&self, old: &Snapshot, new: &Snapshot, out: &mut Diff) {
        for are_placed in [true, false] {
            let is_wanted = |change: &&Change| {
                self.moves.is_placed(change.new) == are_placed && !change.fields.is_empty()
            };
            for change in self.changes.iter().filter(is_wanted) {
                write_update(change, old, new, out);
            }
        }
    }

    /// Of every removed subtree, its root.
    fn write_removals(&self, old: &Snapshot, out: &mut Diff) {
        let is_gone = |at: usize| self.matching.is_gone(at);
        let is_root = |&at: &usize| is_gone(at) && !old.columns().parent(at).is_some_and(is_gone);
        let roots = self.matching.old_middle().filter(is_root);
        out.removals.extend(roots.filter_map(|at| old.id(at)));
    }
}

fn write_update(change: &Change, old: &Snapshot, new: &Snapshot, out: &mut Diff) {
    let Some(node) = new.id(change.new) else { return };
    let (fields, rows) = (change.fields, &mut out.rows);
    let mut row = Row::default();
    patch(&mut row, rows, new.columns(), change.new, fields);
    subtract(&mut row.geometry, &change.before(old.columns()), fields);
    let row = rows.push(NO_PARENT, &row);
    out.updates.push(Update { node, fields, row });
}

fn write_windows(old: &Snapshot, new: &Snapshot, out: &mut Diff) {
    if !windows(old).eq(windows(new)) {
        out.windows = Some(windows(new).collect());
    }
}

/// The windows of a tree by the wire ids of their roots.
pub(crate) fn windows(snapshot: &Snapshot) -> impl Iterator<Item = DiffWindow> {
    snapshot.windows().map(|(root, window)| DiffWindow {
        root,
        scene: window.scene,
        level: window.level,
    })
}
