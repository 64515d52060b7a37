//! Segments and trees as JSON, for people, scripts and golden files.

use serde_json::{Map, Value, json};
use viewreel_format::{FormatError, SealedSegment, format_image_id, format_segment_id};
use viewreel_model::diff::{Diff, DiffWindow};
use viewreel_model::field::changed;
use viewreel_model::node::{Gradient, Shadow, TextStyle};
use viewreel_model::record::{Body, Health, Keyboard, ReplayMeta, State, Touch};
use viewreel_model::viewport::Viewport;
use viewreel_model::{
    BoundPicture, Columns, Field, FieldSet, ImageBinding, NodeId, Point, Record, Rect, Row, Size,
    Snapshot, Transform,
};

/// A whole segment: header, footer and every record.
pub(crate) fn segment(segment: &SealedSegment<'_>) -> Result<Value, FormatError> {
    let (header, footer) = (segment.header(), segment.footer());
    let records: Vec<Value> = segment
        .records()
        .map(|record| record.map(|r| self::record(&r)))
        .collect::<Result<_, _>>()?;
    Ok(json!({
        "segment_id": format_segment_id(header.segment_id),
        "run": format!("{:016x}", header.run.0),
        "seq": header.seq,
        "start_ms": header.start_ms,
        "wall_ms": header.wall_ms,
        "utc_offset_min": header.utc_offset_min,
        "device_id": header.replay.device_id,
        "session_id": header.replay.session_id,
        "end_ms": footer.end_ms,
        "chunk_count": footer.chunks,
        "record_count": footer.records,
        "bytes": segment.bytes().len(),
        "records": records,
    }))
}

fn record(record: &Record) -> Value {
    let (kind, body) = body(&record.body);
    let mut value = json!({"time_ms": record.time_ms, "kind": kind});
    if let (Value::Object(value), Value::Object(body)) = (&mut value, body) {
        value.extend(body);
    }
    value
}

fn body(body: &Body) -> (&'static str, Value) {
    match body {
        Body::State(value) => ("state", state(value)),
        Body::Keyframe { state, tree } => ("keyframe", keyframe(state.0, tree)),
        Body::Diff(value) => ("diff", diff(value)),
        Body::Image(value) => ("image", binding(value)),
        Body::Touch(value) => ("touch", touch(value)),
        Body::Viewport(value) => ("viewport", viewport(value)),
        Body::Lifecycle(value) => ("lifecycle", json!({"lifecycle": *value as u8})),
        Body::Screen(name) => ("screen", json!({"name": name})),
        Body::Keyboard(value) => ("keyboard", keyboard(value)),
        Body::Event(name) => ("event", json!({"name": name})),
        Body::Log { level, message } => ("log", json!({"level": *level as u8, "message": message})),
        Body::Gap { reason, duration_ms } => {
            ("gap", json!({"reason": *reason as u8, "duration_ms": duration_ms}))
        }
        Body::Health(value) => ("health", health(*value)),
    }
}

fn binding(binding: &ImageBinding) -> Value {
    let handle = binding.handle.0;
    match binding.picture {
        BoundPicture::Known { id, width_px, height_px } => {
            let id = format_image_id(id);
            json!({"handle": handle, "id": id, "width_px": width_px, "height_px": height_px})
        }
        BoundPicture::LeftOut(why) => json!({"handle": handle, "left_out": why.word()}),
    }
}

fn health(health: Health) -> Value {
    json!({
        "captured": health.captured,
        "cut": health.cut,
        "masked": health.masked,
        "busy_ms": health.busy_ms,
    })
}

/// Everything beside the tree.
pub(crate) fn state(state: &State) -> Value {
    json!({
        "mask_level": state.mask_level.word(),
        "viewports": state.viewports.iter().map(viewport).collect::<Vec<_>>(),
        "screen": state.screen,
        "lifecycle": state.lifecycle as u8,
        "keyboard": keyboard(&state.keyboard),
        "open_touches": state.open_touches.iter().map(touch).collect::<Vec<_>>(),
        "meta": meta(&state.meta),
    })
}

fn meta(meta: &ReplayMeta) -> Value {
    json!({
        "user_id": meta.user_id,
        "app_name": meta.app_name,
        "app_version": meta.app_version,
        "os_name": meta.os_name,
        "os_version": meta.os_version,
        "device_model": meta.device_model,
        "locale": meta.locale,
        "sdk": meta.sdk,
    })
}

fn viewport(viewport: &Viewport) -> Value {
    let inset = viewport.safe_area;
    json!({
        "scene": viewport.scene.0,
        "size": size(viewport.size),
        "scale": viewport.scale,
        "safe_area": [inset.top, inset.left, inset.bottom, inset.right],
        "orientation": viewport.orientation as u8,
        "style": viewport.style as u8,
        "text_size": viewport.text_size,
        "direction": viewport.direction as u8,
    })
}

fn keyboard(keyboard: &Keyboard) -> Value {
    json!({"is_visible": keyboard.is_visible, "frame": rect(keyboard.frame)})
}

fn touch(touch: &Touch) -> Value {
    json!({
        "pointer": touch.pointer,
        "phase": touch.phase as u8,
        "at": point(touch.at),
        "is_masked": touch.is_masked,
    })
}

/// A tree with the fields of each node that are not at their default.
pub(crate) fn keyframe(state: u32, tree: &Snapshot) -> Value {
    let columns = tree.columns();
    let blank = Columns::default();
    let windows: Vec<Value> =
        tree.windows().map(|(root, w)| json!([root.0, w.scene.0, w.level])).collect();
    let nodes: Vec<Value> = (0..tree.len())
        .filter_map(|at| {
            let row = columns.row(at)?;
            let set = changed(&blank, &Row::default(), columns, &row);
            let parent = columns.parent(at).and_then(|parent| tree.id(parent));
            Some(json!({
                "id": tree.id(at)?.0,
                "parent": optional(parent),
                "fields": fields(columns, &row, set),
            }))
        })
        .collect();
    json!({"state": state, "windows": windows, "nodes": nodes})
}

