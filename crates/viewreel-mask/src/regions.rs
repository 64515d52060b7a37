//! Which regions cover a node.

use std::ops::Range;

use crate::ids::mix;
use viewreel_model::columns::Window;
use viewreel_model::geometry::snap;
use viewreel_model::raw::{Brief, Region};
use viewreel_model::{CaptureId, Kind, MaskAction, RawSnapshot, Rect};

/// How far out of a region a node may stick and still lie inside, in points:
/// nodes are snapped and regions are not.
const EDGE_PT: f32 = 0.125;

/// What regions say to a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// A region that keeps lies around it.
    pub(crate) keeps: bool,
    /// A region that masks or replaces touches it, and there is something to mask.
    pub(crate) masks: bool,
    /// A region that replaces lies around it.
    pub(crate) replaces: bool,
}

/// The regions of one capture with the nodes that they speak of.
#[derive(Clone, Default)]
pub(crate) struct Regions {
    /// Those that speak of nodes of the capture.
    active: Vec<Active>,
    /// Whether there are any.
    is_any: bool,
}

#[derive(Clone)]
struct Active {
    /// Which one of the capture.
    number: u64,
    rect: Rect,
    action: MaskAction,
    /// Of the window, or of the owner's subtree.
    nodes: Range<usize>,
}

impl Regions {
    /// Takes the regions of the next capture, of which a view in the window with some
    /// root may be left out, as `is_left_out` says. O(regions × nodes) at worst, O(regions) where no region has
    /// an owner.
    pub(crate) fn begin(
        &mut self,
        raw: &dyn RawSnapshot,
        is_left_out: impl Fn(CaptureId, CaptureId) -> bool,
    ) {
        self.active.clear();
        self.is_any = !raw.regions().is_empty();
        let active = (1..).zip(raw.regions()).filter_map(|(number, region)| {
            let nodes = nodes_of(raw, region, &is_left_out)?;
            Some(Active { number, rect: region.rect, action: region.action, nodes })
        });
        self.active.extend(active);
    }

    /// Whether none speaks of a node of the capture.
    pub(crate) fn is_empty(&self) -> bool {
        self.active.is_empty()
    }

    /// Whether there are none.
    pub(crate) const fn are_none(&self) -> bool {
        !self.is_any
    }

    /// Which regions speak of node `index`, as a number. O(regions).
    pub(crate) fn digest(&self, index: usize) -> u64 {
        let speaking = self.active.iter().filter(|region| region.nodes.contains(&index));
        speaking.fold(0, |hash, region| mix(hash, region.number))
    }

    /// What the regions say to node `index`, which takes up `rect` in the space
    /// of its window. O(regions).
    pub(crate) fn cover(&self, index: usize, brief: Brief, rect: Rect) -> Cover {
        let mut cover = Cover::default();
        for region in self.active.iter().filter(|region| region.nodes.contains(&index)) {
            let is_inside = lies_inside(rect, region.rect);
            let touches = is_inside || touches(rect, region.rect);
            match region.action {
                MaskAction::Keep => cover.keeps |= is_inside,
                MaskAction::Mask => cover.masks |= is_inside || touches && bears_content(brief),
                MaskAction::Replace => {
                    cover.replaces |= is_inside;
                    cover.masks |= touches && bears_content(brief);
                }
            }
        }
        cover
    }
}

/// The nodes that a region speaks of: its owner's subtree, or all of the window.
/// An owner that is not there makes a mask speak of the whole window, a window
/// that is not there of everything; a `keep` speaks of nothing then. `None` where it
/// speaks of nothing, as where its owner was left out of the capture with all that is
/// below it.
fn nodes_of(
    raw: &dyn RawSnapshot,
    region: &Region,
    is_left_out: impl Fn(CaptureId, CaptureId) -> bool,
) -> Option<Range<usize>> {
    let Some(window) = window_nodes(raw, region.window as usize) else {
        return (region.action != MaskAction::Keep).then_some(0..raw.len());
    };
    if region.owner == CaptureId::default() {
        return Some(window);
    }
    let owner = window.clone().find(|&node| raw.privacy(node).id == region.owner);
    match owner {
        Some(owner) => Some(subtree(raw, owner, window.end)),
        None => {
            let root = raw.privacy(window.start).id;
            let is_anywhere = region.action != MaskAction::Keep && !is_left_out(region.owner, root);
            is_anywhere.then_some(window)
        }
    }
}

fn window_nodes(raw: &dyn RawSnapshot, window: usize) -> Option<Range<usize>> {
    let root = |window: &Window| window.root as usize;
    let start = raw.windows().get(window).map(root)?;
    // Roots come in the order of their windows; anything else only makes it larger.
    let next = raw.windows().iter().map(root).filter(|&next| next > start).min();
    Some(start..next.unwrap_or(raw.len()))
}

/// In pre-order a subtree is one run: it ends at the first node whose parent
/// comes before its root.
fn subtree(raw: &dyn RawSnapshot, root: usize, end: usize) -> Range<usize> {
    let is_outside = |&node: &usize| raw.parent(node).is_none_or(|parent| parent < root);
    root..(root + 1..end).find(is_outside).unwrap_or(end)
}

/// What cannot be placed may lie anywhere, so it is touched by every region and
/// inside of none.
fn touches(rect: Rect, region: Rect) -> bool {
    !is_finite(rect) || rect.intersects(region)
}

fn lies_inside(rect: Rect, region: Rect) -> bool {
    let right = |r: Rect| r.origin.x + r.size.width;
    let bottom = |r: Rect| r.origin.y + r.size.height;
    rect.origin.x >= region.origin.x - EDGE_PT
        && rect.origin.y >= region.origin.y - EDGE_PT
        && right(rect) <= right(region) + EDGE_PT
        && bottom(rect) <= bottom(region) + EDGE_PT
}

fn is_finite(rect: Rect) -> bool {
    let Rect { origin, size } = rect;
    [origin.x, origin.y, size.width, size.height].iter().all(|side| side.is_finite())
}

/// Whether there is something to mask in the node itself. A plain container that
/// a region merely touches is not marked, or a region at its edge would make the
/// whole screen a masked place.
fn bears_content(brief: Brief) -> bool {
    brief.has_text() || brief.has_picture || !is_container(brief.kind)
}

/// Whether the kind is there to hold others.
pub(crate) const fn is_container(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::View
            | Kind::NavigationBar
            | Kind::TabBar
            | Kind::Toolbar
            | Kind::Alert
            | Kind::Menu
            | Kind::Scroll
            | Kind::List
            | Kind::Cell
            | Kind::Blur
            | Kind::Gradient
            | Kind::Shape
            | Kind::Placeholder
    )
}

/// The place on the screen that a finger in the region is moved to, and the
/// rectangle that it is moved from.
pub(crate) fn on_screen(raw: &dyn RawSnapshot, region: &Region) -> Option<Rect> {
    let root = raw.windows().get(region.window as usize)?.root as usize;
    let mapped = raw.geometry(root).to_parent().map_rect(region.rect);
    let is_sane = is_finite(mapped);
    Some(if is_sane { mapped } else { everywhere() })
}

fn everywhere() -> Rect {
    let far = snap(f32::INFINITY);
    Rect::new(-far, -far, 2.0 * far, 2.0 * far)
}
