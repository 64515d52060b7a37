//! Records and segments of that format, as JSON.

use super::heckel::Difference;
use super::wireframe::Wireframe;
use serde_json::{Value, json};
use viewreel_model::Size;
use viewreel_model::record::{Touch, TouchPhase};

const APPLICATION: &str = "c8b3b434-0a55-413f-a391-8e3b7e7131a8";
const SESSION: &str = "c09e525c-5971-49c4-8b51-531ba99765cf";

/// The screen's size.
pub(crate) fn meta(at_ms: i64, size: Size) -> Value {
    let data = json!({"height": size.height as i64, "width": size.width as i64});
    json!({"data": data, "timestamp": at_ms, "type": 4})
}

/// The app has the screen.
pub(crate) fn focus(at_ms: i64) -> Value {
    json!({"data": {"has_focus": true}, "timestamp": at_ms, "type": 6})
}

/// All wireframes.
pub(crate) fn full(at_ms: i64, wireframes: &[Wireframe]) -> Value {
    json!({"data": {"wireframes": wireframes}, "timestamp": at_ms, "type": 10})
}

/// What changed.
pub(crate) fn mutation(at_ms: i64, difference: &Difference) -> Value {
    let adds = difference.adds.iter().map(|(previous, wireframe)| match previous {
        Some(previous) => json!({"previousId": previous, "wireframe": wireframe}),
        None => json!({"wireframe": wireframe}),
    });
    let removes = difference.removes.iter().map(|id| json!({"id": id}));
    let data = json!({
        "adds": adds.collect::<Vec<_>>(),
        "removes": removes.collect::<Vec<_>>(),
        "source": 0,
        "updates": difference.updates,
    });
    json!({"data": data, "timestamp": at_ms, "type": 11})
}

/// A finger.
pub(crate) fn pointer(at_ms: i64, touch: &Touch) -> Value {
    let phase = match touch.phase {
        TouchPhase::Down => "down",
        TouchPhase::Move => "move",
        TouchPhase::Up | TouchPhase::Cancel => "up",
    };
    let data = json!({
        "pointerEventType": phase,
        "pointerId": touch.pointer,
        "pointerType": "touch",
        "source": 9,
        "x": touch.at.x.round() as i64,
        "y": touch.at.y.round() as i64,
    });
    json!({"data": data, "timestamp": at_ms, "type": 11})
}

/// The envelope around the records of one upload.
pub(crate) fn segment(view: u32, records: &[Value]) -> Value {
    let time = |record: Option<&Value>| record.map_or(Value::Null, |one| one["timestamp"].clone());
    json!({
        "application": {"id": APPLICATION},
        "end": time(records.last()),
        "has_full_snapshot_record": records.iter().any(|record| record["type"] == 10),
        "records": records,
        "records_count": records.len(),
        "session": {"id": SESSION},
        "source": "ios",
        "start": time(records.first()),
        "view": {"id": format!("b27c7927-bf1e-4168-8d56-{view:012x}")},
    })
}