fn diff(diff: &Diff) -> Value {
    let window = |w: &DiffWindow| json!([w.root.0, w.scene.0, w.level]);
    let updates: Vec<Value> = diff
        .updates
        .iter()
        .map(|update| {
            let row = diff.rows.row(update.row as usize).unwrap_or_default();
            json!({"id": update.node.0, "fields": fields(&diff.rows, &row, update.fields)})
        })
        .collect();
    let mut value = json!({
        "base": diff.base.0,
        "windows": diff.windows.as_ref().map(|list| list.iter().map(window).collect::<Vec<_>>()),
        "placements": diff.placements.iter()
            .map(|p| json!([p.node.0, optional(p.parent), optional(p.after)])).collect::<Vec<_>>(),
        "shifts": diff.shifts.iter()
            .map(|s| json!([s.first.0, s.count, s.by.x, s.by.y])).collect::<Vec<_>>(),
        "updates": updates,
        "removals": diff.removals.iter().map(|id| id.0).collect::<Vec<_>>(),
    });
    if diff.keeps_current {
        value["keeps"] = json!(true);
    }
    value
}

fn optional(id: Option<NodeId>) -> u32 {
    id.map_or(0, |id| id.0)
}

fn fields(columns: &Columns, row: &Row, set: FieldSet) -> Value {
    let entry = |field: Field| {
        let (name, value) = self::field(columns, row, field);
        (name.to_owned(), value)
    };
    Value::Object(set.iter().map(entry).collect::<Map<_, _>>())
}

fn field(columns: &Columns, row: &Row, field: Field) -> (&'static str, Value) {
    let (g, a) = (&row.geometry, &row.appearance);
    match field {
        Field::Kind => ("kind", json!(row.semantics.kind.word())),
        Field::ClassChain => ("class_chain", json!(columns.strings.get(row.semantics.class_chain))),
        Field::Controller => ("controller", json!(columns.strings.get(row.semantics.controller))),
        Field::Identifier => ("identifier", json!(columns.strings.get(row.semantics.identifier))),
        Field::Generation => ("generation", json!(row.generation)),
        Field::Position => ("position", point(g.position)),
        Field::Size => ("size", size(g.bounds.size)),
        Field::Scroll => ("scroll", point(g.bounds.origin)),
        Field::Anchor => ("anchor", point(g.anchor)),
        Field::Transform => ("transform", transform(g.transform)),
        Field::Shape => (
            "shape",
            json!({"clips": g.clips, "continuous": g.continuous_corners, "radii": g.corner_radii}),
        ),
        Field::Background => ("background", color(a.background.0)),
        Field::Gradient => ("gradient", gradient(a.gradient)),
        Field::Border => {
            ("border", json!({"width": a.border.width, "color": color(a.border.color.0)}))
        }
        Field::Shadow => ("shadow", shadow(a.shadow)),
        Field::Alpha => ("alpha", json!(a.alpha)),
        Field::Z => ("z", json!(a.z)),
        Field::Blur => ("blur", json!(a.blur)),
        Field::Hidden => ("hidden", json!(a.hidden)),
        Field::TextStyle => ("text", text_style(columns, &row.text)),
        Field::Lines => ("lines", lines(columns, row)),
        Field::Image => ("image", image(row)),
        Field::Control => ("control", control(row)),
        Field::Mask => {
            ("mask", json!({"action": row.mask.action.word(), "reason": row.mask.reason.word()}))
        }
    }
}

fn point(point: Point) -> Value {
    json!([point.x, point.y])
}

fn size(size: Size) -> Value {
    json!([size.width, size.height])
}

fn rect(rect: Rect) -> Value {
    json!([rect.origin.x, rect.origin.y, rect.size.width, rect.size.height])
}

fn transform(t: Transform) -> Value {
    json!({"rotation": t.rotation, "scale": point(t.scale), "skew": t.skew, "offset": point(t.offset)})
}

fn color(rgba: u32) -> Value {
    json!(format!("#{rgba:08x}"))
}

fn gradient(gradient: Gradient) -> Value {
    json!({"end": color(gradient.end.0), "from": point(gradient.from), "to": point(gradient.to)})
}

fn shadow(shadow: Shadow) -> Value {
    json!({"color": color(shadow.color.0), "radius": shadow.radius, "offset": point(shadow.offset)})
}

fn text_style(columns: &Columns, text: &TextStyle) -> Value {
    json!({
        "role": text.role as u8,
        "font": columns.strings.get(text.font),
        "size": text.size,
        "weight": text.weight,
        "italic": text.italic,
        "underline": text.underline,
        "strike": text.strike,
        "color": color(text.color.0),
        "alignment": text.alignment as u8,
    })
}

fn lines(columns: &Columns, row: &Row) -> Value {
    let line = |line: &viewreel_model::node::Line| json!({"text": columns.strings.get(line.text), "baseline": point(line.baseline), "width": line.width});
    Value::Array(columns.lines_of(row.lines).iter().map(line).collect())
}

fn image(row: &Row) -> Value {
    let image = row.image;
    json!({
        "handle": image.handle.0,
        "content_mode": image.content_mode,
        "average": color(image.average.0),
        "tint": color(image.tint.0),
    })
}

fn control(row: &Row) -> Value {
    let control = row.control;
    json!({"flags": control.flags, "value": control.value, "index": control.index, "count": control.count})
}
