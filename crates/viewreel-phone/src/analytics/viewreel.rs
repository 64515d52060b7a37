//! The plugin that joins events to their replay.

use super::amplitude_session::{ACTIONS_AMPLITUDE, SESSION_START};
use super::event::{Event, Object};
use super::plugin::{Pass, Place, Plugin};
use serde_json::Value;
use std::cell::Cell;
use viewreel_recorder::embed::Front;
use viewreel_recorder::policy::Notice;
use viewreel_recorder::session::{AnalyticsEvent, EventKind, REPLAY_ID_PROPERTY};
use viewreel_seams::Now;

/// Tells the recorder of every event that passes, and writes the id of the replay
/// into those that belong to it. It keeps none back.
///
/// It has to be added after the plugin that writes session ids.
pub struct Viewreel {
    front: Front,
    /// When a session began last.
    begun: Cell<Option<Now>>,
    was_removed: Cell<bool>,
}

impl Viewreel {
    /// A plugin that tells and asks this front.
    #[must_use]
    pub fn new(front: Front) -> Self {
        Self { front, begun: Cell::new(None), was_removed: Cell::new(false) }
    }

    fn ask(&self, now: Now, event: &Event) -> Option<String> {
        let properties = texts(&event.properties);
        let properties: Vec<(&str, &str)> =
            properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let session = event.integrations.get(ACTIONS_AMPLITUDE);
        let own_session = event.properties.get("session_id").filter(|_| event.has_properties());
        let event = AnalyticsEvent {
            kind: event.kind,
            name: &event.name,
            device_id: event.context.get("device").and_then(|device| device["id"].as_str()),
            anonymous_id: &event.anonymous_id,
            integration_session_id: session.and_then(|told| told["session_id"].as_f64()),
            own_session_id: own_session.and_then(Value::as_f64),
            has_replay_id: event.properties.contains_key(REPLAY_ID_PROPERTY),
            properties: &properties,
        };
        self.front.event(now, &event)
    }
}

/// Texts, numbers and truth values, as targeting rules compare them.
fn texts(properties: &Object) -> Vec<(&str, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let texts = properties.iter().map(|(name, value)| (name.as_str(), text(value)));
    texts.filter_map(|(name, text)| Some((name, text?))).collect()
}

impl Plugin for Viewreel {
    fn name(&self) -> &'static str {
        "Viewreel"
    }

    fn place(&self) -> Place {
        Place::Enrichment
    }

    /// One that was removed and is added again records again.
    fn configure(&self, _: Pass<'_>) {
        if self.was_removed.take() {
            self.front.tell(Notice::Disabled(false));
        }
    }

    fn execute(&self, pass: Pass<'_>, mut event: Event) -> Option<Event> {
        if event.kind == EventKind::Track && event.name == SESSION_START {
            self.begun.set(Some(pass.now));
        }
        if let Some(id) = self.ask(pass.now, &event) {
            event.properties.insert(REPLAY_ID_PROPERTY.to_owned(), Value::String(id));
        }
        Some(event)
    }

    /// Where the plugin before this one has begun the next session in this very
    /// reset, it is the next user's, and nothing has to end any more.
    fn reset(&self, pass: Pass<'_>) {
        if self.begun.get() != Some(pass.now) {
            self.front.tell(Notice::Reset);
        }
    }

    /// Without the plugin nothing is recorded.
    fn shutdown(&self, _: Pass<'_>) {
        self.was_removed.set(true);
        self.front.tell(Notice::Disabled(true));
    }
}
