//! Earlier states that diffs may start from.

use crate::nodes::Nodes;
use std::collections::VecDeque;
use viewreel_model::StateId;
use viewreel_model::limits::MAX_KEPT_STATES;

/// At most [`MAX_KEPT_STATES`] states, the oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept(VecDeque<(StateId, Nodes)>);

impl Kept {
    /// Keeps a state; where there would be too many, the oldest is forgotten
    /// before the nodes are copied, so that there is never one more in memory.
    pub(crate) fn keep(&mut self, state: StateId, nodes: impl FnOnce() -> Nodes) {
        if self.0.len() >= MAX_KEPT_STATES {
            self.0.pop_front();
        }
        self.0.push_back((state, nodes()));
    }

    /// The nodes of a state that is kept.
    pub(crate) fn find(&self, state: StateId) -> Option<&Nodes> {
        self.0.iter().find(|(kept, _)| *kept == state).map(|(_, nodes)| nodes)
    }
}
