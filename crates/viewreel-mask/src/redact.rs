//! What is left of a node that is masked or replaced.

use viewreel_model::node::{
    Appearance, Control, Geometry, Image, Mask, Row, Semantics, TextRole, TextStyle, control,
};
use viewreel_model::raw::Brief;
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason, Point, Rect};

use crate::brief::shows_picture;
use crate::regions::is_container;

/// Frames of masked texts and replaced views are widened to multiples of this, in
/// points, so that they tell less of what is inside.
const GRID_PT: f32 = 8.0;

/// Whether nodes below one that is dealt with like this are left out.
pub(crate) fn drops_subtree(brief: &Brief, mask: Mask) -> bool {
    match mask.action {
        MaskAction::Keep => false,
        MaskAction::Mask => is_closed(brief.kind) || is_text(brief),
        MaskAction::Replace => true,
    }
}

/// Takes out of the row what the mask takes away. Its strings and lines still refer
/// to where they did before.
pub(crate) fn redact(row: &mut Row, brief: &Brief, mask: Mask, level: MaskLevel) {
    row.mask = mask;
    match mask.action {
        MaskAction::Keep => {}
        MaskAction::Mask => redact_masked(row, brief, level),
        MaskAction::Replace => redact_replaced(row),
    }
}

/// Whether the picture of a node that is dealt with like this is shown.
pub(crate) fn keeps_picture(brief: &Brief, mask: Mask, level: MaskLevel) -> bool {
    let is_kept = match mask.action {
        MaskAction::Keep => true,
        MaskAction::Mask => {
            // Where only words are masked the picture beside them is judged by itself.
            is_about_words(mask) && shows_picture(brief, level) && !is_closed(brief.kind)
        }
        MaskAction::Replace => false,
    };
    is_kept && brief.has_picture
}

fn redact_masked(row: &mut Row, brief: &Brief, level: MaskLevel) {
    row.geometry = masked_geometry(brief, row.geometry);
    row.text = masked_text(brief, row.text.size);
    row.control = Control { flags: brief.flags & control::PUBLIC, ..Control::default() };
    if is_closed(brief.kind) || !is_about_words(row.mask) {
        row.appearance = plain(row.appearance);
    }
    if !keeps_picture(brief, row.mask, level) {
        row.image = Image::default();
    }
}

fn redact_replaced(row: &mut Row) {
    let class_chain = row.semantics.class_chain;
    *row = Row {
        generation: row.generation,
        semantics: Semantics { kind: Kind::Placeholder, class_chain, ..Semantics::default() },
        geometry: Geometry {
            clips: false,
            corner_radii: [0.0; 4],
            continuous_corners: false,
            ..outward(row.geometry)
        },
        appearance: plain(row.appearance),
        mask: row.mask,
        ..Row::default()
    };
}

/// A field keeps its size, and so does what holds others; a text and a picker,
/// which are as large as what they say, are widened.
fn masked_geometry(brief: &Brief, geometry: Geometry) -> Geometry {
    match brief.kind {
        kind if kind.is_picker() => outward(geometry),
        kind if !is_closed(kind) && is_text(brief) => outward(geometry),
        _ => unscrolled(geometry),
    }
}

/// The height of its lines is left, nothing else; of a field not even that.
fn masked_text(brief: &Brief, size: f32) -> TextStyle {
    if is_closed(brief.kind) || !(brief.has_text() || brief.kind == Kind::Text) {
        return TextStyle::default();
    }
    TextStyle { role: TextRole::Static, size: size.round(), ..TextStyle::default() }
}

/// Where it is and whether it can be seen, without its paint.
fn plain(appearance: Appearance) -> Appearance {
    let Appearance { alpha, z, hidden, .. } = appearance;
    Appearance { alpha, z, hidden, ..Appearance::default() }
}

/// Whether the views inside belong to the control and tell its state by their
/// places, such as the thumb of a slider.
pub(crate) const fn is_closed(kind: Kind) -> bool {
    kind.has_state() || kind.is_editable()
}

/// A text that is no container of others.
fn is_text(brief: &Brief) -> bool {
    brief.kind == Kind::Text || brief.has_text() && !is_container(brief.kind)
}

/// Whether only words are masked. What the app masks, and the floor, has no paint
/// left: a key that turns grey while it is pressed tells which one it is.
const fn is_about_words(mask: Mask) -> bool {
    matches!(mask.reason, MaskReason::Level | MaskReason::Pattern)
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
