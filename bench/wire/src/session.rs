//! A session: everything that a host told, kept so that it can be told again.

use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_model::Size;
use viewreel_model::record::{GapReason, Keyboard, Lifecycle, LogLevel, Touch};
use viewreel_model::viewport::Viewport;
use viewreel_seams::Now;

/// The wall clock at the start of every session, milliseconds since 1970 UTC.
pub(crate) const START_WALL_MS: i64 = 1_764_158_400_000;

/// The instant at which every session starts.
pub(crate) const START: Now = Now { mono_ms: 0, wall_ms: START_WALL_MS };

/// An [`Input`] that owns what it says.
pub(crate) enum Said {
    Capture(CaptureBuffer),
    Touch(Touch),
    Viewport(Viewport),
    Lifecycle(Lifecycle),
    Screen(String),
    Keyboard(Keyboard),
    Event(String),
    Log(LogLevel, String),
    Gap(GapReason, u64),
}

/// Inputs with their times, in milliseconds since the session's start.
#[derive(Default)]
pub(crate) struct Session {
    pub(crate) said: Vec<(u64, Said)>,
    /// From the first input to the last moment, in milliseconds.
    pub(crate) length_ms: u64,
}

impl Session {
    /// How many minutes it lasts.
    pub(crate) fn minutes(&self) -> f64 {
        self.length_ms as f64 / 60_000.0
    }

    /// The size of the screen, in points, as the host told it.
    pub(crate) fn screen(&self) -> Size {
        let size = self.said.iter().find_map(|(_, said)| match said {
            Said::Viewport(viewport) => Some(viewport.size),
            _ => None,
        });
        size.unwrap_or_default()
    }
}

impl Said {
    pub(crate) fn as_input(&self) -> Input<'_> {
        match self {
            Self::Capture(buffer) => Input::Capture(buffer),
            Self::Touch(touch) => Input::Touch(*touch),
            Self::Viewport(viewport) => Input::Viewport(viewport.clone()),
            Self::Lifecycle(lifecycle) => Input::Lifecycle(*lifecycle),
            Self::Screen(name) => Input::Screen(name),
            Self::Keyboard(keyboard) => Input::Keyboard(*keyboard),
            Self::Event(name) => Input::Event(name),
            Self::Log(level, message) => Input::Log { level: *level, message },
            Self::Gap(reason, ms) => Input::Gap { reason: *reason, duration_ms: *ms },
        }
    }

    fn from_input(input: Input<'_>) -> Self {
        match input {
            Input::Capture(buffer) => Self::Capture(buffer.clone()),
            Input::Touch(touch) => Self::Touch(touch),
            Input::Viewport(viewport) => Self::Viewport(viewport),
            Input::Lifecycle(lifecycle) => Self::Lifecycle(lifecycle),
            Input::Screen(name) => Self::Screen(name.to_owned()),
            Input::Keyboard(keyboard) => Self::Keyboard(keyboard),
            Input::Event(name) => Self::Event(name.to_owned()),
            Input::Log { level, message } => Self::Log(level, message.to_owned()),
            Input::Gap { reason, duration_ms } => Self::Gap(reason, duration_ms),
        }
    }
}

impl InputSink for Session {
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.length_ms = self.length_ms.max(now.mono_ms);
        self.said.push((now.mono_ms, Said::from_input(input)));
    }
}
