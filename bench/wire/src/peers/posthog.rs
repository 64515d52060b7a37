//! The shape of PostHog's wireframe mode on iOS: the whole tree once a second
//! where it changed, twenty events in a gzip stream.
//!
//! Written from the public shape of its events; no code is taken from there.

use super::window::{Seen, hex, seen};
use super::{Weight, gzip};
use crate::moments::{Moment, Moments};
use crate::session::START_WALL_MS;
use serde_json::{Map, Value, json};
use viewreel_model::node::Alignment;
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{Kind, Size, Snapshot};

/// There is a snapshot no more often than this, in milliseconds.
const EVERY_MS: u64 = 1_000;
/// Events in one upload.
const BATCH: usize = 20;

/// What a session weighs in that shape.
pub(crate) fn weight(moments: &Moments, viewport: Size) -> Weight {
    let mut weight = Weight::default();
    for batch in events(moments, viewport).chunks(BATCH) {
        let json = Value::from(batch).to_string();
        weight.add(json.len(), gzip(json.as_bytes()));
    }
    weight
}

fn events(moments: &Moments, viewport: Size) -> Vec<Value> {
    let (mut events, mut due_ms) = (Vec::new(), 0);
    let mut waiting: Option<&Snapshot> = None;
    for (at_ms, moment) in &moments.list {
        if let Some(tree) = waiting.filter(|_| *at_ms >= due_ms) {
            events.push(snapshot(due_ms, tree, viewport, events.is_empty()));
            (waiting, due_ms) = (None, due_ms + EVERY_MS);
        }
        match moment {
            Moment::Tree(tree) if *at_ms >= due_ms => {
                events.push(snapshot(*at_ms, tree, viewport, events.is_empty()));
                due_ms = at_ms + EVERY_MS;
            }
            Moment::Tree(tree) => waiting = Some(tree),
            Moment::Touch(touch) => events.extend(interaction(*at_ms, touch)),
            Moment::Screen(_) | Moment::Event(_) => {}
        }
    }
    events.extend(waiting.map(|tree| snapshot(due_ms, tree, viewport, false)));
    events
}

fn wall(at_ms: u64) -> i64 {
    START_WALL_MS.saturating_add_unsigned(at_ms)
}

fn event(at_ms: u64, data: &Value) -> Value {
    let seed = at_ms.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let properties = json!({
        "$lib": "posthog-ios",
        "$lib_version": "3.60.0",
        "$session_id": "019ac000-0000-7000-8000-000000000002",
        "$snapshot_data": data,
        "$snapshot_source": "mobile",
        "distinct_id": "user-1048",
    });
    json!({
        "api_key": "phc_redacted",
        "distinct_id": "user-1048",
        "event": "$snapshot",
        "properties": properties,
        "timestamp": wall(at_ms),
        "uuid": format!("019ac000-{:04x}-7{:03x}-8000-{:012x}", at_ms & 0xffff, seed & 0xfff, seed >> 16),
    })
}

fn snapshot(at_ms: u64, tree: &Snapshot, viewport: Size, is_first: bool) -> Value {
    let wireframes = wireframes(&seen(tree));
    let data = json!({"initialOffset": {"left": 0, "top": 0}, "wireframes": wireframes});
    let full = json!({"data": data, "timestamp": wall(at_ms), "type": 2});
    let size = json!({"height": viewport.height as i64, "width": viewport.width as i64});
    let meta = json!({"data": size, "timestamp": wall(at_ms), "type": 4});
    let list = if is_first { vec![meta, full] } else { vec![full] };
    event(at_ms, &Value::from(list))
}

/// Down and up alone.
fn interaction(at_ms: u64, touch: &Touch) -> Option<Value> {
    let kind = match touch.phase {
        TouchPhase::Down => 7,
        TouchPhase::Up => 9,
        TouchPhase::Move | TouchPhase::Cancel => return None,
    };
    let (x, y) = (touch.at.x as i64, touch.at.y as i64);
    let data = json!({"id": 0, "pointerType": 2, "source": 2, "type": kind, "x": x, "y": y});
    Some(event(at_ms, &json!([{"data": data, "timestamp": wall(at_ms), "type": 3}])))
}

/// The tree of wireframes, children inside their parents.
fn wireframes(seen: &[Seen]) -> Vec<Value> {
    let mut built: Vec<Map<String, Value>> = seen.iter().map(wireframe).collect();
    let mut roots = Vec::new();
    let mut below: Vec<Vec<Value>> = vec![Vec::new(); seen.len()];
    for (index, node) in seen.iter().enumerate().rev() {
        let mut own = std::mem::take(&mut built[index]);
        let children = std::mem::take(&mut below[index]);
        if !children.is_empty() {
            own.insert("childWireframes".to_owned(), children.into_iter().rev().collect());
        }
        match node.parent {
            Some(parent) => below[parent].push(Value::from(own)),
            None => roots.push(Value::from(own)),
        }
    }
    roots
}

fn wireframe(node: &Seen) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("id", json!(1_054_400_000_u64 + u64::from(node.id.0) * 4_096));
    put("x", json!(node.frame.origin.x as i64));
    put("y", json!(node.frame.origin.y as i64));
    put("width", json!(node.frame.size.width as i64));
    put("height", json!(node.frame.size.height as i64));
    put("style", style(node));
    let control = &node.row.control;
    match node.row.semantics.kind {
        Kind::Switch => {
            put("type", json!("input"));
            put("inputType", json!("toggle"));
            put("checked", json!(control.flags & viewreel_model::node::control::ON != 0));
        }
        Kind::Slider | Kind::Progress => {
            put("type", json!("input"));
            put("inputType", json!("progress"));
            put("value", json!((f64::from(control.value) * 100.0).round() / 100.0));
            put("max", json!(1));
        }
        kind if kind.is_editable() => {
            put("type", json!("input"));
            put("inputType", json!("text_area"));
            put("value", json!(node.text.clone().unwrap_or_default()));
        }
        Kind::Image | Kind::Symbol => {
            put("type", json!("image"));
        }
        _ if node.text.is_some() => {
            put("type", json!("text"));
            put("text", json!(node.text.clone().unwrap_or_default()));
        }
        _ => {
            put("type", json!("rectangle"));
        }
    }
    fields
}

fn style(node: &Seen) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    let appearance = &node.row.appearance;
    if !appearance.background.is_clear() {
        put("backgroundColor", json!(rgb(appearance.background)));
    }
    if appearance.border.width > 0.0 {
        put("borderColor", json!(rgb(appearance.border.color)));
        put("borderWidth", json!(appearance.border.width.ceil() as i64));
    }
    let radius = node.row.geometry.corner_radii[0];
    if radius > 0.0 {
        put("borderRadius", json!(radius as i64));
    }
    if node.text.is_some() {
        put("color", json!(rgb(node.row.text.color)));
        put("fontFamily", json!(".AppleSystemUIFont"));
        put("fontSize", json!(node.row.text.size as i64));
        put("horizontalAlign", json!(align(node.row.text.alignment)));
        put("verticalAlign", json!("center"));
    }
    Value::from(fields)
}

fn rgb(color: viewreel_model::Color) -> String {
    hex(color).chars().take(7).collect()
}

fn align(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Center => "center",
        Alignment::Right => "right",
        _ => "left",
    }
}
