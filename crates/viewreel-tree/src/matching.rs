//! Which node of a new tree was which node of the old one.

use crate::preorder::parent_id;
use std::ops::Range;
use viewreel_model::{NodeId, Snapshot};

/// Nodes that stand one behind the other in both trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Index of the first in the old tree.
    pub(crate) old: usize,
    /// Index of the first in the new tree.
    pub(crate) new: usize,
    pub(crate) len: usize,
}

impl Run {
    pub(crate) fn old_range(&self) -> Range<usize> {
        self.old..self.old + self.len
    }

    pub(crate) fn new_range(&self) -> Range<usize> {
        self.new..self.new + self.len
    }
}

/// Which node of the new tree was which one of the old tree.
///
/// What both trees have in common at both ends in pre-order needs no search;
/// usually that is everything.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    /// Nodes at the beginning with the same id and the same parent.
    prefix: usize,
    /// Where the nodes at the end with the same id and the same parent begin,
    /// in the old tree and in the new one.
    old_end: usize,
    new_end: usize,
    /// Ids and indices of the old nodes between the two, sorted; empty until
    /// one is searched.
    by_id: Vec<(NodeId, usize)>,
    /// Whether each of the old nodes between the two is in the new tree.
    survives: Vec<bool>,
    /// The old index of every node of the new tree.
    old_of: Vec<Option<u32>>,
}

impl Matching {
    /// O(n); O(m log m) for the m nodes between what is common at both ends,
    /// and O(m) where they stand in few runs.
    pub(crate) fn find(&mut self, old: &Snapshot, new: &Snapshot) {
        self.prefix = common_prefix(old, new);
        let suffix = common_suffix(old, new, self.prefix);
        (self.old_end, self.new_end) = (old.len() - suffix, new.len() - suffix);
        self.by_id.clear();
        self.survives.clear();
        self.survives.resize(self.old_middle().len(), false);
        self.old_of.clear();
        self.old_of.extend((0..self.prefix as u32).map(Some));
        self.match_middle(old, new);
        self.old_of.extend((self.old_end as u32..old.len() as u32).map(Some));
    }

    /// A node often follows the same node as before.
    fn match_middle(&mut self, old: &Snapshot, new: &Snapshot) {
        let mut next = self.prefix;
        for &id in new.ids().get(self.middle()).unwrap_or_default() {
            let follows = next < self.old_end && old.id(next) == Some(id);
            let at = if follows { Some(next) } else { self.search(old, id) };
            next = at.map_or(next, |at| at + 1);
            if let Some(survives) = at.and_then(|at| self.survives.get_mut(at - self.prefix)) {
                *survives = true;
            }
            self.old_of.push(at.map(|at| at as u32));
        }
    }

    /// The index of an old node between what is common at both ends.
    fn search(&mut self, old: &Snapshot, id: NodeId) -> Option<usize> {
        if self.by_id.is_empty() {
            let middle = self.old_middle();
            self.by_id.extend(middle.filter_map(|at| Some((old.id(at)?, at))));
            self.by_id.sort_unstable();
        }
        let found = self.by_id.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        self.by_id.get(found).map(|&(_, at)| at)
    }

    /// The new nodes that are not common to both ends: all others have the same
    /// parent and order as before.
    pub(crate) fn middle(&self) -> Range<usize> {
        self.prefix..self.new_end
    }

    /// The old nodes between what is common at both ends: all others are in the
    /// new tree.
    pub(crate) fn old_middle(&self) -> Range<usize> {
        self.prefix..self.old_end
    }

    /// The old index of a new node.
    pub(crate) fn old_of(&self, new: usize) -> Option<usize> {
        self.old_of.get(new).copied().flatten().map(|old| old as usize)
    }

    /// Whether an old node is not in the new tree.
    pub(crate) fn is_gone(&self, old: usize) -> bool {
        let survives = old.checked_sub(self.prefix).and_then(|at| self.survives.get(at));
        survives.is_some_and(|survives| !survives)
    }

    /// The nodes of both trees, in order of the new one.
    pub(crate) fn runs(&self) -> impl Iterator<Item = Run> {
        let follows = |a: &Option<u32>, b: &Option<u32>| a.map(|a| a + 1) == *b;
        let mut new = 0;
        self.old_of.chunk_by(follows).filter_map(move |run| {
            new += run.len();
            let &old = run.first()?;
            Some(Run { old: old? as usize, new: new - run.len(), len: run.len() })
        })
    }

    /// The nodes that only the new tree has, in its order.
    pub(crate) fn inserted(&self) -> impl Iterator<Item = usize> {
        self.middle().filter(|&new| self.old_of(new).is_none())
    }
}

fn common_prefix(old: &Snapshot, new: &Snapshot) -> usize {
    let ids = old.ids().iter().zip(new.ids());
    let parents = old.columns().parents().iter().zip(new.columns().parents());
    ids.zip(parents).take_while(|((a, b), (p, q))| a == b && p == q).count()
}

/// Nodes at the end with the same id below a parent with the same id.
fn common_suffix(old: &Snapshot, new: &Snapshot, prefix: usize) -> usize {
    let nodes = (prefix..old.len()).rev().zip((prefix..new.len()).rev());
    let is_same = |a, b| old.id(a) == new.id(b) && parent_id(old, a) == parent_id(new, b);
    nodes.take_while(|&(a, b)| is_same(a, b)).count()
}
