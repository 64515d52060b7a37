//! What the vendor's server says of a project.

use super::destination::SEGMENT_IO;
use super::event::Object;
use serde_json::{Value, json};

/// What the vendor's server says of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The integrations that are switched on, by their key.
    pub integrations: Object,
}

impl Settings {
    /// Settings from the body of an answer; none where it is not what it should
    /// be.
    #[must_use]
    pub fn parse(body: &str) -> Option<Self> {
        let answer: Object = serde_json::from_str(body).ok()?;
        let integrations = answer.get("integrations").and_then(Value::as_object).cloned();
        Some(Self { integrations: integrations.unwrap_or_default() })
    }

    /// What holds where no answer ever came.
    #[must_use]
    pub fn unasked(write_key: &str) -> Self {
        let own = (SEGMENT_IO.to_owned(), json!({ "apiKey": write_key }));
        Self { integrations: Object::from_iter([own]) }
    }

    /// Whether the integration with that key is switched on.
    #[must_use]
    pub fn has_integration(&self, key: &str) -> bool {
        self.integrations.contains_key(key)
    }
}
