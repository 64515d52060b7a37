//! What readers of the open segment see, and how the next tree is told to them.

use std::collections::VecDeque;
use viewreel_model::limits::MAX_KEPT_STATES;
use viewreel_model::record::Body;
use viewreel_model::{Diff, Snapshot, StateId};
use viewreel_tree::Differ;

/// A change is a change of screen where at least one in so many nodes comes or
/// goes.
const SCREEN_CHANGE_SHARE: usize = 4;

/// The tree that readers of the open segment are in, and the earlier ones that
/// they keep.
#[derive(Default)]
pub(crate) struct Screen {
    differ: Differ,
    tree: Snapshot,
    state: StateId,
    /// What readers keep, the oldest first.
    kept: VecDeque<(StateId, Snapshot)>,
    /// Refilled by every capture.
    next: Snapshot,
    diff: Diff,
}

impl Screen {
    /// The tree that readers are in.
    pub(crate) fn tree(&self) -> &Snapshot {
        &self.tree
    }

    /// The tree that readers are in, and the one to come, to be filled.
    pub(crate) fn pages(&mut self) -> (&Snapshot, &mut Snapshot) {
        (&self.tree, &mut self.next)
    }

    /// The keyframe that a segment begins with. Readers of it keep nothing yet.
    pub(crate) fn begin_segment(&mut self) -> Body {
        self.kept.clear();
        Body::Keyframe { state: self.state, tree: std::mem::take(&mut self.tree) }
    }

    /// Takes back what [`Screen::begin_segment`] gave.
    pub(crate) fn take_back(&mut self, keyframe: Body) {
        if let Body::Keyframe { tree, .. } = keyframe {
            self.tree = tree;
        }
    }

    /// Forgets what is on the screen: until the next tree, nobody knows.
    pub(crate) fn forget(&mut self) {
        self.tree.clear();
        self.state = self.state.next();
        self.kept.clear();
    }

    /// Makes the tree to come the one that readers are in, in a segment to come.
    pub(crate) fn adopt(&mut self) {
        std::mem::swap(&mut self.tree, &mut self.next);
        self.state = self.state.next();
    }

    /// The record that leads readers to the tree to come; `None` where they are
    /// there. A change of screen is told in the way that `weigh` finds
    /// lightest: as a diff, as a diff from a screen seen before, or as a
    /// keyframe.
    pub(crate) fn tell(&mut self, weigh: impl FnMut(&Body) -> usize) -> Option<Body> {
        self.differ.diff(self.state, &self.tree, &self.next, &mut self.diff);
        if self.diff.is_empty() {
            return None;
        }
        let diff = std::mem::take(&mut self.diff);
        match self.is_screen_change(&diff) {
            true => Some(self.lightest(diff, weigh)),
            false => Some(Body::Diff(diff)),
        }
    }

    fn is_screen_change(&self, diff: &Diff) -> bool {
        let come = diff.placements.len();
        let gone = (self.tree.len() + come).saturating_sub(self.next.len());
        (come + gone) * SCREEN_CHANGE_SHARE >= self.tree.len().max(self.next.len())
    }

    fn lightest(&mut self, diff: Diff, mut weigh: impl FnMut(&Body) -> usize) -> Body {
        let mut best = Body::Diff(Diff { keeps_current: true, ..diff });
        let mut least = weigh(&best);
        for (state, tree) in &self.kept {
            let mut diff = Diff::default();
            self.differ.diff(*state, tree, &self.next, &mut diff);
            let candidate = Body::Diff(Diff { keeps_current: true, ..diff });
            if weigh(&candidate) < least {
                least = weigh(&candidate);
                best = candidate;
            }
        }
        let state = self.state.next();
        let keyframe = Body::Keyframe { state, tree: std::mem::take(&mut self.next) };
        if weigh(&keyframe) < least {
            return keyframe;
        }
        if let Body::Keyframe { tree, .. } = keyframe {
            self.next = tree;
        }
        best
    }

    /// Follows a record of [`Screen::tell`] as readers do.
    pub(crate) fn follow(&mut self, told: Body) {
        match told {
            Body::Keyframe { tree, .. } => {
                self.next = tree;
                self.keep();
            }
            Body::Diff(diff) => {
                if diff.keeps_current {
                    self.keep();
                }
                self.diff = diff;
            }
            _ => {}
        }
        self.adopt();
    }

    fn keep(&mut self) {
        if self.kept.len() >= MAX_KEPT_STATES {
            self.kept.pop_front();
        }
        self.kept.push_back((self.state, self.tree.clone()));
    }
}
