//! An analytics client as real apps have one: Segment (Twilio)'s timeline of
//! plugins, its wait for settings, its files of events, and the two plugins that
//! matter to a replay.
//!
//! It stands where it stands in an app: everything that the app tracks passes
//! through it, in one go and on the caller's thread, and the plugins change events
//! on their way. It has no thread, no socket and no clock. The host passes the
//! time, answers the request for settings, and carries batches away.
//!
//! Start reading at [`Analytics`], then [`Plugin`] and [`Place`], then the plugins
//! [`AmplitudeSession`] and [`Viewreel`].

mod amplitude_session;
mod batch;
mod client;
mod context;
mod destination;
mod disk;
mod event;
mod plugin;
mod settings;
mod startup;
mod timeline;
mod viewreel;

pub use amplitude_session::{ACTIONS_AMPLITUDE, AmplitudeSession, SESSION_TIMEOUT_MS};
pub use batch::{Answer, Batch};
pub use client::{Analytics, Setup};
pub use context::Device;
pub use destination::{MAX_FILE_BYTES, SEGMENT_IO};
pub use disk::Disk;
pub use event::{Enrichment, Event, Object};
pub use plugin::{Pass, Place, Plugin};
pub use settings::Settings;
pub use startup::MAX_WAITING_EVENTS;
pub use timeline::Timeline;
pub use viewreel::Viewreel;
