//! The ids of the session.

use super::event::{AnalyticsEvent, EventKind};
use viewreel_format::ReplayId;

/// The session id by which a host says that there is none.
pub const NO_SESSION: i64 = -1;

/// What the ids make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Current {
    /// No session of this process is known yet. What is recorded may belong to
    /// the one that will be.
    #[default]
    Awaited,
    /// There is no session: the last one ended and the next has not begun.
    None,
    /// An id is longer than an id may be, or has characters that none may have.
    Unusable,
    /// This replay.
    Replay(ReplayId),
}

/// Follows the ids of device and session.
///
/// | told | effect |
/// |---|---|
/// | a device id by the host | it counts, whatever events say |
/// | a session id by the host | it counts, even a lower one; [`NO_SESSION`] ends the session |
/// | a custom session id | it counts in place of every number |
/// | an event with an id as high as the last one or higher | session and device are the event's |
/// | an event with a lower id | nothing: it belongs to an earlier session |
/// | the same, named `session_start` | session and device are the event's: a clock that was wrong must not lock a device out |
/// | an event named `session_end` | nothing: it belongs to the session that ended |
/// | an event without an id | nothing; where no device is known, or the session id is a custom one, the device is the event's |
/// | reset | the session ends until the next id, which may be the same |
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    device_of_host: Id,
    device_of_events: Id,
    custom: Id,
    session_ms: Option<i64>,
    /// The session id that an event has to reach; it outlives its session.
    latest_ms: Option<i64>,
    current: Current,
}

impl Sessions {
    /// What the ids make.
    #[must_use]
    pub fn current(&self) -> &Current {
        &self.current
    }

    /// The host says what the device is called. An empty id leaves it to the
    /// events.
    pub fn set_device_id(&mut self, id: &str) {
        self.device_of_host = Id::new(id);
        self.refresh();
    }

    /// The host says which session it is: its start, in milliseconds since 1970
    /// UTC, or [`NO_SESSION`].
    pub fn set_session_id(&mut self, id_ms: i64) {
        self.session_ms = (id_ms >= 0).then_some(id_ms);
        self.latest_ms = self.session_ms.or(self.latest_ms);
        self.refresh();
    }

    /// The host gives the session a name of its own. An empty one goes back to
    /// the number.
    pub fn set_custom_session_id(&mut self, id: &str) {
        self.custom = Id::new(id);
        self.refresh();
    }

    /// The user is another one, or the app begins anew: nothing that comes before
    /// the next id belongs to a session.
    pub fn reset(&mut self) {
        self.custom = Id::Unknown;
        self.session_ms = None;
        self.current = Current::None;
    }

    /// Reads the ids of an event that passes by.
    pub fn follow(&mut self, event: &AnalyticsEvent<'_>) {
        if event.ends_session() {
            return;
        }
        match event.session_ms() {
            Some(ms) if event.begins_session() || self.latest_ms <= Some(ms) => {
                self.move_to(ms, event.device());
            }
            None if self.follows_device_alone() => self.move_device(event.device()),
            _ => {}
        }
    }

    /// Whether an event, which was followed, belongs on the present replay: it is
    /// one of those that can carry a replay id, has none, and happened in this
    /// session.
    #[must_use]
    pub fn is_event_of_replay(&self, event: &AnalyticsEvent<'_>) -> bool {
        let can_carry = matches!(event.kind, EventKind::Track | EventKind::Screen);
        can_carry && !event.has_replay_id && self.is_of_session(event)
    }

    /// Whether an event, which was followed, happened in this session. One without
    /// an id happens now.
    pub(crate) fn is_of_session(&self, event: &AnalyticsEvent<'_>) -> bool {
        let is_named = self.custom != Id::Unknown;
        is_named || event.session_ms().is_none_or(|ms| Some(ms) == self.session_ms)
    }

    fn move_to(&mut self, ms: i64, device: &str) {
        let is_other = self.session_ms != Some(ms);
        self.session_ms = Some(ms);
        self.latest_ms = Some(ms);
        if self.adopt_device(device) || is_other {
            self.refresh();
        }
    }

    fn move_device(&mut self, device: &str) {
        if self.adopt_device(device) {
            self.refresh();
        }
    }

    /// Whether it is another device than before.
    fn adopt_device(&mut self, device: &str) -> bool {
        let is_other = !device.is_empty() && !self.device_of_events.is(device);
        if is_other {
            self.device_of_events = Id::new(device);
        }
        is_other
    }

