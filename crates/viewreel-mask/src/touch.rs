//! Where a finger seems to be, and whether there seems to be one. Over a keyboard, a
//! password or a PIN pad nothing is told, not even a time; over other masked things
//! the finger goes down and up in their middle.

use viewreel_model::columns::Columns;
use viewreel_model::geometry::Rect;
use viewreel_model::node::{Geometry, Mask, control};
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::viewport::SceneId;
use viewreel_model::{Affine, CaptureId, MaskAction, MaskReason, Point, RawSnapshot, Snapshot};

use crate::Masker;
use crate::regions;

/// Most fingers that are held in the middle of what they went down on.
pub const MAX_HELD_POINTERS: usize = 16;

/// What is remembered of touches from one sample to the next.
#[derive(Clone, Default)]
pub(crate) struct TouchMask {
    /// On the screen, of the latest capture.
    regions: Vec<Rect>,
    /// Fingers that went down on something masked.
    held: Vec<(u32, Place)>,
}

/// Where a finger over something masked seems to be.
#[derive(Clone, Copy)]
enum Place {
    /// In the middle of it.
    Middle(Point),
    /// Nowhere: there seems to be no finger.
    Nowhere,
}

impl TouchMask {
    /// Takes the regions of the latest capture.
    pub(crate) fn set_regions(&mut self, raw: &dyn RawSnapshot) {
        self.regions.clear();
        let masking = raw.regions().iter().filter(|region| region.action != MaskAction::Keep);
        self.regions.extend(masking.filter_map(|r| regions::on_screen(raw, r)));
    }

    fn held(&self, pointer: u32) -> Option<Place> {
        self.held.iter().find(|(held, _)| *held == pointer).map(|(_, place)| *place)
    }

    /// A finger that went down on something masked stays on it until it is lifted:
    /// a slider follows a finger that has long left it.
    fn hold(&mut self, touch: Touch, place: Option<Place>) {
        let ends = matches!(touch.phase, TouchPhase::Down | TouchPhase::Up | TouchPhase::Cancel);
        if ends {
            self.held.retain(|(pointer, _)| *pointer != touch.pointer);
        }
        let begins = touch.phase == TouchPhase::Down && self.held.len() < MAX_HELD_POINTERS;
        if let Some(place) = place.filter(|_| begins) {
            self.held.push((touch.pointer, place));
        }
    }
}

impl Masker {
    /// Whether the latest capture shows what is done to that view.
    #[must_use]
    pub fn knows(&self, view: CaptureId) -> bool {
        self.past.place(view).is_some()
    }

    /// Whether a finger at that point of the latest masked tree tells something by being
    /// there at all, so that nothing may be recorded of it.
    #[must_use]
    pub fn is_silent_at(&self, snapshot: &Snapshot, at: Point) -> bool {
        let masked = Masked::find(snapshot.columns(), at.snapped());
        masked.is_some_and(|masked| masked.is_silent(snapshot.columns()))
    }

    /// The touch of that view as it may be recorded, over `snapshot`, the latest
    /// masked tree; `None` where it may not. A finger that goes down on a view that is
    /// not [known](Masker::knows) leaves no record.
    ///
    /// Both the view decides and the topmost node under the finger: by window, drawing
    /// order and tree order, through transforms, scrolling and clipping, without
    /// hidden nodes. Looking for that one passes through whatever is neither masked nor
    /// opaque nor tappable, so that a clear layer above a PIN pad, which gets its
    /// touches, does not give it away.
    ///
    /// - A finger that goes down on a keyboard, on something of the sensitive floor,
    ///   on something that the app replaced, or inside something that the app masks
    ///   and that has two or more things to tap leaves no record until it is lifted.
    /// - A finger that goes down on something else that is masked goes down and up
    ///   in the middle of the largest of these: the outermost masked node around the
    ///   view and the point, and the regions around it. It does not move.
    /// - A finger that comes from elsewhere does not move while it is over something
    ///   masked, and is lifted in its middle.
    ///
    /// Over a tree without a single node nobody knows what is there: the finger is
    /// lifted at the origin, where it did not go down before, and else leaves no record.
    /// `at` is snapped in any case. O(nodes × depth) at worst.
    pub fn mask_touch(
        &mut self,
        snapshot: &Snapshot,
        view: CaptureId,
        touch: Touch,
    ) -> Option<Touch> {
        let at = touch.at.snapped();
        let held = match touch.phase {
            TouchPhase::Down => None,
            _ => self.touches.held(touch.pointer),
        };
        let under = || self.place(snapshot, view, touch);
        let place = held.or_else(under);
        self.touches.hold(touch, place);
        match (place, touch.phase) {
            (None, _) => Some(Touch { at, is_masked: false, ..touch }),
            (Some(_), TouchPhase::Move) => None,
            (Some(Place::Middle(at)), _) => Some(Touch { at, is_masked: true, ..touch }),
            // It went down where it was seen, so it has to be lifted.
            (Some(Place::Nowhere), TouchPhase::Up | TouchPhase::Cancel) if held.is_none() => {
                Some(Touch { at: self.middle(snapshot, None, at), is_masked: true, ..touch })
            }
            (Some(Place::Nowhere), _) => None,
        }
    }

