//! What the numbers of one row mean.

use viewreel_model::Transform;
use viewreel_model::geometry::{Affine, Point, Rect, snap_to_point};
use viewreel_model::limits::MAX_LINES;
use viewreel_model::node::{
    Alignment, Appearance, Border, Color, Control, Geometry, Gradient, Image, ImageHandle, Line,
    LineRange, Row, Semantics, Shadow, TextRole, TextStyle, control,
};
use viewreel_model::raw::{ContentType, Privacy};
use viewreel_model::{CaptureId, Kind, MaskAction};

use super::strings::Heap;
use super::{CaptureDecoder, to_u32};
use crate::layout::{LineRow, NodeRow, Rows, flag, override_code};

/// The heaviest weight of CSS.
const MAX_WEIGHT: u16 = 1_000;

/// The last content mode that has a meaning.
const MAX_CONTENT_MODE: u8 = 3;

impl CaptureDecoder {
    /// Reads one row; `fits` becomes false where its lines or strings find no room.
    pub(super) fn read_row(
        &mut self,
        rows: &Rows,
        heap: &Heap<'_>,
        row: &NodeRow,
        fits: &mut bool,
    ) -> Row {
        Row {
            generation: row.generation,
            semantics: Semantics {
                kind: Kind::from_code(row.kind),
                class_chain: self.name(heap, row.class_chain, fits),
                controller: self.name(heap, row.controller, fits),
                identifier: self.name(heap, row.identifier, fits),
            },
            geometry: geometry(row).snapped(),
            appearance: appearance(row).snapped(),
            text: TextStyle { font: self.name(heap, row.font, fits), ..style(row) }.snapped(),
            lines: self.lines(rows, heap, row, fits),
            image: image(row).snapped(),
            control: control_state(row).snapped(),
            ..Row::default()
        }
    }

    fn lines(&mut self, rows: &Rows, heap: &Heap<'_>, row: &NodeRow, fits: &mut bool) -> LineRange {
        let start = to_u32(self.columns.lines.len());
        let first = row.lines_start as usize;
        let span = first..first.saturating_add(row.lines_len as usize);
        for line in rows.lines.get(span).unwrap_or(&[]) {
            if self.columns.lines.len() >= MAX_LINES {
                *fits = false;
                break;
            }
            self.line(heap, line, fits);
        }
        let len = to_u32(self.columns.lines.len()).saturating_sub(start);
        LineRange { start: if len == 0 { 0 } else { start }, len }
    }

    fn line(&mut self, heap: &Heap<'_>, line: &LineRow, fits: &mut bool) {
        let text = self.text(heap, line.text, fits);
        let baseline = point(line.baseline).snapped();
        self.columns.lines.push(Line { text, baseline, width: snap_to_point(line.width).max(0.0) });
    }
}

/// Unknown numbers read as what is masked.
pub(super) fn privacy(row: &NodeRow) -> Privacy {
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
        truncated: false,
    }
}

fn geometry(row: &NodeRow) -> Geometry {
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

fn style(row: &NodeRow) -> TextStyle {
    TextStyle {
        // A role that nobody knows may be the user's own words.
        role: TextRole::from_code(row.text_role).unwrap_or(TextRole::Input),
        size: row.text_size,
        weight: row.weight.min(MAX_WEIGHT),
        italic: has(row, flag::ITALIC),
        underline: has(row, flag::UNDERLINE),
        strike: has(row, flag::STRIKE),
        color: Color(row.text_color),
        alignment: Alignment::from_code(row.alignment).unwrap_or_default(),
        ..TextStyle::default()
    }
}

fn image(row: &NodeRow) -> Image {
    let known = row.content_mode <= MAX_CONTENT_MODE;
    Image {
        handle: ImageHandle(row.image_handle),
        content_mode: if known { row.content_mode } else { 0 },
        average: Color(row.image_average),
        tint: Color(row.image_tint),
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
