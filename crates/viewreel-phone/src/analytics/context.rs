//! What every event says of the device.

use super::event::Event;
use super::plugin::{Pass, Place, Plugin};
use serde_json::json;

/// What the client knows of the device and the app.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// The vendor's identifier of the device; empty where the system gives none.
    pub id: String,
    /// Such as `iPhone15,2`.
    pub model: String,
    /// Of the system.
    pub os_version: String,
    /// Of the app.
    pub app_version: String,
    /// BCP 47.
    pub locale: String,
    /// Of the IANA data base, such as `Europe/London`.
    pub timezone: String,
}

/// Writes the context of an event; what the app wrote into it stays.
pub(crate) struct Context(pub(crate) Device);

impl Plugin for Context {
    fn name(&self) -> &'static str {
        "Context"
    }

    fn place(&self) -> Place {
        Place::Before
    }

    fn execute(&self, _: Pass<'_>, mut event: Event) -> Option<Event> {
        let Device { id, model, os_version, app_version, locale, timezone } = &self.0;
        let parts = [
            ("library", json!({ "name": "analytics-swift", "version": "1.9.4" })),
            ("app", json!({ "version": app_version })),
            ("device", json!({ "manufacturer": "Apple", "type": "ios", "model": model, "id": id })),
            ("os", json!({ "name": "iOS", "version": os_version })),
            ("locale", json!(locale)),
            ("timezone", json!(timezone)),
        ];
        for (key, part) in parts {
            event.context.entry(key).or_insert(part);
        }
        Some(event)
    }
}
