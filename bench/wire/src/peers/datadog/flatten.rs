//! From a masked tree to wireframes, as a recorder of UIKit's views makes them.

use super::wireframe::{
    Border, Clip, Padding, ShapeStyle, TextAlignment, TextPosition, TextStyle, Type, Wireframe,
};
use crate::peers::window::{Seen, contains, hex, intersection, seen};
use std::collections::BTreeMap;
use viewreel_model::node::{Alignment, TextRole};
use viewreel_model::{Color, Kind, NodeId, Rect, Size, Snapshot};

/// What the web player of that format is told of every font.
const FONTS: &str = "-apple-system, BlinkMacSystemFont, 'Roboto', sans-serif";
const TRACK: Color = Color(0x7878_8029);
const ON: Color = Color::rgb(0x34c759);
const KNOB: Color = Color::WHITE;

/// Numbers wireframes: one id per view and part of it, for as long as it lives.
#[derive(Default)]
pub(crate) struct Flattener {
    ids: BTreeMap<(NodeId, u8), i64>,
    viewport: Size,
}

/// Wireframes of one view, with what hides others.
struct Candidate {
    frame: Rect,
    is_opaque: bool,
    wireframes: Vec<Wireframe>,
}

impl Flattener {
    /// A flattener for a screen of that size.
    pub(crate) fn new(viewport: Size) -> Self {
        Self { viewport, ..Self::default() }
    }

    /// The wireframes of a tree, back to front, without what lies outside of
    /// the screen or wholly behind one opaque view. O(nodes × opaque nodes).
    pub(crate) fn flatten(&mut self, tree: &Snapshot) -> Vec<Wireframe> {
        let screen = Rect { size: self.viewport, ..Rect::default() };
        let mut kept: Vec<Candidate> = Vec::new();
        for node in specific(&seen(tree)) {
            let Some(candidate) = self.candidate(node) else { continue };
            if candidate.is_opaque {
                kept.retain(|before| !contains(candidate.frame, before.frame));
            }
            if screen.intersects(candidate.frame) {
                kept.push(candidate);
            }
        }
        kept.into_iter().flat_map(|candidate| candidate.wireframes).collect()
    }

    fn candidate(&mut self, node: &Seen) -> Option<Candidate> {
        let wireframes = self.wireframes(node);
        let is_out = intersection(node.frame, node.clip).size == Size::default();
        if wireframes.is_empty() || is_out {
            return None;
        }
        let appearance = &node.row.appearance;
        let is_opaque = appearance.alpha == u8::MAX && appearance.background.0 & 0xff == 0xff;
        Some(Candidate { frame: node.frame, is_opaque, wireframes })
    }

    fn wireframes(&mut self, node: &Seen) -> Vec<Wireframe> {
        match node.row.semantics.kind {
            Kind::Placeholder => vec![self.placeholder(node)],
            Kind::Switch => self.switch(node),
            Kind::Slider => self.bar(node, true),
            Kind::Progress => self.bar(node, false),
            Kind::Segmented => self.segmented(node),
            Kind::NavigationBar | Kind::TabBar => vec![self.bar_ground(node)],
            _ => self.plain(node),
        }
    }

    /// A view that is what its attributes say.
    fn plain(&mut self, node: &Seen) -> Vec<Wireframe> {
        let is_field = node.row.semantics.kind.is_editable();
        let shape = has_appearance(node).then(|| self.shape(node));
        let image = (node.row.image.handle.0 != 0).then(|| self.image(node));
        let text = node.text.as_ref().map(|text| self.text(node, text));
        match (text, image) {
            (Some(text), _) if is_field => shape.into_iter().chain([text]).collect(),
            (Some(text), _) => vec![text],
            (None, Some(image)) => vec![image],
            (None, None) => shape.into_iter().collect(),
        }
    }

    fn id(&mut self, node: NodeId, part: u8) -> i64 {
        let next = self.ids.len() as i64;
        *self.ids.entry((node, part)).or_insert(next)
    }

