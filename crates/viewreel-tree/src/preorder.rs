//! Steps from node to node in a snapshot.

use viewreel_model::{NodeId, Snapshot};

/// The wire id of a node's parent.
pub(crate) fn parent_id(snapshot: &Snapshot, at: usize) -> Option<NodeId> {
    snapshot.id(snapshot.columns().parent(at)?)
}

/// The sibling directly before a node.
///
/// The node before it in pre-order is its parent, or ends the subtree of that
/// sibling. O(depth); O(n) over all nodes of a tree, because a walk climbs out
/// of subtrees that no other walk climbs out of.
pub(crate) fn sibling_before(snapshot: &Snapshot, at: usize) -> Option<usize> {
    let parent_of = |node: usize| snapshot.columns().parent(node);
    let parent = parent_of(at);
    let mut before = at.checked_sub(1)?;
    while Some(before) != parent {
        match parent_of(before) {
            above if above == parent => return Some(before),
            // Parents come first, or this would not end.
            above => before = above.filter(|&above| above < before)?,
        }
    }
    None
}
