//! A server to send to, and what it says where it does not take something.

use crate::print::plain;
use serde_json::Value;

/// What to do about an answer that no Viewreel server gives.
pub(crate) const ASK_ADDRESS: &str = "is it the address of a Viewreel server?";

/// Where segments go.
pub(crate) struct Target<'a> {
    /// Base address of the server.
    pub(crate) server: &'a str,
    /// Write key.
    pub(crate) api_key: &'a str,
}

impl Target<'_> {
    /// The address of something of the API.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("{}/api/v1/{name}", self.server.trim_end_matches('/'))
    }

    pub(crate) fn authorization(&self) -> String {
        format!("Bearer {}", self.api_key)
    }

    pub(crate) fn unreachable(&self, error: &ureq::Error) -> String {
        format!("cannot reach {}: {error}; is `viewreel serve` running there?", self.server)
    }
}

/// What a status other than 200 means.
pub(crate) fn refusal(status: u16, json: &Value) -> String {
    match (json["message"].as_str(), json["hint"].as_str()) {
        (Some(message), Some(hint)) => {
            format!("the server answers {status}: {}; {}", plain(message), plain(hint))
        }
        _ => format!("the answer has status {status}; {ASK_ADDRESS}"),
    }
}