    fn follows_device_alone(&self) -> bool {
        self.custom != Id::Unknown || self.device_of_events == Id::Unknown
    }

    fn refresh(&mut self) {
        let device = self.device_of_host.clone().or(self.device_of_events.clone());
        let number = self.session_ms.map_or(Id::Unknown, |ms| Id::Known(ms.to_string()));
        let now = match (device, self.custom.clone().or(number)) {
            (Id::Known(device), Id::Known(session)) => {
                ReplayId::new(&device, &session).map_or(Current::Unusable, Current::Replay)
            }
            (Id::Unusable, _) | (_, Id::Unusable) => Current::Unusable,
            _ if self.current == Current::Awaited => Current::Awaited,
            _ => Current::None,
        };
        self.current = now;
    }
}

/// One id. What cannot be one is not kept, however long it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Id {
    #[default]
    Unknown,
    Unusable,
    Known(String),
}

impl Id {
    fn new(id: &str) -> Self {
        match id {
            "" => Self::Unknown,
            _ if ReplayId::new(id, id).is_none() => Self::Unusable,
            _ => Self::Known(id.to_owned()),
        }
    }

    fn is(&self, id: &str) -> bool {
        matches!(self, Self::Known(known) if known == id)
    }

    fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: i64 = 1_700_000_000_000;
    const NEW: i64 = 1_700_000_900_000;

