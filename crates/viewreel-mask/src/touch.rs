//! Where a finger seems to be. Over something masked it is in the middle of that
//! thing, so that a finger on a PIN pad or a keyboard tells nothing.

use viewreel_model::columns::Columns;
use viewreel_model::geometry::Rect;
use viewreel_model::node::{Geometry, Mask, control};
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::viewport::SceneId;
use viewreel_model::{Affine, MaskAction, Point, RawSnapshot, Snapshot};

use crate::Masker;
use crate::regions;

/// Most fingers that are held in the middle of what they went down on.
pub const MAX_HELD_POINTERS: usize = 16;

/// What is remembered of touches from one sample to the next.
#[derive(Clone, Default)]
pub(crate) struct TouchMask {
    /// On the screen, of the latest capture.
    regions: Vec<Rect>,
    /// Fingers that went down on something masked, and where they seem to be.
    held: Vec<(u32, Point)>,
}

impl TouchMask {
    /// Takes the regions of the latest capture.
    pub(crate) fn set_regions(&mut self, raw: &RawSnapshot<'_>) {
        self.regions.clear();
        let masking = raw.regions.iter().filter(|region| region.action != MaskAction::Keep);
        self.regions.extend(masking.filter_map(|r| regions::on_screen(raw.columns, r)));
    }

    fn held(&self, pointer: u32) -> Option<Point> {
        self.held.iter().find(|(held, _)| *held == pointer).map(|(_, at)| *at)
    }

    /// A finger that went down on something masked stays on it until it is lifted:
    /// a slider follows a finger that has long left it.
    fn hold(&mut self, touch: Touch, at: Option<Point>) {
        let ends = matches!(touch.phase, TouchPhase::Down | TouchPhase::Up | TouchPhase::Cancel);
        if ends {
            self.held.retain(|(pointer, _)| *pointer != touch.pointer);
        }
        let begins = touch.phase == TouchPhase::Down && self.held.len() < MAX_HELD_POINTERS;
        if let Some(at) = at.filter(|_| begins) {
            self.held.push((touch.pointer, at));
        }
    }
}

impl Masker {
    /// The touch as it may be recorded, over `snapshot`, the latest masked tree.
    ///
    /// The topmost node under the finger decides: by window, drawing order and tree
    /// order, through transforms, scrolling and clipping, without hidden nodes.
    /// Looking for it passes through whatever is neither masked nor opaque nor
    /// tappable, so that a clear layer above a PIN pad does not give it away. If
    /// it is masked or replaced, or if a region masks there, the finger is put
    /// into the middle of the largest of these: the outermost masked node around the
    /// point, and the regions around it. A finger that went down on such a place
    /// stays there until it is lifted. Over a tree without a single node nobody knows
    /// what is there, so the finger is put to the origin. `at` is snapped in any case.
    /// O(nodes × depth) at worst.
    pub fn mask_touch(&mut self, snapshot: &Snapshot, touch: Touch) -> Touch {
        let at = touch.at.snapped();
        let held = match touch.phase {
            TouchPhase::Down => None,
            _ => self.touches.held(touch.pointer),
        };
        let masked = held.or_else(|| self.middle(snapshot, at)).map(Point::snapped);
        self.touches.hold(touch, masked);
        Touch { at: masked.unwrap_or(at), is_masked: masked.is_some(), ..touch }
    }

    fn middle(&self, snapshot: &Snapshot, at: Point) -> Option<Point> {
        if snapshot.is_empty() {
            return Some(Point::ZERO);
        }
        let node = masked_place(snapshot.columns(), at);
        let regions = self.touches.regions.iter().copied().filter(|region| region.contains(at));
        node.into_iter().chain(regions).reduce(larger).map(Rect::center)
    }
}

fn larger(a: Rect, b: Rect) -> Rect {
    let area = |r: Rect| r.size.width * r.size.height;
    if area(b) > area(a) { b } else { a }
}

/// The rectangle on the screen of the outermost masked node around the point, if
/// what decides there is masked.
fn masked_place(columns: &Columns, at: Point) -> Option<Rect> {
    let under = Under::look(columns, at);
    let decider = under.decider.filter(|&node| is_masked(columns, node))?;
    let outermost = under.outermost_masked(columns, decider);
    let to_screen = path(columns, outermost)
        .filter_map(|node| columns.geometry().get(node))
        .fold(Affine::IDENTITY, |map, geometry| geometry.to_parent().after(map));
    Some(to_screen.map_rect(columns.geometry().get(outermost)?.bounds))
}

/// A node and its ancestors, innermost first.
fn path(columns: &Columns, node: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(Some(node), |&node| columns.parent(node))
}

fn is_masked(columns: &Columns, node: usize) -> bool {
    columns.masks().get(node).is_some_and(|mask: &Mask| mask.action != MaskAction::Keep)
}

/// What lies under a point.
struct Under<'a> {
    columns: &'a Columns,
    /// Ancestors of the node that is looked at.
    ancestors: Vec<Layer>,
    /// Nodes that contain the point, in order of their indices.
    hits: Vec<usize>,
    /// The node that decides, so far.
    decider: Option<usize>,
}