    /// Where a finger on that view and at that point seems to be, if something is
    /// masked there.
    fn place(&self, snapshot: &Snapshot, view: CaptureId, touch: Touch) -> Option<Place> {
        let (columns, at) = (snapshot.columns(), touch.at.snapped());
        let node = self.past.place(view).filter(|&node| node < columns.len());
        let is_unknown = touch.phase == TouchPhase::Down && node.is_none();
        let masked = [node.and_then(|node| Masked::of(columns, node)), Masked::find(columns, at)];
        let is_silent = masked.iter().flatten().any(|masked| masked.is_silent(columns));
        if columns.is_empty() || is_unknown || is_silent {
            return Some(Place::Nowhere);
        }
        let is_masked = masked.iter().flatten().next().is_some();
        let is_covered = is_masked || self.regions_at(at).next().is_some();
        is_covered.then(|| Place::Middle(self.middle(snapshot, node, at)))
    }

    /// The middle of the largest masked thing around that node and at that point.
    fn middle(&self, snapshot: &Snapshot, node: Option<usize>, at: Point) -> Point {
        let columns = snapshot.columns();
        let view = node.and_then(|node| Masked::of(columns, node));
        let masked = view.into_iter().chain(Masked::find(columns, at)).map(|masked| masked.rect);
        let largest = masked.chain(self.regions_at(at)).reduce(larger);
        largest.map_or(Point::ZERO, Rect::center).snapped()
    }

    fn regions_at(&self, at: Point) -> impl Iterator<Item = Rect> {
        self.touches.regions.iter().copied().filter(move |region| region.contains(at))
    }
}

fn larger(a: Rect, b: Rect) -> Rect {
    let area = |r: Rect| r.size.width * r.size.height;
    if area(b) > area(a) { b } else { a }
}

/// What is masked at a point.
#[derive(Clone, Copy)]
struct Masked {
    /// The node that decides there.
    node: usize,
    /// The outermost masked node around the point.
    outermost: usize,
    /// Where that one is on the screen.
    rect: Rect,
}

impl Masked {
    /// `None` where what decides there is not masked.
    fn find(columns: &Columns, at: Point) -> Option<Self> {
        let under = Under::look(columns, at);
        let node = under.decider.filter(|&node| is_masked(columns, node))?;
        Self::within(columns, node, under.outermost_masked(columns, node))
    }

    /// What is masked of a node and those around it; `None` where nothing is.
    fn of(columns: &Columns, node: usize) -> Option<Self> {
        let mut masked = path(columns, node).filter(|&node| is_masked(columns, node));
        let innermost = masked.next()?;
        Self::within(columns, innermost, masked.last().unwrap_or(innermost))
    }

    fn within(columns: &Columns, node: usize, outermost: usize) -> Option<Self> {
        let to_screen = path(columns, outermost)
            .filter_map(|node| columns.geometry().get(node))
            .fold(Affine::IDENTITY, |map, geometry| geometry.to_parent().after(map));
        let rect = to_screen.map_rect(columns.geometry().get(outermost)?.bounds);
        Some(Self { node, outermost, rect })
    }

    /// Whether a finger there tells something by being there at all.
    fn is_silent(&self, columns: &Columns) -> bool {
        path(columns, self.node).any(|node| is_secret(columns, node))
            || keys(columns, |node| path(columns, node).any(|above| above == self.outermost)) > 1
            || self.is_by_region(columns) && keys(columns, |node| by_region(columns, node)) > 1
    }

    fn is_by_region(&self, columns: &Columns) -> bool {
        by_region(columns, self.outermost)
    }
}

/// Keyboards, the sensitive floor, and what the app replaced.
fn is_secret(columns: &Columns, node: usize) -> bool {
    let Some(row) = columns.row(node) else { return false };
    let Mask { action, reason } = row.mask;
    match reason {
        // What was cut may be any of these.
        MaskReason::Keyboard | MaskReason::Secure | MaskReason::ContentType | MaskReason::Limit => {
            true
        }
        MaskReason::Pattern => row.semantics.kind.is_editable(),
        MaskReason::Override | MaskReason::Region => action == MaskAction::Replace,
        _ => false,
    }
}

fn by_region(columns: &Columns, node: usize) -> bool {
    columns.masks().get(node).is_some_and(|mask| mask.reason == MaskReason::Region)
}

/// How many masked things of these can be tapped.
fn keys(columns: &Columns, is_meant: impl Fn(usize) -> bool) -> usize {
    let is_key = |&node: &usize| is_masked(columns, node) && is_tappable(columns, node);
    (0..columns.len()).filter(is_key).filter(|&node| is_meant(node)).count()
}

fn is_tappable(columns: &Columns, node: usize) -> bool {
    let control = columns.controls().get(node);
    control.is_some_and(|control| control.flags & control::TAPPABLE != 0)
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
        if !(is_opaque || is_masked(self.columns, node) || is_tappable(self.columns, node)) {
            return;
        }
        if self.decider.is_none_or(|decider| is_above(self.columns, node, decider)) {
            self.decider = Some(node);
        }
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
