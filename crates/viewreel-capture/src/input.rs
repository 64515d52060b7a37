//! What a host tells the recorder.

use viewreel_model::CaptureId;
use viewreel_model::record::{GapReason, Keyboard, Lifecycle, LogLevel, Touch};
use viewreel_model::viewport::Viewport;
use viewreel_seams::Now;

use crate::CaptureBuffer;

/// One thing a host tells the recorder. Importers and the virtual phone speak
/// it too, so that every replay comes through the same door.
#[derive(Debug)]
pub enum Input<'a> {
    /// The views on all screens, as they are now.
    Capture(&'a CaptureBuffer),
    /// A finger, in points of the screen, not masked yet.
    Touch {
        /// The view that the platform says it is on; where it does not say more, the
        /// root of a window. Of a finger on a view that is in no capture nothing is
        /// recorded.
        view: CaptureId,
        /// Where it is.
        touch: Touch,
    },
    /// A screen appeared, turned, was resized or restyled.
    Viewport(Viewport),
    /// The app came or went.
    Lifecycle(Lifecycle),
    /// The name of the screen that is shown now, as a screen event gives it.
    Screen(&'a str),
    /// What the platform calls that screen, such as the title of its view controller.
    /// It is text of the screen, which the level conservative does not keep.
    ScreenTitle(&'a str),
    /// The software keyboard came, went or changed its frame.
    Keyboard(Keyboard),
    /// The name of an analytics event.
    Event(&'a str),
    /// A log line.
    Log {
        /// How serious.
        level: LogLevel,
        /// What it says.
        message: &'a str,
    },
    /// Nothing could be captured for a while that ends now.
    Gap {
        /// Why.
        reason: GapReason,
        /// How long, in milliseconds.
        duration_ms: u64,
    },
}

/// Who listens to a host.
pub trait InputSink {
    /// Takes one input at the instant `now`. It never fails towards the host:
    /// what cannot be recorded is counted by the sink.
    fn input(&mut self, now: Now, input: Input<'_>);
}
