//! A masked tree as compact JSON that says all that Viewreel records of it.

use serde_json::{Map, Value, json};
use viewreel_model::geometry::STEPS_PER_ONE;
use viewreel_model::geometry::UNITS_PER_PT;
use viewreel_model::node::{Appearance, Control, Geometry, Image, TextStyle};
use viewreel_model::record::Touch;
use viewreel_model::transform::STEPS_PER_TURN;
use viewreel_model::{Color, Point, Rect, Row, Snapshot, StrId, Transform};

/// One line: a tree, with its children inside.
pub(crate) fn tree(at_ms: u64, tree: &Snapshot) -> String {
    let count = tree.len();
    let mut below: Vec<Vec<Value>> = vec![Vec::new(); count];
    let mut roots = Vec::new();
    for index in (0..count).rev() {
        let mut node = node(tree, index);
        let children = std::mem::take(&mut below[index]);
        if !children.is_empty() {
            node.insert("ch".to_owned(), children.into_iter().rev().collect());
        }
        match tree.columns().parent(index) {
            Some(parent) => below[parent].push(Value::from(node)),
            None => roots.push(Value::from(node)),
        }
    }
    roots.reverse();
    let levels = tree.windows().map(|(_, window)| window.level);
    json!({"t": at_ms, "lv": levels.collect::<Vec<_>>(), "w": roots}).to_string()
}

/// One line: a finger.
pub(crate) fn touch(at_ms: u64, touch: &Touch) -> String {
    let at = point(touch.at);
    json!({"t": at_ms, "p": touch.phase as u8, "f": touch.pointer, "at": at}).to_string()
}

/// One line: the name of a screen or of an event.
pub(crate) fn name(at_ms: u64, kind: &str, name: &str) -> String {
    json!({"t": at_ms, kind: name}).to_string()
}

/// Lengths are whole numbers of the grid that all formats here share.
fn units(length: f32) -> Value {
    json!((length * UNITS_PER_PT) as i64)
}

fn point(point: Point) -> Value {
    json!([units(point.x), units(point.y)])
}

fn color(color: Color) -> Value {
    json!(format!("{:08x}", color.0))
}

/// Leaves out what has its default.
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, name: &str, is_told: bool, value: impl FnOnce() -> Value) {
        if is_told {
            self.0.insert(name.to_owned(), value());
        }
    }
}

fn node(tree: &Snapshot, index: usize) -> Map<String, Value> {
    let columns = tree.columns();
    let (Some(row), Some(id)) = (columns.row(index), tree.id(index)) else { return Map::new() };
    let mut fields = Fields(Map::new());
    let string = |id: StrId| columns.strings.get(id);
    fields.put("i", true, || json!(id.0));
    fields.put("k", true, || json!(row.semantics.kind.word()));
    fields.put("g", row.generation != 0, || json!(row.generation));
    let names = [
        ("c", row.semantics.class_chain),
        ("vc", row.semantics.controller),
        ("n", row.semantics.identifier),
        ("ff", row.text.font),
    ];
    for (name, id) in names {
        fields.put(name, !id.is_none(), || json!(string(id)));
    }
    geometry(&mut fields, &row.geometry);
    appearance(&mut fields, &row.appearance);
    text(&mut fields, &row.text);
    lines(&mut fields, tree, &row);
    rest(&mut fields, &row);
    fields.0
}

fn parts(Transform { rotation, scale, skew, offset }: Transform) -> Value {
    let ratio = |value: f32| (value * STEPS_PER_ONE).round() as i64;
    let turn = (rotation * STEPS_PER_TURN).round() as i64;
    json!([turn, ratio(scale.x), ratio(scale.y), ratio(skew), units(offset.x), units(offset.y)])
}

fn geometry(fields: &mut Fields, geometry: &Geometry) {
    let Rect { origin, size } = geometry.bounds;
    fields.put("s", true, || json!([units(size.width), units(size.height)]));
    fields.put("p", true, || point(geometry.position));
    fields.put("o", origin != Point::ZERO, || point(origin));
    fields.put("an", geometry.anchor != Point::new(0.5, 0.5), || {
        json!([geometry.anchor.x, geometry.anchor.y])
    });
    let transform = geometry.transform;
    fields.put("m", transform != Transform::IDENTITY, || parts(transform));
    fields.put("cl", geometry.clips, || json!(1));
    let radii = geometry.corner_radii;
    fields.put("r", radii != [0.0; 4], || json!(radii.map(units)));
    fields.put("cc", geometry.continuous_corners, || json!(1));
}

fn appearance(fields: &mut Fields, appearance: &Appearance) {
    let plain = Appearance::default();
    let Appearance { background, gradient, border, shadow, alpha, z, blur, hidden } = *appearance;
    fields.put("bg", background != plain.background, || color(background));
    let ends = || json!([color(gradient.end), point(gradient.from), point(gradient.to)]);
    fields.put("gr", gradient != plain.gradient, ends);
    let edge = || json!([units(border.width), color(border.color)]);
    fields.put("bo", border != plain.border, edge);
    let soft = || json!([color(shadow.color), units(shadow.radius), point(shadow.offset)]);
    fields.put("sh", shadow != plain.shadow, soft);
    fields.put("al", alpha != plain.alpha, || json!(alpha));
    fields.put("z", z != 0.0, || json!(z));
    fields.put("bl", blur != 0, || json!(blur));
    fields.put("h", hidden, || json!(1));
}

fn text(fields: &mut Fields, text: &TextStyle) {
    let marks = [text.italic, text.underline, text.strike].map(u8::from);
    fields.put("tx", text.role as u8 != 0, || {
        json!([
            text.role as u8,
            units(text.size),
            text.weight,
            color(text.color),
            text.alignment as u8,
        ])
    });
    fields.put("mk", marks != [0; 3], || json!(marks));
}

fn lines(fields: &mut Fields, tree: &Snapshot, row: &Row) {
    let columns = tree.columns();
    let line = |line: &viewreel_model::node::Line| {
        json!([columns.strings.get(line.text), point(line.baseline), units(line.width)])
    };
    let lines: Vec<Value> = columns.lines_of(row.lines).iter().map(line).collect();
    fields.put("l", !lines.is_empty(), || Value::from(lines));
}

fn rest(fields: &mut Fields, row: &Row) {
    let Image { handle, content_mode, average, tint } = row.image;
    let image = || json!([handle.0, content_mode, color(average), color(tint)]);
    fields.put("im", row.image != Image::default(), image);
    let Control { flags, value, index, count } = row.control;
    let control = || json!([flags, value, index, count]);
    fields.put("ct", row.control != Control::default(), control);
    let mask = || json!([row.mask.action as u8, row.mask.reason as u8]);
    fields.put("mm", row.mask != viewreel_model::node::Mask::default(), mask);
}
