//! The timestamped entries of a replay.

use crate::diff::Diff;
use crate::geometry::{Point, Rect};
use crate::id::StateId;
use crate::image::ImageBinding;
use crate::limits::{MAX_OPEN_TOUCHES, MAX_VIEWPORTS};
use crate::mask::MaskLevel;
use crate::snapshot::Snapshot;
use crate::viewport::Viewport;

/// Where the app stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Lifecycle {
    #[default]
    Active = 0,
    Inactive = 1,
    Background = 2,
    Terminating = 3,
}

impl Lifecycle {
    /// The life-cycle state of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Active),
            1 => Some(Self::Inactive),
            2 => Some(Self::Background),
            3 => Some(Self::Terminating),
            _ => None,
        }
    }
}

/// What a finger does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum TouchPhase {
    #[default]
    Down = 0,
    Move = 1,
    Up = 2,
    Cancel = 3,
}

impl TouchPhase {
    /// The phase of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Down),
            1 => Some(Self::Move),
            2 => Some(Self::Up),
            3 => Some(Self::Cancel),
            _ => None,
        }
    }
}

/// One sample of one finger.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Touch {
    /// Which finger; reused after it was lifted.
    pub pointer: u32,
    /// What it does.
    pub phase: TouchPhase,
    /// In points of the screen. Over something masked it is the middle of that
    /// thing, so that a finger on a keyboard tells nothing.
    pub at: Point,
    /// Whether `at` was replaced that way.
    pub is_masked: bool,
}

/// How serious a log line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum LogLevel {
    #[default]
    Log = 0,
    Warn = 1,
    Error = 2,
}

impl LogLevel {
    /// The level of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Log),
            1 => Some(Self::Warn),
            2 => Some(Self::Error),
            _ => None,
        }
    }
}

/// How recording went since the health record before it. It counts what is in the
/// replay: a capture that said nothing new is in no count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Captures that are recorded.
    pub captured: u32,
    /// Recorded captures that came to the cap of their time.
    pub cut: u32,
    /// Masked and replaced nodes that are on the screen now.
    pub masked: u32,
    /// Time of the main thread that the recorded captures took, in milliseconds.
    pub busy_ms: u32,
}

/// Why nothing was recorded for a while.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum GapReason {
    /// The app paused recording.
    #[default]
    Disabled = 0,
    /// The app was in the background.
    Background = 1,
    /// Segments were trimmed or discarded on purpose.
    Discarded = 2,
    /// Captures failed or were over their budget.
    CaptureFailed = 3,
    /// The screen was blocked.
    Blocked = 4,
}

impl GapReason {
    /// The reason of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Disabled),
            1 => Some(Self::Background),
            2 => Some(Self::Discarded),
            3 => Some(Self::CaptureFailed),
            4 => Some(Self::Blocked),
            _ => None,
        }
    }
}

/// What is known of the app and the device. Empty strings are "unknown".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ReplayMeta {
    /// As the analytics client knows the user.
    pub user_id: String,
    pub app_name: String,
    pub app_version: String,
    pub os_name: String,
    pub os_version: String,
    /// Such as `iPhone16,1`.
    pub device_model: String,
    /// BCP 47, such as `en-GB`.
    pub locale: String,
    /// Recorder name and version.
    pub sdk: String,
}

/// The software keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Keyboard {
    /// Whether it is up.
    pub is_visible: bool,
    /// In points of the screen.
    pub frame: Rect,
}

/// Everything that a reader must know at the start of a segment beside the
/// tree, so that no earlier segment is needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The level in force.
    pub mask_level: MaskLevel,
    /// The screens of all scenes, the main one first.
    pub viewports: Vec<Viewport>,
    /// Name of the screen; empty before the first one is known.
    pub screen: String,
    /// Where the app stands.
    pub lifecycle: Lifecycle,
    /// The keyboard.
    pub keyboard: Keyboard,
    /// Fingers that are down.
    pub open_touches: Vec<Touch>,
    /// App and device.
    pub meta: ReplayMeta,
}

impl State {
    /// Follows one record: what a state record of the instant after it says.
    /// Bounded like one: at most [`MAX_VIEWPORTS`] screens and
    /// [`MAX_OPEN_TOUCHES`] fingers are known, whatever the records say.
    pub fn follow(&mut self, body: &Body) {
        match body {
            Body::State(state) => *self = state.clone(),
            Body::Touch(touch) => self.follow_touch(*touch),
            Body::Viewport(viewport) => self.follow_viewport(viewport),
            Body::Lifecycle(lifecycle) => self.lifecycle = *lifecycle,
            Body::Screen(name) => self.screen.clone_from(name),
            Body::Keyboard(keyboard) => self.keyboard = *keyboard,
            Body::Keyframe { .. }
            | Body::Diff(_)
            | Body::Image(_)
            | Body::Event(_)
            | Body::Log { .. }
            | Body::Gap { .. }
            | Body::Health(_) => {}
        }
    }

    fn follow_touch(&mut self, touch: Touch) {
        self.open_touches.retain(|open| open.pointer != touch.pointer);
        let is_down = matches!(touch.phase, TouchPhase::Down | TouchPhase::Move);
        if is_down && self.open_touches.len() < MAX_OPEN_TOUCHES {
            self.open_touches.push(touch);
        }
    }

    /// A screen that is known keeps its place: the main one stays first.
    fn follow_viewport(&mut self, viewport: &Viewport) {
        let has_room = self.viewports.len() < MAX_VIEWPORTS;
        match self.viewports.iter_mut().find(|known| known.scene == viewport.scene) {
            Some(known) => known.clone_from(viewport),
            None if !has_room => {}
            None => self.viewports.push(viewport.clone()),
        }
    }
}

/// What one entry says. Its time stands beside it, in [`Record`].
#[derive(Clone, Debug)]
pub enum Body {
    /// Everything beside the tree; the first record of every segment.
    State(State),
    /// The whole tree.
    Keyframe {
        /// The state that it is.
        state: StateId,
        /// The tree.
        tree: Snapshot,
    },
    /// A change of the tree.
    Diff(Diff),
    /// Which picture a handle stands for.
    Image(ImageBinding),
    /// A finger.
    Touch(Touch),
    /// A screen turned, resized or restyled.
    Viewport(Viewport),
    /// The app came or went.
    Lifecycle(Lifecycle),
    /// Another screen of the app.
    Screen(String),
    /// The keyboard came, went or changed.
    Keyboard(Keyboard),
    /// The name of an analytics event.
    Event(String),
    /// A log line.
    Log {
        /// How serious.
        level: LogLevel,
        /// What it says.
        message: String,
    },
    /// A recorded absence that ends at the record's time.
    Gap {
        /// Why.
        reason: GapReason,
        /// How long, in milliseconds.
        duration_ms: u64,
    },
    /// How recording went.
    Health(Health),
}

/// One timestamped entry of a replay.
#[derive(Clone, Debug)]
pub struct Record {
    /// Milliseconds since the start of the run, on a monotonic clock.
    pub time_ms: u64,
    /// What happened.
    pub body: Body,
}
