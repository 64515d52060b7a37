//! What a host told, kept.

use viewreel_model::CaptureId;
use viewreel_model::record::{GapReason, Keyboard, Lifecycle, LogLevel, Touch};
use viewreel_model::viewport::Viewport;

use crate::{CaptureBuffer, Input};

/// An [`Input`] that owns what it says.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "as `Input`")]
pub enum Said {
    Capture(CaptureBuffer),
    Touch { view: CaptureId, touch: Touch },
    Viewport(Viewport),
    Lifecycle(Lifecycle),
    Screen(String),
    ScreenTitle(String),
    Keyboard(Keyboard),
    Event(String),
    Log { level: LogLevel, message: String },
    Gap { reason: GapReason, duration_ms: u64 },
}

impl Said {
    /// The input, to be told again.
    #[must_use]
    pub fn as_input(&self) -> Input<'_> {
        match self {
            Self::Capture(buffer) => Input::Capture(buffer),
            Self::Touch { view, touch } => Input::Touch { view: *view, touch: *touch },
            Self::Viewport(viewport) => Input::Viewport(viewport.clone()),
            Self::Lifecycle(lifecycle) => Input::Lifecycle(*lifecycle),
            Self::Screen(name) => Input::Screen(name),
            Self::ScreenTitle(title) => Input::ScreenTitle(title),
            Self::Keyboard(keyboard) => Input::Keyboard(*keyboard),
            Self::Event(name) => Input::Event(name),
            Self::Log { level, message } => Input::Log { level: *level, message },
            Self::Gap { reason, duration_ms } => {
                Input::Gap { reason: *reason, duration_ms: *duration_ms }
            }
        }
    }
}

impl From<Input<'_>> for Said {
    fn from(input: Input<'_>) -> Self {
        match input {
            Input::Capture(buffer) => Self::Capture(buffer.clone()),
            Input::Touch { view, touch } => Self::Touch { view, touch },
            Input::Viewport(viewport) => Self::Viewport(viewport),
            Input::Lifecycle(lifecycle) => Self::Lifecycle(lifecycle),
            Input::Screen(name) => Self::Screen(name.to_owned()),
            Input::ScreenTitle(title) => Self::ScreenTitle(title.to_owned()),
            Input::Keyboard(keyboard) => Self::Keyboard(keyboard),
            Input::Event(name) => Self::Event(name.to_owned()),
            Input::Log { level, message } => Self::Log { level, message: message.to_owned() },
            Input::Gap { reason, duration_ms } => Self::Gap { reason, duration_ms },
        }
    }
}