    /// A wireframe without content, at the node's own place.
    fn at(&mut self, node: &Seen, part: u8, kind: Type, frame: Rect) -> Wireframe {
        Wireframe {
            id: self.id(node.id, part),
            kind,
            x: Some(frame.origin.x as i64),
            y: Some(frame.origin.y as i64),
            width: Some(frame.size.width as i64),
            height: Some(frame.size.height as i64),
            clip: clip(frame, node.clip),
            ..Wireframe::default()
        }
    }

    fn shape(&mut self, node: &Seen) -> Wireframe {
        Wireframe {
            shape_style: style(node),
            border: border(node),
            ..self.at(node, 0, Type::Shape, node.frame)
        }
    }

    fn bar_ground(&mut self, node: &Seen) -> Wireframe {
        Wireframe {
            shape_style: Some(fill(Color::WHITE, 0.0, 1.0)),
            ..self.at(node, 0, Type::Shape, node.frame)
        }
    }

    fn placeholder(&mut self, node: &Seen) -> Wireframe {
        Wireframe { label: Some("Video"), ..self.at(node, 0, Type::Placeholder, node.frame) }
    }

    fn image(&mut self, node: &Seen) -> Wireframe {
        Wireframe {
            shape_style: style(node),
            border: border(node),
            resource_id: Some(resource(node.row.image.handle.0)),
            mime_type: Some("image/png"),
            is_empty: Some(false),
            ..self.at(node, 0, Type::Image, node.frame)
        }
    }

    fn text(&mut self, node: &Seen, text: &str) -> Wireframe {
        let is_field = node.row.semantics.kind.is_editable();
        let inset = if is_field { 5.0 } else { 0.0 };
        let Rect { origin, size } = node.frame;
        let (width, height) = (size.width - 2.0 * inset, size.height - 2.0 * inset);
        let frame = Rect::new(origin.x + inset, origin.y + inset, width, height);
        let color = if node.row.text.role == TextRole::Hint {
            Color(0x3c3c_434c)
        } else {
            node.row.text.color
        };
        Wireframe {
            shape_style: if is_field { None } else { style(node) },
            border: if is_field { None } else { border(node) },
            text: Some(text.to_owned()),
            text_position: Some(position(node.row.text.alignment)),
            text_style: Some(TextStyle {
                color: hex(color),
                family: FONTS,
                size: node.row.text.size as i64,
            }),
            ..self.at(node, u8::from(is_field), Type::Text, frame)
        }
    }

    /// A track and a knob.
    fn switch(&mut self, node: &Seen) -> Vec<Wireframe> {
        let is_on = node.row.control.flags & viewreel_model::node::control::ON != 0;
        let Rect { origin, size } = node.frame;
        let side = size.height - 4.0;
        let x = if is_on { origin.x + size.width - side - 2.0 } else { origin.x + 2.0 };
        let color = if is_on { ON } else { TRACK };
        let track = self.filled(node, 1, node.frame, fill(color, size.height / 2.0, 1.0));
        let knob = Rect::new(x, origin.y + 2.0, side, side);
        vec![track, self.filled(node, 2, knob, fill(KNOB, side / 2.0, 1.0))]
    }

    /// Two tracks, and a knob where it is a slider.
    fn bar(&mut self, node: &Seen, has_knob: bool) -> Vec<Wireframe> {
        let Rect { origin, size } = node.frame;
        let height = if has_knob { 3.0 } else { size.height };
        let y = origin.y + (size.height - height) / 2.0;
        let done = size.width * node.row.control.value;
        let back = Rect::new(origin.x, y, size.width, height);
        let front = Rect::new(origin.x, y, done, height);
        let mut parts = vec![
            self.filled(node, 1, back, fill(TRACK, f64::from(height) as f32 / 2.0, 1.0)),
            self.filled(node, 2, front, fill(Color::rgb(0x0a7cff), height / 2.0, 1.0)),
        ];
        if has_knob {
            let side = size.height;
            let knob = Rect::new(origin.x + done - side / 2.0, origin.y, side, side);
            parts.push(self.filled(node, 3, knob, fill(KNOB, side / 2.0, 1.0)));
        }
        parts
    }

