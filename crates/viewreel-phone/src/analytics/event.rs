//! An event on its way.

use serde_json::{Map, Value};
use std::rc::Rc;
use viewreel_recorder::session::EventKind;

/// A JSON object.
pub type Object = Map<String, Value>;

/// An event on its way through the timeline.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// What it is.
    pub kind: EventKind,
    /// The name of a track event or of a screen; the id of a group; of an alias the
    /// id before; empty for an identify event.
    pub name: String,
    /// Who it is, given when the app tracked it: an upper-case UUID.
    pub message_id: String,
    /// When the app tracked it, milliseconds since 1970 UTC.
    pub timestamp_ms: i64,
    /// Who uses this install of the app.
    pub anonymous_id: String,
    /// Who that is to the app, once it has said so.
    pub user_id: Option<String>,
    /// What is known of the device and the app.
    pub context: Object,
    /// What each integration is told, by its key.
    pub integrations: Object,
    /// The properties of track and screen events, else the traits.
    pub properties: Object,
    /// Changes for this event alone, which come after those of the plugins.
    pub(crate) enrichments: Vec<Enrichment>,
}

impl Event {
    /// An event of that kind and name that has not been tracked yet.
    #[must_use]
    pub fn new(kind: EventKind, name: &str, properties: Object) -> Self {
        Self { kind, name: name.to_owned(), properties, ..Self::default() }
    }

    /// Has the event changed after the plugins have changed it. What is answered
    /// with nothing goes on as it was.
    #[must_use]
    pub fn enriched(mut self, change: impl Fn(Self) -> Option<Self> + 'static) -> Self {
        self.enrichments.push(Enrichment(Rc::new(change)));
        self
    }

    /// Whether events of this kind have properties of their own.
    pub(crate) fn has_properties(&self) -> bool {
        matches!(self.kind, EventKind::Track | EventKind::Screen)
    }
}

/// A change of one event.
#[derive(Clone)]
pub struct Enrichment(Rc<dyn Fn(Event) -> Option<Event>>);

impl Enrichment {
    pub(crate) fn apply(&self, event: Event) -> Event {
        (self.0)(event.clone()).unwrap_or(event)
    }
}

impl std::fmt::Debug for Enrichment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrichment")
    }
}
