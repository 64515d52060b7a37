//! Runs of siblings that move by the same distance.

use crate::changes::{Change, Changes};
use crate::matching::Matching;
use crate::moves::Moves;
use crate::preorder::sibling_before;
use viewreel_model::diff::Shift;
use viewreel_model::{Field, FieldSet, Point, Snapshot};

/// Fewer siblings are told one by one: a shift would not be shorter.
const LEAST_IN_A_SHIFT: u32 = 3;

/// Siblings one behind the other that move by the same distance.
#[derive(Clone, Copy, Debug)]
struct Drift {
    /// Index of the first in the new tree.
    first: usize,
    count: u32,
    by: Point,
}

/// Finds shifts, keeping its tables from one diff to the next.
#[derive(Debug, Default)]
pub(crate) struct Shifts {
    /// In order of their first nodes.
    drifts: Vec<Drift>,
    /// For every node of the new tree the drift that it is part of.
    drift_of: Vec<Option<u32>>,
}

/// What shifts are looked for in.
pub(crate) struct Frame<'a> {
    pub(crate) old: &'a Snapshot,
    pub(crate) new: &'a Snapshot,
    pub(crate) matching: &'a Matching,
    pub(crate) moves: &'a Moves,
}

impl Shifts {
    /// Writes the shifts and takes the positions that they tell out of the
    /// changes. Greedy from left to right among siblings. O(n).
    pub(crate) fn find(&mut self, frame: &Frame<'_>, changes: &mut Changes, out: &mut Vec<Shift>) {
        self.gather(frame, changes);
        for change in changes.iter_mut().filter(|change| self.is_shifted(change.new)) {
            change.fields = change.fields.without(FieldSet::only(Field::Position));
        }
        for &Drift { first, count, by } in self.drifts.iter().filter(|drift| drift.is_a_shift()) {
            out.extend(frame.new.id(first).map(|first| Shift { first, count, by }));
        }
    }

    fn gather(&mut self, frame: &Frame<'_>, changes: &Changes) {
        self.drifts.clear();
        self.drift_of.clear();
        self.drift_of.resize(frame.new.len(), None);
        for change in changes.iter() {
            let Some(by) = frame.motion(change) else { continue };
            let drift = self.extend(frame, change, by).unwrap_or_else(|| self.begin(change, by));
            if let Some(entry) = self.drift_of.get_mut(change.new) {
                *entry = Some(drift);
            }
        }
    }

    /// Adds a node to the drift of the sibling before it.
    fn extend(&mut self, frame: &Frame<'_>, change: &Change, by: Point) -> Option<u32> {
        let before = sibling_before(frame.new, change.new)?;
        let at = self.drift_of.get(before).copied().flatten()?;
        let drift = self.drifts.get_mut(at as usize)?;
        let fits = drift.by == by && frame.is_gapless(before, change);
        fits.then(|| {
            drift.count += 1;
            at
        })
    }

    fn begin(&mut self, change: &Change, by: Point) -> u32 {
        self.drifts.push(Drift { first: change.new, count: 1, by });
        self.drifts.len() as u32 - 1
    }

    fn is_shifted(&self, new: usize) -> bool {
        let drift = self.drift_of.get(new).copied().flatten();
        let drift = drift.and_then(|at| self.drifts.get(at as usize));
        drift.is_some_and(Drift::is_a_shift)
    }
}

impl Drift {
    fn is_a_shift(&self) -> bool {
        self.count >= LEAST_IN_A_SHIFT
    }
}

impl Frame<'_> {
    /// By how much a node moves that stays where it is among its siblings.
    fn motion(&self, change: &Change) -> Option<Point> {
        let stays = !self.moves.is_placed(change.new);
        stays.then(|| change.motion(self.old.columns(), self.new.columns())).flatten()
    }

    /// Whether no sibling that this diff removes stands between the node
    /// `before` and the changed one: when shifts are applied, it is still there.
    fn is_gapless(&self, before: usize, change: &Change) -> bool {
        let end = self.matching.old_of(before);
        let back = |&at: &usize| sibling_before(self.old, at);
        let between = std::iter::successors(change.old, back).skip(1);
        between.take_while(|&at| Some(at) != end).all(|at| !self.matching.is_gone(at))
    }
}
