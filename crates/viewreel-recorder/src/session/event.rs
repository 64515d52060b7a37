//! An analytics event as it passes by.

/// The event property that joins an event to its replay. Its value is the replay
/// id, `device_id/session_id`.
pub const REPLAY_ID_PROPERTY: &str = "[Amplitude] Session Replay ID";

/// The event that begins a session.
const SESSION_START: &str = "session_start";

/// The event that ends a session; it may be sent when the next one has begun.
const SESSION_END: &str = "session_end";

/// Greatest session id that is one: what a JSON number says exactly.
const MAX_SESSION_ID: f64 = ((1_u64 << 53) - 1) as f64;

/// What an analytics event is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventKind {
    /// Something happened.
    #[default]
    Track,
    /// A screen was shown.
    Screen,
    /// Who the user is; the properties are the user's.
    Identify,
    /// To which group the user belongs.
    Group,
    /// One user has two ids.
    Alias,
}

/// What the recorder reads of an analytics event.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnalyticsEvent<'a> {
    /// What it is.
    pub kind: EventKind,
    /// The name of a track event or of a screen.
    pub name: &'a str,
    /// `context.device.id`, which may be empty.
    pub device_id: Option<&'a str>,
    /// `anonymousId`.
    pub anonymous_id: &'a str,
    /// `integrations["Actions Amplitude"].session_id`, where it is a number:
    /// milliseconds since 1970 UTC.
    pub integration_session_id: Option<f64>,
    /// The event's own property `session_id`, where it is a number: milliseconds
    /// since 1970 UTC.
    pub own_session_id: Option<f64>,
    /// Whether the event has [`REPLAY_ID_PROPERTY`] already.
    pub has_replay_id: bool,
    /// The properties of the event, or for [`EventKind::Identify`] the traits of
    /// the user: name and value, in any order. A number or a truth value is
    /// given as JSON writes it. A host may leave out what no rule asks for.
    pub properties: &'a [(&'a str, &'a str)],
}

impl<'a> AnalyticsEvent<'a> {
    /// The device: `context.device.id`, and the anonymous id where that is
    /// missing or empty, as it is when the system has none to give.
    pub(super) fn device(&self) -> &'a str {
        self.device_id.filter(|id| !id.is_empty()).unwrap_or(self.anonymous_id)
    }

    /// The session that the event belongs to, milliseconds since 1970 UTC.
    pub(super) fn session_ms(&self) -> Option<i64> {
        let integration = self.integration_session_id.and_then(whole);
        integration.or_else(|| self.own_session_id.and_then(whole))
    }

    pub(super) fn begins_session(&self) -> bool {
        self.kind == EventKind::Track && self.name == SESSION_START
    }

    pub(crate) fn ends_session(&self) -> bool {
        self.kind == EventKind::Track && self.name == SESSION_END
    }
}

/// A session id from a JSON number, which may have a fraction.
fn whole(id: f64) -> Option<i64> {
    // Within these bounds a rounded number is exact as an integer.
    (0.0..=MAX_SESSION_ID).contains(&id).then(|| id.round() as i64)
}
