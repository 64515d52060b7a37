//! What moves on: the numbers of a diff are told by how they went on in the
//! diff before.

use viewreel_model::NodeId;

/// A column whose entries are predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Width,
    Height,
    X,
    Y,
    ScrollX,
    ScrollY,
    Rotation,
    ScaleX,
    ScaleY,
    Skew,
    OffsetX,
    OffsetY,
    Alpha,
    Value,
}

const COLUMNS: usize = Column::Value as usize + 1;

impl Column {
    /// Whether it holds differences, which stay the same while a motion is
    /// steady; of the others it is the step that stays the same.
    const fn is_difference(self) -> bool {
        (self as usize) < Column::Rotation as usize
    }
}

/// What a node's columns held in one diff.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    /// A bit for each column that it had.
    columns: u16,
    values: [i64; COLUMNS],
    /// What comes next in each column if the motion goes on.
    next: [i64; COLUMNS],
}

impl Held {
    /// The value and what was expected next, where it had the column.
    fn get(&self, column: Column) -> Option<(i64, i64)> {
        let at = column as usize;
        let is_held = self.columns >> at & 1 == 1;
        is_held.then_some((*self.values.get(at)?, *self.next.get(at)?))
    }

    fn set(&mut self, column: Column, value: i64, next: i64) {
        let at = column as usize;
        let slots = self.values.get_mut(at).zip(self.next.get_mut(at));
        if let Some((value_slot, next_slot)) = slots {
            self.columns |= 1 << at;
            (*value_slot, *next_slot) = (value, next);
        }
    }
}

/// The columns of the diff before and of the one at hand. Both sides of a
/// segment keep one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Motion {
    /// Nodes of the diff before and where they are held, sorted.
    before: Vec<(NodeId, u32)>,
    held: Vec<Held>,
    /// Nodes that the table at hand places, sorted: they come first in it and go
    /// on with nothing.
    placed: Vec<NodeId>,
    /// Of every node behind them: where it is held.
    found: Vec<Option<u32>>,
    now: Vec<Held>,
}

impl Motion {
    /// Begins a table of nodes of which those behind the first `placed` may go
    /// on with what they did.
    pub(crate) fn begin(&mut self, mut nodes: impl Iterator<Item = NodeId>, placed: usize) {
        self.placed.clear();
        self.placed.extend(nodes.by_ref().take(placed));
        self.placed.sort_unstable();
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.extend(nodes.map(|node| self.find(node)));
        self.found = found;
        self.now.clear();
        self.now.resize(self.found.len(), Held::default());
    }

    /// Where a node is held that may go on.
    fn find(&self, node: NodeId) -> Option<u32> {
        let at = self.before.binary_search_by_key(&node, |&(held, _)| held).ok()?;
        let held = self.before.get(at).filter(|_| !self.is_placed(node));
        held.map(|&(_, held)| held)
    }

    fn is_placed(&self, node: NodeId) -> bool {
        self.placed.binary_search(&node).is_ok()
    }

    fn held(&self, at: usize, column: Column) -> Option<(i64, i64)> {
        let found = self.found.get(at.checked_sub(self.placed.len())?).copied().flatten()?;
        self.held.get(found as usize)?.get(column)
    }

    /// What the column of node `at` of the table is expected to hold.
    pub(crate) fn predict(&self, at: usize, column: Column) -> i64 {
        self.held(at, column).map_or(0, |(_, next)| next)
    }

    /// Takes note of what it holds.
    pub(crate) fn note(&mut self, at: usize, column: Column, value: i64) {
        let step = match self.held(at, column) {
            Some((before, _)) if !column.is_difference() => value - before,
            _ => 0,
        };
        let moving = at.checked_sub(self.placed.len());
        if let Some(held) = moving.and_then(|at| self.now.get_mut(at)) {
            held.set(column, value, value + step);
        }
    }

    /// The table at hand, whose nodes these are, is the one before from now on.
    /// Where a node stands in it twice, the last one counts.
    pub(crate) fn commit(&mut self, nodes: impl Iterator<Item = NodeId>) {
        std::mem::swap(&mut self.held, &mut self.now);
        self.before.clear();
        let updated = nodes.skip(self.placed.len()).zip(0..);
        let placed = &self.placed;
        let may_go_on = |(node, _): &(NodeId, u32)| placed.binary_search(node).is_err();
        self.before.extend(updated.filter(may_go_on));
        self.before.sort_unstable_by_key(|&(node, held)| (node, std::cmp::Reverse(held)));
        self.before.dedup_by_key(|&mut (node, _)| node);
    }

    /// Nothing goes on.
    pub(crate) fn forget(&mut self) {
        self.before.clear();
        self.held.clear();
    }
}
