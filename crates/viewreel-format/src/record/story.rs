//! What is told beside the picture: life cycle, screens, events, logs, gaps, health.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::MAX_LOG_BYTES;
use crate::tables::{Interner, Strings};
use viewreel_model::record::{Body, GapReason, Health, Lifecycle, LogLevel};

mod kind {
    pub(super) const LIFECYCLE: u8 = 1;
    pub(super) const SCREEN: u8 = 2;
    pub(super) const EVENT: u8 = 3;
    pub(super) const LOG: u8 = 4;
    pub(super) const GAP: u8 = 5;
    pub(super) const HEALTH: u8 = 6;
}

/// Writes the body of a record of this track and returns its kind; `None` where
/// it is of another track.
pub(crate) fn write(out: &mut Writer, strings: &mut Interner, body: &Body) -> Option<u8> {
    Some(match body {
        Body::Lifecycle(lifecycle) => {
            out.u8(*lifecycle as u8);
            kind::LIFECYCLE
        }
        Body::Screen(name) => {
            strings.write(out, name);
            kind::SCREEN
        }
        Body::Event(name) => {
            strings.write(out, name);
            kind::EVENT
        }
        Body::Log { level, message } => {
            out.u8(*level as u8);
            out.text_within(message, MAX_LOG_BYTES);
            kind::LOG
        }
        Body::Gap { reason, duration_ms } => {
            out.u8(*reason as u8);
            out.uv(*duration_ms);
            kind::GAP
        }
        Body::Health(health) => {
            write_health(out, *health);
            kind::HEALTH
        }
        _ => return None,
    })
}

/// Reads the body of a record of that kind; `None` where the kind is not known.
pub(crate) fn read(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    kind: u8,
) -> Result<Option<Body>, FormatError> {
    Ok(Some(match kind {
        kind::LIFECYCLE => Body::Lifecycle(from.code("a life-cycle state", Lifecycle::from_code)?),
        kind::SCREEN => Body::Screen(strings.read(from, "a screen name")?.to_owned()),
        kind::EVENT => Body::Event(strings.read(from, "an event name")?.to_owned()),
        kind::LOG => Body::Log {
            level: from.code("a log level", LogLevel::from_code)?,
            message: from.text("a log message", MAX_LOG_BYTES)?.to_owned(),
        },
        kind::GAP => Body::Gap {
            reason: from.code("a gap reason", GapReason::from_code)?,
            duration_ms: from.uv("a gap duration")?,
        },
        kind::HEALTH => Body::Health(read_health(from)?),
        _ => return Ok(None),
    }))
}

fn write_health(out: &mut Writer, health: Health) {
    let Health { captured, cut, masked, busy_ms } = health;
    let counts = [captured, cut, masked, busy_ms];
    counts.into_iter().for_each(|count| out.uv(u64::from(count)));
}

fn read_health(from: &mut Reader<'_>) -> Result<Health, FormatError> {
    Ok(Health {
        captured: from.uv32("a number of captures")?,
        cut: from.uv32("a number of captures")?,
        masked: from.uv32("a number of nodes")?,
        busy_ms: from.uv32("a time")?,
    })
}
