//! What is below nodes that a capture says are unchanged below.

use std::ops::Range;

use viewreel_model::limits::MAX_NODES;
use viewreel_model::raw::Region;
use viewreel_model::{Affine, CaptureId, NodeId, RawSnapshot, Snapshot};

use crate::past::{Past, Was};

/// Whether what is below the node is left out. What a host says of a node below which
/// it gives others does not count.
pub(crate) fn is_left_out_below(raw: &dyn RawSnapshot, node: usize) -> bool {
    raw.privacy(node).unchanged && raw.parent(node + 1) != Some(node)
}

fn is_named(id: &CaptureId) -> bool {
    *id != CaptureId::default()
}

/// The parts of the tree before that a capture left out.
#[derive(Clone, Default)]
pub(crate) struct Retained {
    /// Views that are said to be unchanged below, in order of their ids.
    said: Vec<CaptureId>,
    /// Views of the capture, in order of their ids.
    given: Vec<CaptureId>,
    /// What was found, as nodes of the tree before.
    found: Vec<Range<usize>>,
    /// Where each node of the tree before stands there, in order of the ids; filled
    /// when it is asked for first.
    places: Vec<(NodeId, usize)>,
    nodes: usize,
}

impl Retained {
    pub(crate) fn begin(&mut self, raw: &dyn RawSnapshot) {
        self.said.clear();
        self.found.clear();
        self.places.clear();
        self.nodes = raw.len();
        let said = (0..raw.len()).filter(|&node| is_left_out_below(raw, node));
        self.said.extend(said.map(|node| raw.privacy(node).id).filter(is_named));
        self.said.sort_unstable();
    }

    /// Whether a view that is not in the capture is below one that is said to be
    /// unchanged below, in the window with that root. O(views of the capture before).
    pub(crate) fn holds(
        &self,
        past: &Past,
        before: &Snapshot,
        (view, root): (CaptureId, CaptureId),
    ) -> bool {
        if self.said.is_empty() || !is_named(&root) {
            return false;
        }
        let path = std::iter::successors(past.place(view), |&node| before.columns().parent(node));
        let around = || path.clone().filter_map(|node| past.nodes.get(node));
        around().last().is_some_and(|was| was.id == root)
            && around().any(|was| self.said.binary_search(&was.id).is_ok())
    }

    /// The nodes below one that stands in the tree before at `next`, or elsewhere,
    /// where everything is as it was around them, and there is room for them.
    pub(crate) fn find(
        &mut self,
        past: &Past,
        before: &Snapshot,
        next: Option<usize>,
        now: (&Was, Affine, &[Region]),
    ) -> Option<Range<usize>> {
        let wire = now.0.wire;
        let next = next.filter(|&at| before.id(at) == Some(wire));
        let at = next.or_else(|| self.place(before, wire))?;
        let range = past.below(before, at, now)?;
        self.nodes += range.len();
        let fits = self.nodes <= MAX_NODES;
        self.found.extend(fits.then(|| range.clone()));
        fits.then_some(range)
    }

    /// Whether a view that was given is also in a part that was left out, or two of
    /// these parts have nodes in common. O(nodes × log nodes).
    pub(crate) fn contradicts(&mut self, raw: &dyn RawSnapshot, past: &Past) -> bool {
        if self.found.is_empty() {
            return false;
        }
        self.found.sort_unstable_by_key(|range| range.start);
        let overlaps = |pair: &[Range<usize>]| match pair {
            [a, b] => a.end > b.start,
            _ => false,
        };
        self.given.clear();
        self.given.extend((0..raw.len()).map(|node| raw.privacy(node).id).filter(is_named));
        self.given.sort_unstable();
        let left_out = self.found.iter().filter_map(|range| past.nodes.get(range.clone()));
        let is_given = |was: &Was| self.given.binary_search(&was.id).is_ok();
        self.found.windows(2).any(overlaps) || left_out.flatten().any(is_given)
    }

    fn place(&mut self, before: &Snapshot, wire: NodeId) -> Option<usize> {
        if self.places.len() != before.len() {
            self.places.clear();
            self.places.extend(before.ids().iter().copied().zip(0..));
            self.places.sort_unstable();
        }
        let at = self.places.binary_search_by_key(&wire, |(id, _)| *id).ok()?;
        self.places.get(at).map(|(_, place)| *place)
    }
}
