//! What is left of a node that is masked or replaced.

use viewreel_model::node::{
    Appearance, Control, Geometry, Image, LineRange, Mask, Row, Semantics, TextStyle, control,
};
use viewreel_model::{Kind, MaskAction, MaskReason, Point};

use crate::rules::hides_inside;

/// Whether nodes below one that is dealt with like this are left out.
pub(crate) fn drops_subtree(kind: Kind, mask: Mask) -> bool {
    match mask.action {
        MaskAction::Keep => false,
        MaskAction::Mask => hides_inside(kind),
        MaskAction::Replace => true,
    }
}

/// The row without what the mask takes away. Its strings and lines still refer
/// to where they did before.
pub(crate) fn redacted(row: &Row, mask: Mask) -> Row {
    match mask.action {
        MaskAction::Keep => Row { mask, ..*row },
        MaskAction::Mask => masked(row, mask),
        MaskAction::Replace => replaced(row, mask),
    }
}

fn masked(row: &Row, mask: Mask) -> Row {
    let geometry = if hides_inside(row.semantics.kind) { unscrolled(row) } else { row.geometry };
    Row {
        geometry,
        lines: LineRange::default(),
        image: if keeps_image(mask.reason) { row.image } else { without_picture(row.image) },
        control: Control {
            flags: row.control.flags & control::PUBLIC,
            value: 0.0,
            index: 0,
            count: row.control.count,
        },
        mask,
        ..*row
    }
}

fn replaced(row: &Row, mask: Mask) -> Row {
    let Appearance { alpha, z, hidden, .. } = row.appearance;
    Row {
        semantics: Semantics { kind: Kind::Placeholder, ..row.semantics },
        geometry: unscrolled(row),
        appearance: Appearance { alpha, z, hidden, ..Appearance::default() },
        text: TextStyle::default(),
        lines: LineRange::default(),
        image: Image::default(),
        control: Control::default(),
        mask,
        ..*row
    }
}

/// A level speaks of texts and states, never of pictures.
const fn keeps_image(reason: MaskReason) -> bool {
    matches!(reason, MaskReason::Level | MaskReason::Pattern)
}

fn without_picture(image: Image) -> Image {
    Image { content_mode: image.content_mode, ..Image::default() }
}

/// How far something is scrolled tells how much there is in it.
fn unscrolled(row: &Row) -> Geometry {
    let mut geometry = row.geometry;
    geometry.bounds.origin = Point::ZERO;
    geometry
}
