//! Everything that is measured of one session.

use crate::moments::Moments;
use crate::parts::parts;
use crate::peers::floor::Lines;
use crate::peers::rrweb::{Recorded, Script};
use crate::peers::video::Subject;
use crate::peers::{Weight, datadog, posthog};
use crate::session::Session;
use crate::viewreel::{Recording, time_per_change};
use serde_json::Value;
use std::time::{Duration, Instant};
use viewreel_model::Size;

/// A peer's usual time between uploads, and a long one, in milliseconds.
pub(crate) const UPLOAD_MS: u64 = 2_000;
pub(crate) const LONG_UPLOAD_MS: u64 = 10_000;

/// What one session weighs in every shape.
pub(crate) struct Measured {
    pub(crate) name: String,
    /// Whether it is one of this benchmark's own scenarios.
    pub(crate) is_scenario: bool,
    pub(crate) minutes: f64,
    pub(crate) captures: usize,
    pub(crate) changed: usize,
    pub(crate) nodes: usize,
    pub(crate) viewreel: usize,
    pub(crate) segments: usize,
    /// Stored bytes by what they are for, with the name of each part.
    pub(crate) parts: [(&'static str, f64); 6],
    pub(crate) datadog: Weight,
    pub(crate) datadog_long: Weight,
    /// Filled in where Chromium is there.
    pub(crate) rrweb: Option<Recorded>,
    pub(crate) posthog: Weight,
    pub(crate) floor: Weight,
    pub(crate) cut_floor: Weight,
    /// Bytes of a video; filled in where ffmpeg is there.
    pub(crate) video: Option<usize>,
    pub(crate) time: Duration,
    pub(crate) datadog_time: Duration,
    /// For the page that rrweb records.
    pub(crate) script: Value,
    /// For the player that is filmed.
    pub(crate) subject: Option<Subject>,
}

impl Measured {
    /// Measures a session.
    pub(crate) fn of(name: &str, is_scenario: bool, session: &Session) -> Self {
        let (moments, screen) = (Moments::of(session), session.screen());
        let recording = Recording::of(session);
        let datadog = datadog::Recording::of(&moments, screen);
        let lines = Lines::of(&moments);
        let changed_ms = moments.trees().map(|(at_ms, _)| at_ms).collect();
        Self {
            name: name.to_owned(),
            is_scenario,
            minutes: session.minutes(),
            captures: moments.captures,
            changed: moments.trees().count(),
            nodes: moments.mean_nodes(),
            viewreel: recording.bytes(),
            segments: recording.segments.len(),
            parts: parts(&recording.segments),
            datadog: datadog.weight(UPLOAD_MS),
            datadog_long: datadog.weight(LONG_UPLOAD_MS),
            rrweb: None,
            posthog: posthog::weight(&moments, screen),
            floor: lines.whole(),
            cut_floor: lines.cut(&recording.starts_ms()),
            video: None,
            time: time_per_change(session, &changed_ms, ROUNDS),
            datadog_time: datadog_time(&moments, screen),
            script: Script::of(name, &moments, screen),
            subject: Some(Subject {
                name: name.to_owned(),
                screen,
                length_ms: session.length_ms,
                segments: recording.segments,
            }),
        }
    }

    /// Bytes of a minute.
    pub(crate) fn per_minute(&self, bytes: usize) -> f64 {
        bytes as f64 / self.minutes
    }
}

/// Times are the best of so many rounds.
pub(crate) const ROUNDS: usize = 5;

/// Time of a changed capture in the other shape, from the masked tree to
/// compressed bytes.
#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn datadog_time(moments: &Moments, screen: Size) -> Duration {
    let round = |_| {
        let start = Instant::now();
        std::hint::black_box(datadog::Recording::of(moments, screen).weight(UPLOAD_MS));
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default() / moments.trees().count().max(1) as u32
}
