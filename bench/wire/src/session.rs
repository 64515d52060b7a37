//! A session: everything that a host told, kept so that it can be told again.

use viewreel_capture::{Input, InputSink, Said};
use viewreel_model::Size;
use viewreel_seams::Now;

/// The wall clock at the start of every session, milliseconds since 1970 UTC.
pub(crate) const START_WALL_MS: i64 = 1_764_158_400_000;

/// The instant at which every session starts.
pub(crate) const START: Now = Now { mono_ms: 0, wall_ms: START_WALL_MS };

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

impl InputSink for Session {
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.length_ms = self.length_ms.max(now.mono_ms);
        self.said.push((now.mono_ms, Said::from(input)));
    }
}
