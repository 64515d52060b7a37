//! What a decision is made of.

use super::targeting::Verdict;
use viewreel_format::Subject;

/// Whether the user agreed to be recorded, as the app says at every start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Yes, or nobody has to be asked.
    #[default]
    Granted,
    /// No.
    Denied,
    /// The user has not answered yet.
    Pending,
}

/// What is known of the config record of the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConfigState {
    /// The app does not ask for one.
    #[default]
    Unused,
    /// None ever came, neither to this process nor to one before.
    Missing,
    /// There is one, or the server said that it has none.
    Loaded,
    /// The server does not know the write key.
    Unauthorized,
}

/// Whether the session is in the sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// It takes a session to say.
    #[default]
    Undecided,
    /// It is.
    In,
    /// It is not.
    Out,
}

/// What is known of the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionState {
    /// No id of this process yet.
    #[default]
    Awaited,
    /// There is none.
    None,
    /// Its ids make no replay id.
    Unusable,
    /// It has a replay id.
    Known,
}

/// What a decision is made of. By default nothing stands against recording but
/// that no session is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whether the user refused.
    pub is_opted_out: bool,
    /// Whether it cannot be read what the user said to an earlier process.
    pub is_memory_unreadable: bool,
    /// Whether the user agreed.
    pub consent: Consent,
    /// Whether the crash guard holds recording off.
    pub is_guarded: bool,
    /// Whether the app paused recording.
    pub is_disabled: bool,
    /// Whether a config is there.
    pub config: ConfigState,
    /// Whether the config wants data in another zone.
    pub is_other_zone: bool,
    /// Whether the config switches recording off.
    pub is_capture_off: bool,
    /// What the config switches off by its version, if anything.
    pub off: Option<Subject>,
    /// What is known of the session.
    pub session: SessionState,
    /// Whether the server does not want the replay of this session.
    pub is_refused: bool,
    /// Whether the session is in the sample.
    pub sampling: Sampling,
    /// What the targeting rules say.
    pub targeting: Verdict,
    /// Whether something happened that is worth looking back for.
    pub is_triggered: bool,
}
