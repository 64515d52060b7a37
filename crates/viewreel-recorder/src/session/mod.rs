//! Which session the app is in, as its analytics client tells.
//!
//! [`Sessions`] is told the ids by the host, or reads them from the analytics
//! events that pass by, and answers which replay they make. It neither knows
//! whether that replay is recorded nor keeps an event back.

mod event;
mod sessions;

pub use event::{AnalyticsEvent, EventKind, REPLAY_ID_PROPERTY};
pub use sessions::{Current, NO_SESSION, Sessions};
