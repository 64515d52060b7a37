//! What is remembered of one capture until the next: which views were where in its
//! masked tree, and what was said to the views below them.

use std::ops::Range;

use viewreel_model::limits::MAX_NODES;
use viewreel_model::raw::Region;
use viewreel_model::{Affine, CaptureId, NodeId, RawSnapshot, Snapshot};

use crate::rules::Scope;

/// A view in the masked tree.
#[derive(Clone, Copy)]
pub(crate) struct Was {
    /// The view; none where it has no id of its own.
    pub(crate) id: CaptureId,
    pub(crate) wire: NodeId,
    pub(crate) depth: u16,
    /// What it said to everything below it.
    pub(crate) below: Scope,
    /// Which selectors and regions speak of what is below it, as a number.
    pub(crate) heard: u64,
    /// Whether what is below it was written.
    pub(crate) is_open: bool,
}

/// What is remembered of one capture.
#[derive(Clone, Default)]
pub(crate) struct Past {
    /// In the order of the masked tree.
    pub(crate) nodes: Vec<Was>,
    /// From the bounds space of each of these to its window's; empty where there are
    /// no regions.
    to_windows: Vec<Affine>,
    /// Views that are in no masked tree, with the place of the nearest around them
    /// that is; in the order of these.
    left_out: Vec<(CaptureId, usize)>,
    regions: Vec<Region>,
}

impl Past {
    pub(crate) fn begin(&mut self, raw: &dyn RawSnapshot) {
        self.forget();
        self.regions.extend_from_slice(raw.regions());
    }

    /// Forgets everything and keeps the memory.
    pub(crate) fn forget(&mut self) {
        self.nodes.clear();
        self.to_windows.clear();
        self.left_out.clear();
        self.regions.clear();
    }

    pub(crate) fn add(&mut self, was: Was, to_window: Affine) {
        self.nodes.push(was);
        if !self.regions.is_empty() {
            self.to_windows.push(to_window);
        }
    }

    /// A view inside the one that was added last, or inside one around it, is left
    /// out.
    pub(crate) fn leave_out(&mut self, id: CaptureId, nearest: u32) {
        if id != CaptureId::default() {
            self.left_out.push((id, nearest as usize));
        }
    }

    /// Takes over what `past` knows of these nodes, which come next here.
    pub(crate) fn carry(&mut self, past: &Self, range: Range<usize>) {
        let (old, new) = (range.start, self.nodes.len());
        let nodes = past.nodes.get(range.clone()).unwrap_or_default();
        self.nodes.extend_from_slice(nodes);
        self.to_windows.extend(past.to_windows.get(range.clone()).unwrap_or_default());
        let start = past.left_out.partition_point(|(_, nearest)| *nearest < range.start);
        let end = past.left_out.partition_point(|(_, nearest)| *nearest < range.end);
        let left_out = past.left_out.get(start..end).unwrap_or_default();
        // Of what has no room no finger is known, and no region finds its owner.
        let room = MAX_NODES.saturating_sub(self.left_out.len());
        let left_out = left_out.iter().take(room);
        self.left_out.extend(left_out.map(|&(id, at)| (id, at - old + new)));
    }

    /// Where the view is in the masked tree: its own place, or that of the nearest
    /// around it. O(views).
    pub(crate) fn place(&self, id: CaptureId) -> Option<usize> {
        if id == CaptureId::default() {
            return None;
        }
        let own = self.nodes.iter().position(|was| was.id == id);
        own.or_else(|| self.left_out.iter().find(|(out, _)| *out == id).map(|(_, at)| *at))
    }

    /// The nodes below node `at` of the masked tree `before`, if everything that was
    /// said to them is said again by `now`, which stands in its place.
    pub(crate) fn below(
        &self,
        before: &Snapshot,
        at: usize,
        now: (&Was, Affine, &[Region]),
    ) -> Option<Range<usize>> {
        let (is, to_window, regions) = now;
        let was = self.nodes.get(at)?;
        let is_meant = was.wire == is.wire && before.id(at) == Some(is.wire);
        let is_same = (was.below, was.heard, was.depth) == (is.below, is.heard, is.depth);
        let is_covered_as_before = self.regions == regions
            && self.to_windows.get(at).is_none_or(|before| *before == to_window);
        let is_retained = is_meant && was.is_open && is_same && is_covered_as_before;
        is_retained.then(|| at + 1..end_below(before, at))
    }
}

/// In pre-order what is below a node is one run: it ends at the first node whose
/// parent comes before that node.
fn end_below(tree: &Snapshot, at: usize) -> usize {
    let parents = tree.columns().parents().get(at + 1..).unwrap_or_default();
    let is_outside = |parent: &u32| *parent == u32::MAX || (*parent as usize) < at;
    at + 1 + parents.iter().position(is_outside).unwrap_or(parents.len())
}