    /// A ground and one text per segment.
    fn segmented(&mut self, node: &Seen) -> Vec<Wireframe> {
        let ground = self.filled(node, 1, node.frame, fill(TRACK, 8.0, 1.0));
        let count = node.row.control.count.max(1);
        let width = node.frame.size.width / f32::from(count);
        let segments = (0..count).map(|index| {
            let x = node.frame.origin.x + f32::from(index) * width;
            let frame = Rect::new(x, node.frame.origin.y, width, node.frame.size.height);
            let color = if index == node.row.control.index { KNOB } else { Color(0) };
            Wireframe {
                text: Some(format!("Segment {index}")),
                text_position: Some(position(Alignment::Center)),
                text_style: Some(TextStyle { color: hex(Color::BLACK), family: FONTS, size: 14 }),
                shape_style: Some(fill(color, 8.0, 1.0)),
                ..self.at(node, 2 + index as u8, Type::Text, frame)
            }
        });
        let segments: Vec<_> = segments.collect();
        std::iter::once(ground).chain(segments).collect()
    }

    fn filled(&mut self, node: &Seen, part: u8, frame: Rect, style: ShapeStyle) -> Wireframe {
        Wireframe { shape_style: Some(style), ..self.at(node, part, Type::Shape, frame) }
    }
}

/// Leaves out what is below nodes that speak for their whole subtree.
fn specific(seen: &[Seen]) -> impl Iterator<Item = &Seen> {
    let mut is_spoken_for: Vec<bool> = Vec::with_capacity(seen.len());
    let mut kept = Vec::new();
    for node in seen {
        let above = node.parent.is_some_and(|parent| is_spoken_for[parent]);
        let kind = node.row.semantics.kind;
        let speaks = kind.is_input_control() || matches!(kind, Kind::Text | Kind::Progress);
        is_spoken_for.push(above || speaks);
        if !above {
            kept.push(node);
        }
    }
    kept.into_iter()
}

fn has_appearance(node: &Seen) -> bool {
    let appearance = &node.row.appearance;
    !appearance.background.is_clear()
        || appearance.border.width > 0.0 && !appearance.border.color.is_clear()
}

fn style(node: &Seen) -> Option<ShapeStyle> {
    let appearance = &node.row.appearance;
    let opacity = (f32::from(appearance.alpha) / 2.55).round() / 100.0;
    let is_filled = !appearance.background.is_clear();
    let radius = node.row.geometry.corner_radii[0];
    is_filled.then(|| fill(appearance.background, radius, opacity))
}

fn fill(color: Color, radius: f32, opacity: f32) -> ShapeStyle {
    let hundredths = |value: f32| (f64::from(value) * 100.0).round() / 100.0;
    ShapeStyle {
        background_color: hex(color),
        corner_radius: hundredths(radius),
        opacity: hundredths(opacity),
    }
}

fn border(node: &Seen) -> Option<Border> {
    let border = node.row.appearance.border;
    (border.width > 0.0)
        .then(|| Border { color: hex(border.color), width: border.width.ceil() as i64 })
}

fn clip(frame: Rect, clip: Rect) -> Option<Clip> {
    let seen = intersection(frame, clip);
    if seen == frame {
        return None;
    }
    let edge = |length: f32| (length > 0.0).then_some(length as i64);
    let (end, seen_end) = (far(frame), far(seen));
    Some(Clip {
        bottom: edge(end.1 - seen_end.1),
        left: edge(seen.origin.x - frame.origin.x),
        right: edge(end.0 - seen_end.0),
        top: edge(seen.origin.y - frame.origin.y),
    })
}

fn far(rect: Rect) -> (f32, f32) {
    (rect.origin.x + rect.size.width, rect.origin.y + rect.size.height)
}

fn position(alignment: Alignment) -> TextPosition {
    let horizontal = match alignment {
        Alignment::Center => "center",
        Alignment::Right => "right",
        _ => "left",
    };
    let alignment = TextAlignment { horizontal, vertical: "center" };
    TextPosition { alignment, padding: Padding::default() }
}

/// 32 hexadecimal digits, as the digest of a picture would be.
fn resource(handle: u32) -> String {
    let mixed = u128::from(handle).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    format!("{:032x}", mixed ^ (mixed >> 61))
}