#[derive(Clone, Copy)]
struct Layer {
    node: usize,
    /// The point in its bounds space.
    at: Point,
    /// Whether anything below it can be seen there.
    is_open: bool,
    /// Drawn without anything shining through, if it has a fill.
    is_solid: bool,
}

impl<'a> Under<'a> {
    fn look(columns: &'a Columns, at: Point) -> Self {
        let mut under = Under { columns, ancestors: Vec::new(), hits: Vec::new(), decider: None };
        for node in 0..columns.len() {
            under.enter(node, at);
        }
        under
    }

    fn enter(&mut self, node: usize, at: Point) {
        let parent = self.columns.parent(node);
        while self.ancestors.last().is_some_and(|last| Some(last.node) != parent) {
            self.ancestors.pop();
        }
        let screen = Layer { node, at, is_open: true, is_solid: true };
        let above = self.ancestors.last().copied().unwrap_or(screen);
        let layer = self.layer(node, above);
        self.ancestors.push(layer.unwrap_or(Layer { node, is_open: false, ..above }));
    }

    /// The node as it lies under the point; `None` where it cannot be seen.
    fn layer(&mut self, node: usize, above: Layer) -> Option<Layer> {
        let geometry = self.columns.geometry().get(node)?;
        let appearance = self.columns.row(node)?.appearance;
        if !above.is_open || appearance.hidden {
            return None;
        }
        let at = to_own_space(geometry, above.at)?;
        let is_inside = geometry.bounds.contains(at);
        let is_solid = above.is_solid && appearance.alpha == u8::MAX;
        if is_inside {
            self.hit(node, is_solid && appearance.background.0 & 0xff == 0xff);
        }
        Some(Layer { node, at, is_open: is_inside || !geometry.clips, is_solid })
    }

    fn hit(&mut self, node: usize, is_opaque: bool) {
        self.hits.push(node);
        if !(is_opaque || is_masked(self.columns, node) || self.is_tappable(node)) {
            return;
        }
        if self.decider.is_none_or(|decider| is_above(self.columns, node, decider)) {
            self.decider = Some(node);
        }
    }

    fn is_tappable(&self, node: usize) -> bool {
        self.columns.row(node).is_some_and(|row| row.control.flags & control::TAPPABLE != 0)
    }

    fn outermost_masked(&self, columns: &Columns, decider: usize) -> usize {
        let is_around = |node: &usize| is_masked(columns, *node) && self.hits.contains(node);
        path(columns, decider).filter(is_around).last().unwrap_or(decider)
    }
}

/// The point in the bounds space of a node; `None` where the node is squeezed to
/// nothing.
fn to_own_space(geometry: &Geometry, at: Point) -> Option<Point> {
    let m = geometry.to_parent();
    let determinant = m.a * m.d - m.b * m.c;
    let (x, y) = (at.x - m.tx, at.y - m.ty);
    let own = Point::new((m.d * x - m.c * y) / determinant, (m.a * y - m.b * x) / determinant);
    (own.x.is_finite() && own.y.is_finite()).then_some(own)
}

/// Whether `later`, which comes later in pre-order, is drawn above `earlier`.
fn is_above(columns: &Columns, later: usize, earlier: usize) -> bool {
    let (a, b) = branches(columns, later, earlier);
    match (a, b) {
        (Some(a), Some(b)) if columns.parent(a).is_none() => {
            window_is_above(columns, a, b, earlier)
        }
        (Some(a), Some(b)) => z(columns, a) >= z(columns, b),
        // One is an ancestor of the other, and children are drawn above.
        _ => true,
    }
}

/// The highest ancestors (or selves) in which the two differ: siblings, or two
/// roots. `None` for the one that is an ancestor of the other. Parents have smaller
/// indices, so the greater of the two always climbs. O(depth).
fn branches(columns: &Columns, x: usize, y: usize) -> (Option<usize>, Option<usize>) {
    let above = |node: Option<usize>| node.and_then(|node| columns.parent(node));
    let (mut a, mut b) = (Some(x), Some(y));
    let (mut branch_a, mut branch_b) = (None, None);
    while a != b {
        if a > b {
            (branch_a, a) = (a, above(a));
        } else {
            (branch_b, b) = (b, above(b));
        }
    }
    (branch_a, branch_b)
}

fn z(columns: &Columns, node: usize) -> f32 {
    columns.row(node).map_or(0.0, |row| row.appearance.z)
}

/// Of two scenes nobody knows which one the finger is on: what is masked wins.
fn window_is_above(columns: &Columns, a: usize, b: usize, earlier: usize) -> bool {
    match (window(columns, a), window(columns, b)) {
        (Some((scene, _)), Some((other, _))) if scene != other => !is_masked(columns, earlier),
        (Some((_, level)), Some((_, other))) => level >= other,
        _ => true,
    }
}

fn window(columns: &Columns, root: usize) -> Option<(SceneId, f32)> {
    let window = columns.windows.iter().find(|window| window.root as usize == root)?;
    Some((window.scene, window.level))
}
