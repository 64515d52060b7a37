//! What changed between two masked snapshots.

use crate::lis::longest_increasing;
use std::collections::HashMap;
use viewreel_model::columns::NO_PARENT;
use viewreel_model::diff::{Diff, DiffWindow, Placement, Update};
use viewreel_model::field::{changed, patch};
use viewreel_model::{Columns, FieldSet, NodeId, Row, Snapshot, StateId};

/// Computes diffs, keeping its tables from one to the next.
#[derive(Debug, Default)]
pub struct Differ {
    old: HashMap<NodeId, u32>,
    new: HashMap<NodeId, u32>,
    siblings: Siblings,
    /// For every new node: whether it is inserted or moved.
    placed: Vec<bool>,
}

impl Differ {
    /// Fills `out` with what leads from `old`, which is state `base`, to `new`:
    /// minimal in moves, and with only the fields that changed.
    ///
    /// O(n log n) in the number of nodes.
    pub fn diff(&mut self, base: StateId, old: &Snapshot, new: &Snapshot, out: &mut Diff) {
        out.clear();
        out.base = base;
        index(old, &mut self.old);
        index(new, &mut self.new);
        self.siblings.collect(new.columns().parents());
        self.find_placed(old, new);
        self.write_placements(new, out);
        self.write_updates(old, new, out);
        self.write_removals(old, out);
        write_windows(old, new, out);
    }

    fn find_placed(&mut self, old: &Snapshot, new: &Snapshot) {
        self.placed.clear();
        self.placed.resize(new.len(), true);
        let (mut stayed, mut positions, mut keep) = (Vec::new(), Vec::new(), Vec::new());
        for group in self.siblings.groups() {
            stayed.clear();
            positions.clear();
            for &child in group {
                if let Some(position) = self.position_under_same_parent(old, new, child) {
                    stayed.push(child);
                    positions.push(position);
                }
            }
            longest_increasing(&positions, &mut keep);
            for (&child, &is_kept) in stayed.iter().zip(&keep) {
                if let Some(placed) = self.placed.get_mut(child as usize) {
                    *placed = !is_kept;
                }
            }
        }
    }

    /// The old index of new node `child`, where it had the same parent there.
    fn position_under_same_parent(
        &self,
        old: &Snapshot,
        new: &Snapshot,
        child: u32,
    ) -> Option<u32> {
        let position = *self.old.get(&new.id(child as usize)?)?;
        let same = parent_id(old, position as usize) == parent_id(new, child as usize);
        same.then_some(position)
    }

    fn write_placements(&self, new: &Snapshot, out: &mut Diff) {
        for (child, _) in self.placed.iter().enumerate().filter(|(_, is_placed)| **is_placed) {
            let Some(node) = new.id(child) else { continue };
            let parent = parent_id(new, child);
            let after = self.siblings.before(child).and_then(|sibling| new.id(sibling as usize));
            out.placements.push(Placement { node, parent, after });
        }
    }

    fn write_updates(&self, old: &Snapshot, new: &Snapshot, out: &mut Diff) {
        let blank = Columns::default();
        for (child, &node) in new.ids().iter().enumerate() {
            let Some(row) = new.columns().row(child) else { continue };
            let before = self.old.get(&node).and_then(|&at| old.columns().row(at as usize));
            let fields = match before {
                Some(before) => changed(old.columns(), &before, new.columns(), &row),
                None => changed(&blank, &Row::default(), new.columns(), &row),
            };
            if !fields.is_empty() {
                push_update(out, node, fields, new.columns(), &row);
            }
        }
    }

    /// Of every removed subtree, its root.
    fn write_removals(&self, old: &Snapshot, out: &mut Diff) {
        let is_gone = |id: NodeId| !self.new.contains_key(&id);
        for (at, &node) in old.ids().iter().enumerate() {
            if is_gone(node) && !parent_id(old, at).is_some_and(is_gone) {
                out.removals.push(node);
            }
        }
    }
}

fn index(snapshot: &Snapshot, into: &mut HashMap<NodeId, u32>) {
    into.clear();
    into.extend(snapshot.ids().iter().zip(0..).map(|(&id, at)| (id, at)));
}

fn parent_id(snapshot: &Snapshot, at: usize) -> Option<NodeId> {
    snapshot.id(snapshot.columns().parent(at)?)
}

fn push_update(out: &mut Diff, node: NodeId, fields: FieldSet, from: &Columns, row: &Row) {
    let mut values = Row::default();
    patch(&mut out.rows, &mut values, from, row, fields);
    let row = out.rows.push(NO_PARENT, &values);
    out.updates.push(Update { node, fields, row });
}

fn write_windows(old: &Snapshot, new: &Snapshot, out: &mut Diff) {
    let windows = |snapshot: &Snapshot| -> Vec<DiffWindow> {
        let convert = |(root, w): (NodeId, viewreel_model::columns::Window)| DiffWindow {
            root,
            scene: w.scene,
            level: w.level,
        };
        snapshot.windows().map(convert).collect()
    };
    let after = windows(new);
    out.windows = (windows(old) != after).then_some(after);
}

/// The nodes of a tree grouped by parent, each group in order.
#[derive(Debug, Default)]
struct Siblings {
    /// All nodes, sorted by (parent, index).
    order: Vec<u32>,
    /// End of each group in `order`.
    ends: Vec<usize>,
    /// The sibling directly before each node, or [`NO_PARENT`].
    before: Vec<u32>,
}

impl Siblings {
    fn collect(&mut self, parents: &[u32]) {
        let parent_of = |child: &u32| parents.get(*child as usize).copied();
        self.order.clear();
        self.order.extend((0..).take(parents.len()));
        self.order.sort_by_key(parent_of);
        self.ends.clear();
        self.before.clear();
        self.before.resize(parents.len(), NO_PARENT);
        for group in self.order.chunk_by(|a, b| parent_of(a) == parent_of(b)) {
            self.ends.push(self.ends.last().copied().unwrap_or(0) + group.len());
            for (sibling, child) in group.iter().zip(group.iter().skip(1)) {
                if let Some(before) = self.before.get_mut(*child as usize) {
                    *before = *sibling;
                }
            }
        }
    }

    fn groups(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.order.get(start..end).unwrap_or_default())
    }

    fn before(&self, child: usize) -> Option<u32> {
        self.before.get(child).copied().filter(|&sibling| sibling != NO_PARENT)
    }
}
