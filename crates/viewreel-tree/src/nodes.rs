//! The nodes of one state and how a diff changes them.

use crate::differ::windows;
use crate::error::ApplyError;
use crate::forest::{Forest, Slot, put};
use crate::rows::Rows;
use viewreel_model::columns::Window;
use viewreel_model::diff::{Diff, DiffWindow, Shift};
use viewreel_model::limits::MAX_NODES;
use viewreel_model::{NodeId, Snapshot};

/// The nodes of one state: how they hang together, what they say, and which of
/// them are windows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nodes {
    forest: Forest,
    rows: Rows,
    windows: Vec<DiffWindow>,
}

impl Nodes {
    /// O(n).
    pub(crate) fn of(mut snapshot: Snapshot) -> Self {
        Self {
            forest: forest(&snapshot),
            windows: windows(&snapshot).collect(),
            rows: Rows::of(std::mem::take(snapshot.columns_mut())),
        }
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.forest.len()
    }

    /// A copy of them, in which what was removed takes at most a quarter of what
    /// is there. O(n + bytes of strings).
    pub(crate) fn copy(&self) -> Self {
        let is_sparse = self.forest.slots() > self.len() + self.len() / 4;
        if is_sparse { self.compacted() } else { self.clone() }
    }

    /// Becomes a copy of other nodes in the memory that is there. O(n + bytes of
    /// strings).
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.forest.copy_from(&other.forest);
        self.rows.copy_from(&other.rows);
        self.windows.clone_from(&other.windows);
    }

    fn compacted(&self) -> Self {
        let slots: Vec<Slot> = self.forest.walk().collect();
        Self {
            forest: self.forest.renumbered(&slots),
            rows: self.rows.pick(&slots),
            windows: self.windows.clone(),
        }
    }

    /// The work of copying them, in nodes.
    pub(crate) fn weight(&self) -> usize {
        self.rows.weight() + self.windows.len()
    }

    /// Does what a diff says and counts the nodes that are visited in `work`.
    /// O(what the diff says), as [`crate::Tree::apply`] has it in detail.
    ///
    /// # Errors
    /// Where the diff names what is not there or leads beyond a limit. Then some
    /// of it is done and some is not.
    pub(crate) fn apply(&mut self, diff: &Diff, work: &mut usize) -> Result<(), ApplyError> {
        check_length(diff)?;
        let placed = self.place(diff, work)?;
        for shift in &diff.shifts {
            *work += self.shift(shift)?;
        }
        *work += self.update(diff, &placed)?;
        for &removal in &diff.removals {
            *work += self.remove(removal)?;
        }
        *work += self.set_windows(diff)?;
        self.check_limits()
    }

    /// Gives the slots of the placed nodes.
    fn place(&mut self, diff: &Diff, work: &mut usize) -> Result<Vec<Slot>, ApplyError> {
        let mut placed = Vec::with_capacity(diff.placements.len());
        for placement in &diff.placements {
            let slot = self.forest.place(placement, work)?;
            self.rows.cover(slot);
            placed.push(slot);
        }
        *work += placed.len();
        Ok(placed)
    }

    fn shift(&mut self, shift: &Shift) -> Result<usize, ApplyError> {
        let first = self.forest.find(shift.first)?;
        let mut moved = 0;
        for slot in self.forest.siblings_from(first).take(shift.count as usize) {
            self.rows.shift(slot, self.forest.id(slot), shift.by)?;
            moved += 1;
        }
        let is_run = moved > 0 && moved == shift.count as usize;
        if is_run { Ok(moved) } else { Err(ApplyError::NotARun(shift.first)) }
    }

    /// Updates of placed nodes stand in the order of the placements, which are in
    /// the slots `placed`, so most nodes need not be looked for.
    fn update(&mut self, diff: &Diff, placed: &[Slot]) -> Result<usize, ApplyError> {
        let mut visited = diff.updates.len();
        let mut placed = diff.placements.iter().zip(placed);
        for update in &diff.updates {
            let known = placed.find(|(placement, _)| placement.node == update.node);
            let slot =
                known.map_or_else(|| self.forest.find(update.node), |(_, &slot)| Ok(slot))?;
            self.rows.update(slot, update, &diff.rows)?;
            visited += self.rows.compact();
        }
        Ok(visited)
    }

    fn remove(&mut self, id: NodeId) -> Result<usize, ApplyError> {
        let removed = self.forest.remove(id)?;
        for &slot in &removed {
            self.rows.forget(slot);
        }
        Ok(removed.len())
    }

    /// Replaces the windows where the diff has some. Those that stay have to be
    /// roots as well.
    fn set_windows(&mut self, diff: &Diff) -> Result<usize, ApplyError> {
        if let Some(windows) = &diff.windows {
            self.windows.clone_from(windows);
        }
        for window in &self.windows {
            let slot = self.forest.find(window.root)?;
            if self.forest.parent(slot).is_some() {
                return Err(ApplyError::WindowNotARoot(window.root));
            }
        }
        Ok(self.windows.len())
    }

    fn check_limits(&self) -> Result<(), ApplyError> {
        if self.len() > MAX_NODES {
            return Err(ApplyError::TooManyNodes);
        }
        self.rows.check_text(1)
    }

    /// The nodes in pre-order. O(n + bytes of strings).
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut out = Snapshot::default();
        out.reserve(self.len());
        let mut indices = vec![0; self.forest.slots()];
        for slot in self.forest.walk() {
            let index = self.push(slot, &indices, &mut out);
            put(&mut indices, slot, index);
        }
        self.push_windows(&indices, &mut out);
        out
    }

    fn push(&self, slot: Slot, indices: &[u32], out: &mut Snapshot) -> u32 {
        let row = out.columns_mut().copy_row(self.rows.texts(), &self.rows.row(slot));
        let parent =
            self.forest.parent(slot).and_then(|parent| indices.get(parent as usize).copied());
        out.push_masked(self.forest.id(slot), parent, &row)
    }

    fn push_windows(&self, indices: &[u32], out: &mut Snapshot) {
        let index = |window: &DiffWindow| {
            let root = *indices.get(self.forest.find(window.root).ok()? as usize)?;
            Some(Window { root, scene: window.scene, level: window.level })
        };
        out.columns_mut().windows.extend(self.windows.iter().filter_map(index));
    }
}

/// How the nodes of a snapshot hang together. O(n).
fn forest(snapshot: &Snapshot) -> Forest {
    let parent = |at: usize| snapshot.columns().parent(at).map(|parent| parent as Slot);
    Forest::of(snapshot.ids().iter().enumerate().map(|(at, &id)| (id, parent(at))))
}

/// Checks that no list speaks of more nodes than a tree may have: in none is a
/// node named twice, so more can only be meant to take time.
fn check_length(diff: &Diff) -> Result<(), ApplyError> {
    let shifted: u64 = diff.shifts.iter().map(|shift| u64::from(shift.count)).sum();
    let lists = [diff.placements.len(), diff.updates.len(), diff.removals.len()];
    let fits = lists.into_iter().all(|len| len <= MAX_NODES) && shifted <= MAX_NODES as u64;
    if fits { Ok(()) } else { Err(ApplyError::TooLong) }
}
