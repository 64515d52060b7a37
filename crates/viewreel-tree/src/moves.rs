//! Which nodes of a new tree have to be placed.

use crate::lis::LongestIncreasing;
use crate::matching::Matching;
use crate::preorder::parent_id;
use viewreel_model::Snapshot;

/// A node below the same parent as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stayer {
    /// Index of the parent in the new tree.
    parent: Option<usize>,
    new: usize,
    old: usize,
}

/// Which nodes of a new tree are inserted or moved: as few as can be.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    /// For every new node whether it has to be placed.
    placed: Vec<bool>,
    stayers: Vec<Stayer>,
    /// For every new node the old index of its last child so far.
    last_child: Vec<usize>,
    /// Old indices of the children of one node.
    order: Vec<usize>,
    lis: LongestIncreasing,
}

impl Moves {
    /// O(n); O(m log m) for the m nodes that are not common to both ends where
    /// some of them changed their order. The ends stay: below each parent they
    /// come before and after all others in both trees, so they are part of some
    /// longest increasing subsequence.
    pub(crate) fn find(&mut self, matching: &Matching, old: &Snapshot, new: &Snapshot) {
        self.placed.clear();
        self.placed.resize(new.len(), false);
        if let Some(middle) = self.placed.get_mut(matching.middle()) {
            middle.fill(true);
        }
        self.collect_stayers(matching, old, new);
        if self.have_kept_their_order(new.len()) {
            self.stayers.iter().for_each(|stayer| keep(&mut self.placed, stayer));
        } else {
            self.keep_longest();
        }
    }

    fn collect_stayers(&mut self, matching: &Matching, old: &Snapshot, new: &Snapshot) {
        let stayer = |at| {
            let before = matching.old_of(at)?;
            let parent = new.columns().parent(at);
            let stays = parent_id(old, before) == parent_id(new, at);
            stays.then_some(Stayer { parent, new: at, old: before })
        };
        self.stayers.clear();
        self.stayers.extend(matching.middle().filter_map(stayer));
    }

    fn have_kept_their_order(&mut self, nodes: usize) -> bool {
        if self.stayers.is_empty() {
            return true;
        }
        self.last_child.clear();
        self.last_child.resize(nodes + 1, 0);
        self.stayers.iter().all(|stayer| {
            let last = self.last_child.get_mut(stayer.parent.unwrap_or(nodes));
            last.is_some_and(|last| std::mem::replace(last, stayer.old) <= stayer.old)
        })
    }

    fn keep_longest(&mut self) {
        self.stayers.sort_unstable();
        for group in self.stayers.chunk_by(|a, b| a.parent == b.parent) {
            self.order.clear();
            self.order.extend(group.iter().map(|stayer| stayer.old));
            let kept =
                group.iter().zip(self.lis.find(&self.order)).filter(|(_, is_kept)| **is_kept);
            kept.for_each(|(stayer, _)| keep(&mut self.placed, stayer));
        }
    }

    /// Whether a new node is inserted or moved.
    pub(crate) fn is_placed(&self, new: usize) -> bool {
        self.placed.get(new).copied().unwrap_or(false)
    }
}

fn keep(placed: &mut [bool], stayer: &Stayer) {
    if let Some(placed) = placed.get_mut(stayer.new) {
        *placed = false;
    }
}
