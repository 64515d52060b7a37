//! The plugin that says which session an event belongs to.

use super::disk::Disk;
use super::event::{Event, Object};
use super::plugin::{Pass, Place, Plugin};
use serde_json::{Value, json};
use std::cell::Cell;
use viewreel_recorder::session::EventKind;

/// The integration under which the session id stands.
pub const ACTIONS_AMPLITUDE: &str = "Actions Amplitude";

/// A session ends this long after its last event, in milliseconds.
pub const SESSION_TIMEOUT_MS: i64 = 300_000;

/// The event that begins a session.
pub(crate) const SESSION_START: &str = "session_start";

/// The event that ends a session.
pub(crate) const SESSION_END: &str = "session_end";

/// What the names of the destination's own events contain.
const OWN_PREFIX: &str = "[Amplitude] ";

/// Writes the id of the session into each event, as Segment (Twilio)'s plugin for
/// Amplitude does, traps included.
///
/// The session is looked at when the plugin is added, at every event, and when the
/// app comes back. An event gets the id *before* that, so the one with which a
/// session times out still carries the id of the one before, though `session_end`
/// and `session_start` have passed when it goes on. The id that is written changes
/// where `session_start` passes and nowhere else, so events that wait for settings
/// carry the ids of their order.
pub struct AmplitudeSession {
    disk: Disk,
    /// The id that is written into events.
    carried_ms: Cell<Option<i64>>,
    /// Whether a `session_start` was tracked that has not passed yet.
    is_starting: Cell<bool>,
}

impl AmplitudeSession {
    /// A plugin that goes on with the session that is remembered on that disk.
    #[must_use]
    pub fn new(disk: Disk) -> Self {
        Self { disk, carried_ms: Cell::new(None), is_starting: Cell::new(false) }
    }

    fn carry_something(&self) {
        if self.carried_ms.get().is_none() {
            self.carried_ms.set(self.disk.read().session_ms);
        }
    }

    fn look_at_session(&self, pass: Pass<'_>) {
        self.carry_something();
        if self.is_starting.get() || self.is_alive(pass) {
            return;
        }
        self.saw_event(pass);
        self.end(pass);
        self.start(pass);
    }

    /// By the wall clock: one that is set back keeps a session alive.
    fn is_alive(&self, pass: Pass<'_>) -> bool {
        let disk = self.disk.read();
        let since_ms = pass.now.wall_ms.saturating_sub(disk.last_event_ms.unwrap_or(-1));
        disk.session_ms.is_some() && since_ms < SESSION_TIMEOUT_MS
    }

    fn saw_event(&self, pass: Pass<'_>) {
        self.disk.write().last_event_ms = Some(pass.now.wall_ms);
    }

    fn end(&self, pass: Pass<'_>) {
        pass.analytics.track(pass.now, SESSION_END, Object::new());
    }

    fn start(&self, pass: Pass<'_>) {
        if self.is_starting.replace(true) {
            return;
        }
        self.disk.write().session_ms = Some(pass.now.wall_ms);
        self.carry_something();
        pass.analytics.track(pass.now, SESSION_START, Object::new());
    }

    fn write_id(&self, event: &mut Event) {
        let id = json!({ "session_id": self.carried_ms.get().unwrap_or(-1) });
        event.integrations.insert(ACTIONS_AMPLITUDE.to_owned(), id);
    }

    fn pass_track(&self, event: &mut Event) {
        if event.name == SESSION_START {
            self.is_starting.set(false);
            self.carried_ms.set(self.disk.read().session_ms);
        }
        if is_own(&event.name) {
            event.integrations.values_mut().for_each(|told| *told = Value::Bool(false));
            self.write_id(event);
        }
    }
}

/// Whether an event is for this integration alone.
fn is_own(name: &str) -> bool {
    name == SESSION_START || name == SESSION_END || name.contains(OWN_PREFIX)
}

impl Plugin for AmplitudeSession {
    fn name(&self) -> &'static str {
        ACTIONS_AMPLITUDE
    }

    fn place(&self) -> Place {
        Place::Enrichment
    }

    fn configure(&self, pass: Pass<'_>) {
        if self.disk.read().session_ms.is_none() {
            self.start(pass);
        } else {
            self.look_at_session(pass);
        }
    }

    fn execute(&self, pass: Pass<'_>, mut event: Event) -> Option<Event> {
        self.write_id(&mut event);
        self.look_at_session(pass);
        match event.kind {
            EventKind::Track => self.pass_track(&mut event),
            EventKind::Screen => {
                event.properties.insert("name".to_owned(), json!(event.name));
            }
            EventKind::Identify | EventKind::Group | EventKind::Alias => {}
        }
        self.saw_event(pass);
        Some(event)
    }

    fn reset(&self, pass: Pass<'_>) {
        if self.disk.read().session_ms.is_some() {
            self.end(pass);
        }
        self.start(pass);
    }

    fn foreground(&self, pass: Pass<'_>) {
        self.look_at_session(pass);
    }

    fn resign_active(&self, pass: Pass<'_>) {
        self.saw_event(pass);
    }
}
