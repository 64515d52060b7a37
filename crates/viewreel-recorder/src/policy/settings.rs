//! What the app asks for.

use crate::decision::Consent;
use crate::sampling::SampleRate;
use viewreel_format::{LogThreshold, Quality, ServerZone, Subject};
use viewreel_model::MaskLevel;

/// What the app asks for. The config of the server may ask for something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The part of all sessions that is recorded; none by default.
    pub sample_rate: SampleRate,
    /// How much is masked.
    pub mask_level: MaskLevel,
    /// Whether the config may unmask single views.
    pub allows_remote_unmasking: bool,
    /// How often and how finely is captured.
    pub quality: Quality,
    /// Which log lines are recorded.
    pub logs: LogThreshold,
    /// Whether segments may be sent over networks that cost money.
    pub uploads_metered: bool,
    /// A session that ends before is not sent; in milliseconds. Where the process is
    /// killed before, nobody knows how long it would have been, and it is.
    pub min_duration_ms: u32,
    /// Where the recorder sends data.
    pub zone: ServerZone,
    /// Whether the server is asked for a config. Nothing is recorded then until
    /// one came, to this process or to one before.
    pub uses_remote_config: bool,
    /// Whether the user refused. `true` refuses for good; `false`, being what an
    /// initializer has where nobody thought of it, takes nothing back.
    pub is_opted_out: bool,
    /// Whether the user agreed.
    pub consent: Consent,
    /// Whether nothing is recorded until the app says so.
    pub starts_disabled: bool,
    /// Versions that the config may switch off.
    pub versions: Versions,
    /// What is worth looking back for.
    pub look_back: LookBack,
    /// Whether the server is told why a session has no replay.
    pub reports_decisions: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sample_rate: SampleRate::default(),
            mask_level: MaskLevel::default(),
            allows_remote_unmasking: false,
            quality: Quality::High,
            logs: LogThreshold::All,
            uploads_metered: true,
            min_duration_ms: 0,
            zone: ServerZone::Us,
            uses_remote_config: true,
            is_opted_out: false,
            consent: Consent::default(),
            starts_disabled: false,
            versions: Versions::default(),
            look_back: LookBack::default(),
            reports_decisions: true,
        }
    }
}

/// The versions of what runs, as texts that begin with numbers and dots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Of the recorder.
    pub sdk: String,
    /// Of the operating system.
    pub os: String,
    /// Of the app.
    pub app: String,
}

impl Versions {
    pub(super) fn of(&self, subject: Subject) -> &str {
        match subject {
            Subject::Sdk => &self.sdk,
            Subject::Os => &self.os,
            Subject::App => &self.app,
        }
    }
}

/// What is worth recording a session that would not be, together with what came
/// before. A targeting rule that holds is always worth it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookBack {
    /// How far back, in milliseconds; 0, the default, does not look back, and
    /// more than [`LookBack::MAX_MS`] is as much.
    pub ms: u64,
    /// An error that is logged.
    pub on_error_log: bool,
    /// A rage tap.
    pub on_rage_tap: bool,
    /// An event with one of these names.
    pub on_events: Vec<String>,
}

impl LookBack {
    /// The farthest that can be looked back, in milliseconds.
    pub const MAX_MS: u64 = 60_000;

    pub(super) fn held_ms(&self) -> u64 {
        self.ms.min(Self::MAX_MS)
    }
}
