//! What the numbers of one row mean.

use viewreel_model::Transform;
use viewreel_model::content::{Content, PictureObject, RawPicture, RawText, Vertical};
use viewreel_model::geometry::{Affine, MAX_LENGTH_PT, Point, Rect, Size, finite_or};
use viewreel_model::node::{
    Alignment, Appearance, Border, Color, Control, Geometry, Gradient, Image, Row, Semantics,
    Shadow, TextRole, TextStyle, control,
};
use viewreel_model::raw::{Brief, ContentType, Privacy};
use viewreel_model::{CaptureId, Kind, MaskAction, StrId};

use super::Node;
use crate::layout::{NodeRow, flag, override_code};

/// The heaviest weight of CSS.
const MAX_WEIGHT: u16 = 1_000;

/// The last content mode that has a meaning.
const MAX_CONTENT_MODE: u8 = 3;

/// The row without its content.
pub(super) fn row(row: &NodeRow, node: &Node) -> Row {
    Row {
        generation: row.generation,
        semantics: semantics(row, node),
        geometry: geometry(row),
        appearance: appearance(row).snapped(),
        text: style(row, node),
        image: image(row),
        control: control_state(row).snapped(),
        ..Row::default()
    }
}

pub(super) fn brief(row: &NodeRow, node: &Node) -> Brief {
    Brief {
        kind: Kind::from_code(row.kind),
        role: role(row),
        says_something: !StrId::from(node.text).is_none(),
        has_picture: row.picture != 0,
        is_template: has(row, flag::TEMPLATE),
        flags: row.control_flags & control::ALL,
        generation: row.generation,
    }
}

pub(super) fn semantics(row: &NodeRow, node: &Node) -> Semantics {
    Semantics {
        kind: Kind::from_code(row.kind),
        class_chain: node.class_chain.into(),
        controller: node.controller.into(),
        identifier: node.identifier.into(),
    }
}

/// Unknown numbers read as what is masked.
pub(super) fn privacy(row: &NodeRow, node: &Node) -> Privacy {
    Privacy {
        id: CaptureId(row.capture_id),
        override_action: match row.override_action {
            override_code::UNSET => None,
            override_code::KEEP => Some(MaskAction::Keep),
            override_code::REPLACE => Some(MaskAction::Replace),
            _ => Some(MaskAction::Mask),
        },
        content_type: ContentType::from_code(row.content_type),
        secure: has(row, flag::SECURE),
        was_sensitive: has(row, flag::WAS_SENSITIVE),
        truncated: node.is_truncated,
        unchanged: has(row, flag::UNCHANGED),
    }
}

/// What the node shows.
pub(super) fn content(row: &NodeRow, node: &Node) -> Content {
    let text = RawText {
        text: node.text.into(),
        size: finite_or(row.text_size, 0.0).clamp(0.0, MAX_LENGTH_PT),
        frame: sane(row.text_frame),
        max_lines: row.max_lines,
        vertical: Vertical::from_code(row.vertical).unwrap_or_default(),
    };
    let picture = RawPicture {
        object: PictureObject(row.picture),
        width_px: row.picture_width_px,
        height_px: row.picture_height_px,
        scale: finite_or(row.picture_scale, 1.0),
        is_template: has(row, flag::TEMPLATE),
    };
    Content { text, picture }
}

/// The rectangle with sides that can be reckoned with, not snapped.
fn sane([x, y, width, height]: [f32; 4]) -> Rect {
    let within = |side: f32| finite_or(side, 0.0).clamp(-MAX_LENGTH_PT, MAX_LENGTH_PT);
    let size = Size::new(within(width).max(0.0), within(height).max(0.0));
    Rect { origin: Point::new(within(x), within(y)), size }
}

pub(super) fn geometry(row: &NodeRow) -> Geometry {
    let [a, b, c, d, tx, ty] = row.transform;
    Geometry {
        bounds: rect(row.bounds),
        position: point(row.position),
        anchor: point(row.anchor),
        transform: Transform::of(Affine { a, b, c, d, tx, ty }),
        clips: has(row, flag::CLIPS),
        corner_radii: row.corner_radii,
        continuous_corners: has(row, flag::CONTINUOUS_CORNERS),
    }
    .snapped()
}

fn appearance(row: &NodeRow) -> Appearance {
    let [from_x, from_y, to_x, to_y] = row.gradient;
    let shadow = Shadow {
        color: Color(row.shadow_color),
        radius: row.shadow_radius,
        offset: point(row.shadow_offset),
    };
    Appearance {
        background: Color(row.background),
        gradient: Gradient {
            end: Color(row.gradient_end),
            from: Point::new(from_x, from_y),
            to: Point::new(to_x, to_y),
        },
        border: Border { width: row.border_width, color: Color(row.border_color) },
        shadow,
        alpha: row.alpha,
        z: row.z,
        blur: row.blur,
        hidden: has(row, flag::HIDDEN),
    }
}

pub(super) fn style(row: &NodeRow, node: &Node) -> TextStyle {
    TextStyle {
        role: role(row),
        size: row.text_size,
        weight: row.weight.min(MAX_WEIGHT),
        italic: has(row, flag::ITALIC),
        underline: has(row, flag::UNDERLINE),
        strike: has(row, flag::STRIKE),
        color: Color(row.text_color),
        alignment: Alignment::from_code(row.alignment).unwrap_or_default(),
        font: node.font.into(),
    }
    .snapped()
}

/// A role that nobody knows may be the user's own words.
fn role(row: &NodeRow) -> TextRole {
    TextRole::from_code(row.text_role).unwrap_or(TextRole::Input)
}

fn image(row: &NodeRow) -> Image {
    let known = row.content_mode <= MAX_CONTENT_MODE;
    Image {
        content_mode: if known { row.content_mode } else { 0 },
        tint: Color(row.picture_tint),
        ..Image::default()
    }
}

fn control_state(row: &NodeRow) -> Control {
    Control {
        flags: row.control_flags & control::ALL,
        value: row.control_value,
        index: row.control_index,
        count: row.control_count,
    }
}

const fn has(row: &NodeRow, bit: u16) -> bool {
    row.flags & bit != 0
}

const fn point([x, y]: [f32; 2]) -> Point {
    Point::new(x, y)
}

const fn rect([x, y, width, height]: [f32; 4]) -> Rect {
    Rect::new(x, y, width, height)
}
