//! What is carried away in one request.

use super::event::{Event, Object};
use serde_json::{Value, json};
use viewreel_recorder::session::EventKind;

/// The events of one file, in the order in which they were tracked.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The number of its file.
    pub index: u32,
    /// The events.
    pub events: Vec<Event>,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server answered with this status.
    Status(u16),
    /// No answer came.
    Unreachable,
}

impl Answer {
    /// Whether the file is deleted: it was taken, or it is broken. Every other one
    /// is tried again at the next flush.
    pub(crate) fn settles(self) -> bool {
        matches!(self, Self::Status(1..=299 | 400))
    }
}

impl Batch {
    /// The body of the request to `/v1/b`. `sent_at_ms` is the wall clock,
    /// milliseconds since 1970 UTC.
    #[must_use]
    pub fn body(&self, write_key: &str, sent_at_ms: i64) -> String {
        let events: Vec<String> = self.events.iter().map(line).collect();
        let (key, sent_at) = (json!(write_key), json!(iso_8601(sent_at_ms)));
        format!(
            "{{ \"batch\": [\n{}],\"sentAt\":{sent_at},\"writeKey\":{key}}}",
            events.join("\n,")
        )
    }
}

/// An event as its file has it.
pub(crate) fn line(event: &Event) -> String {
    let mut fields = Object::from_iter([
        ("anonymousId".to_owned(), json!(event.anonymous_id)),
        ("messageId".to_owned(), json!(event.message_id)),
        ("timestamp".to_owned(), json!(iso_8601(event.timestamp_ms))),
        ("context".to_owned(), json!(event.context)),
        ("integrations".to_owned(), json!(event.integrations)),
    ]);
    if let Some(user_id) = &event.user_id {
        fields.insert("userId".to_owned(), json!(user_id));
    }
    let own = own_fields(event).into_iter().map(|(key, value)| (key.to_owned(), value));
    fields.extend(own);
    Value::Object(fields).to_string()
}

/// What only events of its kind have.
fn own_fields(event: &Event) -> Vec<(&'static str, Value)> {
    let (name, said) = (json!(event.name), json!(event.properties));
    match event.kind {
        EventKind::Track => {
            vec![("type", json!("track")), ("event", name), ("properties", said)]
        }
        EventKind::Screen => {
            vec![("type", json!("screen")), ("name", name), ("properties", said)]
        }
        EventKind::Identify => vec![("type", json!("identify")), ("traits", said)],
        EventKind::Group => vec![("type", json!("group")), ("groupId", name), ("traits", said)],
        EventKind::Alias => vec![("type", json!("alias")), ("previousId", name)],
    }
}

/// An instant as ISO 8601 with milliseconds. The calendar is Hinnant's
/// `civil_from_days`.
fn iso_8601(ms: i64) -> String {
    let (days, of_day_ms) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * of_year + 2) / 153;
    let day = of_year - (153 * part + 2) / 5 + 1;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (second, milli) = (of_day_ms / 1_000, of_day_ms % 1_000);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_as_the_vendor_s_clients_write_it() {
        assert_eq!(iso_8601(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso_8601(951_782_400_007), "2000-02-29T00:00:00.007Z");
        assert_eq!(iso_8601(1_764_000_000_123), "2025-11-24T16:00:00.123Z");
        assert_eq!(iso_8601(-1), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_body_has_its_events_in_lines_and_its_key_at_the_end() {
        let event = Event::new(EventKind::Screen, "Log In", Object::new());
        let batch = Batch { index: 0, events: vec![event.clone(), event] };
        let body = batch.body("key", 0);
        let read: Value = serde_json::from_str(&body).expect("the body is JSON");
        assert_eq!(read["batch"][1]["name"], "Log In");
        assert_eq!(read["batch"][1]["type"], "screen");
        assert_eq!(read["writeKey"], "key");
        assert_eq!(body.lines().count(), 3);
    }

    #[test]
    fn a_file_is_deleted_when_it_was_taken_or_is_broken() {
        let settles = |status| Answer::Status(status).settles();
        assert!([200, 299, 400].into_iter().all(settles));
        assert!(![0, 300, 401, 404, 413, 429, 500].into_iter().any(settles));
        assert!(!Answer::Unreachable.settles());
    }
}
