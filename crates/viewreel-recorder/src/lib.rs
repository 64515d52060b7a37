//! The device's state machine: capture buffers in, sealed segments and upload
//! tasks out.
//!
//! A host gives [`Recorder`] what happens through
//! [`InputSink`](viewreel_capture::InputSink), with both clocks at every call.
//! The recorder decodes and masks each capture, asks what changed, and appends
//! records to the open segment of its spool. Then it hands out
//! [`Task`]s and is told their [`UploadResult`]s; it never opens a socket,
//! starts no thread, and reads no clock.
//!
//! Who is recorded is not the recorder's to say: a [`policy`] is told of sessions,
//! consent, configs and the like, and has the recorder do what follows.
//!
//! Tasks come one at a time and the oldest segments first, as [`Conditions`] and
//! [`UploadPolicy`] allow: several segments of 512 KB in one request while the app
//! is looked at, else one file, which the system can send as it is. Why sessions
//! have no replay is told when no segment can be sent. The id of an upload
//! task is the names of its files, so a result finds them in whatever process it
//! arrives.
//!
//! It never fails towards its host: what cannot be recorded is counted in
//! [`Counters`]. Where the disk refused for a while, or the run before was killed
//! while it recorded the same replay, the next segment begins with a gap record.
//! What was trimmed has none: a gap record stands at the end of its stretch, and
//! what was trimmed lies before segments that are kept. Holes in the seqs tell of
//! it.
//!
//! Start reading at [`embed`], which is what a host has, then at [`Recorder`], and at
//! [`policy::Handle`] for who is recorded.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]

pub mod cadence;
mod conditions;
mod config;
mod config_fetch;
mod content;
mod counters;
pub mod decision;
mod decisions;
pub mod embed;
pub mod guard;
mod journal;
pub mod keep;
mod outage;
mod outbox;
mod pace;
mod picture_uploads;
pub mod policy;
mod recorder;
pub mod ring;
pub mod sampling;
mod screen;
pub mod session;
mod target;
mod task;
mod upload;

pub use conditions::{Conditions, Network, Pause, Phase, Power, UploadPolicy};
pub use config::Config;
pub use content::{Content, MAX_SESSION_PICTURE_BYTES, PictureKey};
pub use counters::Counters;
pub use recorder::{Effort, MAX_LOG_CHARS, MAX_LOGS, Recorder};
pub use task::{
    Answer, ConfigResult, DecisionsResult, PictureResult, PictureTask, Task, UploadResult,
    UploadTask,
};