    fn track<'a>(name: &'a str, session_ms: i64) -> AnalyticsEvent<'a> {
        AnalyticsEvent {
            name,
            device_id: Some("phone"),
            anonymous_id: "anonymous",
            integration_session_id: Some(session_ms as f64),
            ..AnalyticsEvent::default()
        }
    }

    fn without_id() -> AnalyticsEvent<'static> {
        AnalyticsEvent { integration_session_id: None, ..track("Bought", 0) }
    }

    fn replay(sessions: &Sessions) -> String {
        match sessions.current() {
            Current::Replay(id) => format!("{}/{}", id.device_id, id.session_id),
            other => format!("{other:?}"),
        }
    }

    /// The replay after each of these events.
    fn check<const N: usize>(start: &Sessions, events: [(AnalyticsEvent<'_>, &str); N]) {
        let mut sessions = start.clone();
        for (at, (event, expected)) in events.into_iter().enumerate() {
            sessions.follow(&event);
            assert_eq!(replay(&sessions), expected, "event {at}: {event:?}");
        }
    }

    fn in_session(ms: i64) -> Sessions {
        let mut sessions = Sessions::default();
        sessions.follow(&track("Opened", ms));
        sessions
    }

    #[test]
    fn the_device_is_the_anonymous_id_where_the_system_has_none() {
        let event = |device_id| AnalyticsEvent { device_id, ..track("a", 7) };
        check(&Sessions::default(), [(event(Some("phone")), "phone/7")]);
        check(&Sessions::default(), [(event(Some("")), "anonymous/7")]);
        check(&Sessions::default(), [(event(None), "anonymous/7")]);
    }

    #[test]
    fn the_session_is_the_integration_s_or_else_the_event_s_own() {
        let event = |integration_session_id, own_session_id| AnalyticsEvent {
            integration_session_id,
            own_session_id,
            ..track("a", 0)
        };
        let cases = [
            (Some(7.0), Some(8.0), "phone/7"),
            (None, Some(8.0), "phone/8"),
            (Some(-1.0), Some(8.0), "phone/8"),
            (Some(f64::NAN), Some(8.0), "phone/8"),
            (Some(1.700_000_000_000_6e12), None, "phone/1700000000001"),
            (Some(0.0), None, "phone/0"),
            (Some(-1.0), None, "Awaited"),
            (Some(1e300), Some(f64::INFINITY), "Awaited"),
        ];
        for (integration, own, expected) in cases {
            check(&Sessions::default(), [(event(integration, own), expected)]);
        }
    }

    #[test]
    fn the_first_event_after_a_timeout_does_not_reopen_the_session_before() {
        check(
            &in_session(OLD),
            [
                (track("session_end", OLD), "phone/1700000000000"),
                (track("session_start", NEW), "phone/1700000900000"),
                (track("Opened", OLD), "phone/1700000900000"),
                (track("Opened", NEW), "phone/1700000900000"),
            ],
        );
    }

    #[test]
    fn a_lower_id_counts_only_where_a_session_starts() {
        check(
            &in_session(NEW),
            [
                (track("Opened", OLD), "phone/1700000900000"),
                (track("session_start", OLD), "phone/1700000000000"),
                (track("Opened", OLD), "phone/1700000000000"),
            ],
        );
        let screen = AnalyticsEvent { kind: EventKind::Screen, ..track("session_start", OLD) };
        check(&in_session(NEW), [(screen, "phone/1700000900000")]);
    }

    #[test]
    fn the_end_of_an_earlier_session_does_not_begin_a_replay() {
        check(
            &Sessions::default(),
            [
                (track("session_end", OLD), "Awaited"),
                (track("session_start", NEW), "phone/1700000900000"),
            ],
        );
    }

    #[test]
    fn an_event_without_an_id_changes_nothing() {
        check(&Sessions::default(), [(without_id(), "Awaited")]);
        let other = AnalyticsEvent { device_id: Some("tablet"), ..without_id() };
        check(&in_session(7), [(other, "phone/7")]);
    }

    #[test]
    fn another_device_is_another_replay() {
        let other = AnalyticsEvent { device_id: Some("tablet"), ..track("a", 7) };
        let older = AnalyticsEvent { device_id: Some("phone"), ..track("a", 6) };
        check(&in_session(7), [(other, "tablet/7"), (older, "tablet/7")]);
    }

    #[test]
    fn after_a_reset_the_next_id_begins_a_replay_even_the_same_one() {
        let mut sessions = in_session(NEW);
        sessions.reset();
        check(
            &sessions,
            [
                (without_id(), "None"),
                (track("Opened", OLD), "None"),
                (track("session_end", NEW), "None"),
                (track("Opened", NEW), "phone/1700000900000"),
            ],
        );
    }

    #[test]
    fn what_comes_before_a_reset_awaits_no_session() {
        let mut sessions = Sessions::default();
        sessions.reset();
        check(&sessions, [(without_id(), "None"), (track("Opened", 7), "phone/7")]);
    }

    #[test]
    fn the_host_may_say_everything_itself() {
        let mut sessions = Sessions::default();
        sessions.set_session_id(NO_SESSION);
        assert_eq!(replay(&sessions), "Awaited");
        sessions.set_session_id(7);
        assert_eq!(replay(&sessions), "Awaited");
        sessions.set_device_id("mine");
        assert_eq!(replay(&sessions), "mine/7");
        sessions.follow(&track("a", 8));
        assert_eq!(replay(&sessions), "mine/8");
        sessions.set_session_id(5);
        assert_eq!(replay(&sessions), "mine/5");
        sessions.set_session_id(NO_SESSION);
        assert_eq!(replay(&sessions), "None");
    }

    #[test]
    fn a_custom_id_stands_in_place_of_the_number() {
        let mut sessions = in_session(7);
        sessions.set_custom_session_id("visit:1");
        check(&sessions, [(track("a", 8), "phone/visit:1")]);
        let other = AnalyticsEvent { device_id: Some("tablet"), ..without_id() };
        check(&sessions, [(other, "tablet/visit:1")]);
        sessions.set_custom_session_id("");
        assert_eq!(replay(&sessions), "phone/7");
        let mut named = Sessions::default();
        named.set_custom_session_id("visit:1");
        check(&named, [(without_id(), "phone/visit:1")]);
    }

    #[test]
    fn ids_that_cannot_be_ones_make_no_replay() {
        let long = "a".repeat(10 << 20);
        for bad in ["a/b", "é", long.as_str()] {
            let mut sessions = in_session(7);
            sessions.set_custom_session_id(bad);
            assert_eq!(sessions.current(), &Current::Unusable);
            sessions.set_custom_session_id("");
            assert_eq!(replay(&sessions), "phone/7");
            let event = AnalyticsEvent { device_id: Some(bad), ..track("a", 8) };
            check(&sessions, [(event, "Unusable"), (track("a", 8), "phone/8")]);
        }
    }

    #[test]
    fn only_events_of_the_session_can_carry_its_replay_id() {
        let sessions = in_session(7);
        let of_kind = |kind| AnalyticsEvent { kind, ..track("a", 7) };
        let cases = [
            (of_kind(EventKind::Track), true),
            (of_kind(EventKind::Screen), true),
            (of_kind(EventKind::Identify), false),
            (of_kind(EventKind::Group), false),
            (of_kind(EventKind::Alias), false),
            (without_id(), true),
            (track("a", 6), false),
            (AnalyticsEvent { has_replay_id: true, ..track("a", 7) }, false),
        ];
        for (event, expected) in cases {
            assert_eq!(sessions.is_event_of_replay(&event), expected, "{event:?}");
        }
    }
}
