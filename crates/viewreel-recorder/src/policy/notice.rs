//! What a policy is told.

use crate::decision::Consent;
use viewreel_format::{RemoteConfig, ReplayId};

/// Something that the policy is told.
#[derive(Clone, Copy, Debug)]
pub enum Notice<'a> {
    /// The user refuses, or takes that back. This alone takes it back.
    OptOut(bool),
    /// What the user answered.
    Consent(Consent),
    /// The app pauses recording, or goes on with it.
    Disabled(bool),
    /// What the device is called; empty leaves it to the events.
    DeviceId(&'a str),
    /// Which session it is: its start in milliseconds since 1970 UTC, or
    /// [`NO_SESSION`](crate::session::NO_SESSION).
    SessionId(i64),
    /// The name that the app gives to the session; empty for none.
    CustomSessionId(&'a str),
    /// The user is another one.
    Reset,
    /// The app goes to the background, or ends.
    Background,
    /// An error was logged.
    ErrorLog,
    /// Somebody taps the same place in anger.
    RageTap,
    /// The server sent this config. Where it has none, it is the default one.
    Config(&'a RemoteConfig),
    /// The server does not know the write key.
    ConfigUnauthorized,
    /// The server does not want this replay.
    Refused(&'a ReplayId),
    /// Whether the crash guard holds recording off.
    Guarded(bool),
    /// The crash guard's mark is written: views may be read.
    Armed,
}
