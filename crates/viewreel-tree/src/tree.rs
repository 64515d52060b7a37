//! The retained tree.

use crate::error::ApplyError;
use crate::kept::Kept;
use crate::nodes::Nodes;
use viewreel_model::{Diff, Snapshot, StateId};

/// A masked tree, the state that it is, and the earlier states that are kept.
///
/// Diffs may come from anywhere: none makes it panic. The current state and each
/// kept one stay within the limits of a tree, and within twice of them while a
/// diff is applied; strings that nobody uses any more take no more memory than
/// the rest.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    state: StateId,
    nodes: Nodes,
    kept: Kept,
    work: usize,
}

impl Tree {
    /// The tree of a keyframe, which is trusted to keep to the limits. O(n).
    #[must_use]
    pub fn new(state: StateId, snapshot: Snapshot) -> Self {
        let nodes = Nodes::of(snapshot);
        let work = nodes.weight();
        Self { state, nodes, kept: Kept::default(), work }
    }

    /// The tree of a later keyframe, which keeps the state before it. O(n).
    #[must_use]
    pub fn followed_by(mut self, state: StateId, snapshot: Snapshot) -> Self {
        self.kept.keep(self.state, || self.nodes);
        let nodes = Nodes::of(snapshot);
        let work = self.work + nodes.weight();
        Self { state, nodes, kept: self.kept, work }
    }

    /// The state that the tree is.
    #[must_use]
    pub fn state(&self) -> StateId {
        self.state
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The tree as it is now. O(n + bytes of strings).
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.nodes.snapshot()
    }

    /// Nodes that were visited to make the tree what it is, since its keyframe:
    /// what a caller bounds who plays what strangers send. The same for the same
    /// diffs everywhere. Copying long strings counts as copying nodes of the same
    /// size. One diff can add `MAX_NODES` × (`MAX_DEPTH` + 1) for its placements
    /// and a few times `MAX_NODES` for all else.
    #[must_use]
    pub fn work(&self) -> usize {
        self.work
    }

    /// The tree in the state that a diff leads to.
    ///
    /// The diff starts from the current state or a kept one. First the current
    /// state is kept, where the diff says so, which may make the oldest kept one
    /// be forgotten; then the tree goes back to the base.
    ///
    /// A tree that a diff does not fit is in no state at all, so there is none
    /// after an error.
    ///
    /// O(what the diff says), with the depth of each placed node, the nodes of
    /// each removed subtree and each shifted node; O(n) to keep a state and to
    /// go back to one.
    ///
    /// # Errors
    /// Where the diff starts from a state that is not there, names what is not
    /// there, or leads beyond a limit.
    pub fn apply(mut self, diff: &Diff) -> Result<Self, ApplyError> {
        let next = self.state.next();
        if diff.keeps_current {
            self.keep();
        }
        self.go_back(diff.base)?;
        self.work += 1;
        self.nodes.apply(diff, &mut self.work)?;
        self.state = next;
        Ok(self)
    }

    fn keep(&mut self) {
        self.work += self.nodes.weight();
        self.kept.keep(self.state, || self.nodes.copy());
    }

    /// The others are copied over the current nodes, so that there are never both
    /// in memory.
    fn go_back(&mut self, base: StateId) -> Result<(), ApplyError> {
        if base != self.state {
            let wrong = ApplyError::WrongBase { base, state: self.state };
            let kept = self.kept.find(base).ok_or(wrong)?;
            self.nodes.copy_from(kept);
            self.work += self.nodes.weight();
        }
        Ok(())
    }
}
