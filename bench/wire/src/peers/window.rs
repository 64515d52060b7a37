//! The flat view of a tree that peers send: rectangles in window space.

use viewreel_model::columns::NO_PARENT;
use viewreel_model::{Affine, MaskAction, NodeId, Point, Rect, Row, Snapshot};

/// A node that can be seen, in the space of its window.
pub(crate) struct Seen {
    pub(crate) id: NodeId,
    pub(crate) row: Row,
    /// The box around it, in points of the window.
    pub(crate) frame: Rect,
    /// What its ancestors and itself clip to, in points of the window.
    pub(crate) clip: Rect,
    /// Its text, lines joined; stars where it is masked.
    pub(crate) text: Option<String>,
    /// Index of the nearest ancestor in the same list.
    pub(crate) parent: Option<usize>,
}

/// The nodes of the first window, the app's own, in pre-order, without hidden
/// ones and what is below them.
pub(crate) fn seen(tree: &Snapshot) -> Vec<Seen> {
    let columns = tree.columns();
    let end = columns.windows.get(1).map_or(tree.len(), |window| window.root as usize);
    let mut seen: Vec<Seen> = Vec::new();
    let mut places: Vec<Option<Place>> = Vec::with_capacity(end);
    for index in 0..end {
        let above = match columns.parents()[index] {
            NO_PARENT => Some(Place::of_window()),
            parent => places[parent as usize],
        };
        let node = above.and_then(|above| see(tree, index, above));
        let place = node.as_ref().map(|(_, place)| Place { seen: Some(seen.len()), ..*place });
        places.push(place);
        seen.extend(node.map(|(node, _)| node));
    }
    seen
}

/// How a node's own space lies in the window, and what is clipped there.
#[derive(Clone, Copy)]
struct Place {
    to_window: Affine,
    clip: Rect,
    seen: Option<usize>,
}

impl Place {
    fn of_window() -> Self {
        let all = Rect::new(-1e6, -1e6, 2e6, 2e6);
        Self { to_window: Affine::IDENTITY, clip: all, seen: None }
    }
}

fn see(tree: &Snapshot, index: usize, above: Place) -> Option<(Seen, Place)> {
    let columns = tree.columns();
    let row = columns.row(index)?;
    let size = row.geometry.bounds.size;
    let is_nothing = size.width == 0.0 && size.height == 0.0;
    if row.appearance.hidden || row.appearance.alpha == 0 || is_nothing {
        return None;
    }
    let to_window = above.to_window.after(row.geometry.to_parent());
    let frame = to_window.map_rect(row.geometry.bounds);
    let clip = if row.geometry.clips { intersection(above.clip, frame) } else { above.clip };
    let text = text(tree, &row);
    let id = tree.id(index)?;
    let seen = Seen { id, row, frame, clip, text, parent: above.seen };
    Some((seen, Place { to_window, clip, seen: None }))
}

fn text(tree: &Snapshot, row: &Row) -> Option<String> {
    let columns = tree.columns();
    if row.text.role == viewreel_model::node::TextRole::None {
        return None;
    }
    let lines = columns.lines_of(row.lines).iter().map(|line| columns.strings.get(line.text));
    let text = lines.collect::<Vec<_>>().join(" ");
    let is_masked = row.mask.action == MaskAction::Mask;
    if is_masked { Some("***".to_owned()) } else { Some(text).filter(|text| !text.is_empty()) }
}

/// What two rectangles have in common; empty at the corner of the first where
/// that is nothing.
pub(crate) fn intersection(a: Rect, b: Rect) -> Rect {
    let (left, top) = (a.origin.x.max(b.origin.x), a.origin.y.max(b.origin.y));
    let right = (a.origin.x + a.size.width).min(b.origin.x + b.size.width);
    let bottom = (a.origin.y + a.size.height).min(b.origin.y + b.size.height);
    if right <= left || bottom <= top {
        return Rect { origin: Point::new(left, top), ..Rect::default() };
    }
    Rect::new(left, top, right - left, bottom - top)
}

/// Whether `outer` covers all of `inner`.
pub(crate) fn contains(outer: Rect, inner: Rect) -> bool {
    inner.origin.x >= outer.origin.x
        && inner.origin.y >= outer.origin.y
        && inner.origin.x + inner.size.width <= outer.origin.x + outer.size.width
        && inner.origin.y + inner.size.height <= outer.origin.y + outer.size.height
}

/// `#rrggbbaa`.
pub(crate) fn hex(color: viewreel_model::Color) -> String {
    format!("#{:08X}", color.0)
}
