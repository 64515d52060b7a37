//! What is left of a node that is masked or replaced.

use viewreel_model::node::{
    Appearance, Control, Geometry, Image, LineRange, Mask, Row, Semantics, TextRole, TextStyle,
    control,
};
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason, Point, Rect};

use crate::regions::is_container;
use crate::rules::{has_text, shows_image};

/// Frames of masked texts and replaced views are widened to multiples of this, in
/// points, so that they tell less of what is inside.
const GRID_PT: f32 = 8.0;

/// Whether nodes below one that is dealt with like this are left out.
pub(crate) fn drops_subtree(row: &Row, mask: Mask) -> bool {
    match mask.action {
        MaskAction::Keep => false,
        MaskAction::Mask => is_closed(row.semantics.kind) || is_text(row),
        MaskAction::Replace => true,
    }
}

/// The row without what the mask takes away. Its strings and lines still refer
/// to where they did before.
pub(crate) fn redacted(row: &Row, mask: Mask, level: MaskLevel) -> Row {
    match mask.action {
        MaskAction::Keep => Row { mask, ..*row },
        MaskAction::Mask => masked(row, mask, level),
        MaskAction::Replace => replaced(row, mask),
    }
}

fn masked(row: &Row, mask: Mask, level: MaskLevel) -> Row {
    let is_closed = is_closed(row.semantics.kind);
    Row {
        geometry: masked_geometry(row),
        appearance: if is_closed { plain(row.appearance) } else { row.appearance },
        text: masked_text(row),
        lines: LineRange::default(),
        image: if keeps_image(row, mask, level) { row.image } else { Image::default() },
        control: Control { flags: row.control.flags & control::PUBLIC, ..Control::default() },
        mask,
        ..*row
    }
}

fn replaced(row: &Row, mask: Mask) -> Row {
    let class_chain = row.semantics.class_chain;
    Row {
        generation: row.generation,
        semantics: Semantics { kind: Kind::Placeholder, class_chain, ..Semantics::default() },
        geometry: Geometry {
            clips: false,
            corner_radii: [0.0; 4],
            continuous_corners: false,
            ..outward(row.geometry)
        },
        appearance: plain(row.appearance),
        mask,
        ..Row::default()
    }
}

/// A field keeps its size, and so does what holds others; a text and a picker,
/// which are as large as what they say, are widened.
fn masked_geometry(row: &Row) -> Geometry {
    match row.semantics.kind {
        kind if kind.is_picker() => outward(row.geometry),
        kind if !is_closed(kind) && is_text(row) => outward(row.geometry),
        _ => unscrolled(row.geometry),
    }
}

/// The height of its lines is left, nothing else; of a field not even that.
fn masked_text(row: &Row) -> TextStyle {
    let is_box = is_closed(row.semantics.kind) || row.semantics.kind.is_editable();
    if is_box || !(has_text(row) || row.semantics.kind == Kind::Text) {
        return TextStyle::default();
    }
    TextStyle { role: TextRole::Static, size: row.text.size.round(), ..TextStyle::default() }
}

/// Where it is and whether it can be seen, without its paint.
fn plain(appearance: Appearance) -> Appearance {
    let Appearance { alpha, z, hidden, .. } = appearance;
    Appearance { alpha, z, hidden, ..Appearance::default() }
}

/// Whether the views inside belong to the control and tell its state by their
/// places, such as the thumb of a slider.
pub(crate) const fn is_closed(kind: Kind) -> bool {
    kind.has_state() || matches!(kind, Kind::TextInput)
}

/// A text that is no container of others.
fn is_text(row: &Row) -> bool {
    row.semantics.kind == Kind::Text || has_text(row) && !is_container(row.semantics.kind)
}

/// Where only words are masked the picture beside them is judged by itself.
fn keeps_image(row: &Row, mask: Mask, level: MaskLevel) -> bool {
    let is_about_words = matches!(mask.reason, MaskReason::Level | MaskReason::Pattern);
    is_about_words && shows_image(row, level) && !is_closed(row.semantics.kind)
}

/// How far something is scrolled tells how much there is in it.
fn unscrolled(geometry: Geometry) -> Geometry {
    let bounds = Rect { origin: Point::ZERO, size: geometry.bounds.size };
    Geometry { bounds, ..geometry }
}

/// The frame that is left, widened to the grid of its parent's space. Before the
/// transform, so that what is turned stays where it is.
fn outward(geometry: Geometry) -> Geometry {
    let Geometry { bounds, anchor, position, .. } = geometry;
    let along = |position: f32, anchor: f32, length: f32| {
        let start = ((position - anchor * length) / GRID_PT).floor() * GRID_PT;
        let end = ((position - anchor * length + length) / GRID_PT).ceil() * GRID_PT;
        (start + anchor * (end - start), end - start)
    };
    let (x, width) = along(position.x, anchor.x, bounds.size.width);
    let (y, height) = along(position.y, anchor.y, bounds.size.height);
    let position = Point::new(x, y);
    Geometry { bounds: Rect::new(0.0, 0.0, width, height), position, ..geometry }.snapped()
}
