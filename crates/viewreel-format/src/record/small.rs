//! Bodies that are a name, a number or a message: from touch to gap.

use super::{diff, keyframe, state};
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::MAX_LOG_BYTES;
use crate::strings::{Interner, Strings};
use viewreel_model::record::{Body, GapReason, Lifecycle, LogLevel};

/// The numbers of the record kinds.
pub(crate) mod kind {
    pub(crate) const STATE: u8 = 1;
    pub(crate) const KEYFRAME: u8 = 2;
    pub(crate) const DIFF: u8 = 3;
    pub(crate) const TOUCH: u8 = 4;
    pub(crate) const VIEWPORT: u8 = 5;
    pub(crate) const LIFECYCLE: u8 = 6;
    pub(crate) const SCREEN: u8 = 7;
    pub(crate) const KEYBOARD: u8 = 8;
    pub(crate) const EVENT: u8 = 9;
    pub(crate) const LOG: u8 = 10;
    pub(crate) const GAP: u8 = 11;
}

/// Writes the body of a record and returns its kind.
pub(crate) fn write(out: &mut Writer, strings: &mut Interner, body: &Body) -> u8 {
    match body {
        Body::State(value) => state::write(out, strings, value),
        Body::Keyframe { state, tree } => keyframe::write(out, strings, *state, tree),
        Body::Diff(value) => diff::write(out, strings, value),
        Body::Touch(touch) => state::write_touch(out, touch),
        Body::Viewport(viewport) => state::write_viewport(out, strings, viewport),
        Body::Lifecycle(lifecycle) => out.u8(*lifecycle as u8),
        Body::Screen(name) | Body::Event(name) => strings.write(out, name),
        Body::Keyboard(keyboard) => state::write_keyboard(out, keyboard),
        Body::Log { level, message } => {
            out.u8(*level as u8);
            out.text_within(message, MAX_LOG_BYTES);
        }
        Body::Gap { reason, duration_ms } => {
            out.u8(*reason as u8);
            out.uv(*duration_ms);
        }
    }
    kind_of(body)
}

fn kind_of(body: &Body) -> u8 {
    match body {
        Body::State(_) => kind::STATE,
        Body::Keyframe { .. } => kind::KEYFRAME,
        Body::Diff(_) => kind::DIFF,
        Body::Touch(_) => kind::TOUCH,
        Body::Viewport(_) => kind::VIEWPORT,
        Body::Lifecycle(_) => kind::LIFECYCLE,
        Body::Screen(_) => kind::SCREEN,
        Body::Keyboard(_) => kind::KEYBOARD,
        Body::Event(_) => kind::EVENT,
        Body::Log { .. } => kind::LOG,
        Body::Gap { .. } => kind::GAP,
    }
}

/// Reads the body of a record of that kind; `None` where the kind is not known.
pub(crate) fn read(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    kind: u8,
) -> Result<Option<Body>, FormatError> {
    Ok(Some(match kind {
        kind::STATE => Body::State(state::read(from, strings)?),
        kind::KEYFRAME => keyframe::read(from, strings)?,
        kind::DIFF => Body::Diff(diff::read(from, strings)?),
        kind::TOUCH => Body::Touch(state::read_touch(from)?),
        kind::VIEWPORT => Body::Viewport(state::read_viewport(from, strings)?),
        kind::LIFECYCLE => Body::Lifecycle(from.code("a life-cycle state", Lifecycle::from_code)?),
        kind::SCREEN => Body::Screen(strings.read(from, "a screen name")?.to_owned()),
        kind::KEYBOARD => Body::Keyboard(state::read_keyboard(from)?),
        kind::EVENT => Body::Event(strings.read(from, "an event name")?.to_owned()),
        kind::LOG => Body::Log {
            level: from.code("a log level", LogLevel::from_code)?,
            message: from.text("a log message", MAX_LOG_BYTES)?.to_owned(),
        },
        kind::GAP => Body::Gap {
            reason: from.code("a gap reason", GapReason::from_code)?,
            duration_ms: from.uv("a gap duration")?,
        },
        _ => return Ok(None),
    }))
}
