//! The only room that knows stored and sent bytes.
//!
//! Version 1 of its formats, specified in `docs/formats/segment-v1.md`,
//! `docs/formats/reel-v1.md`, `docs/formats/config-v1.md` and
//! `docs/formats/decisions-v1.md`: the *segment* (sealed, ordered, self-contained
//! records), the *reel* (one replay: its segments and a manifest), the *config
//! record* (what a server asks of recorders) and *decision records* (why sessions
//! have no replay). A [`PictureHead`] is what the first bytes of a
//! picture say. A [`GuardNote`] never leaves its device. It does no I/O: writers
//! append to a `Vec<u8>`, readers take slices.
//!
//! Start reading at [`SegmentWriter`] and [`SealedSegment`], then [`reel`]. Every reader is
//! bounded by the constants of [`limits`] and never allocates for a count
//! before the bytes for it are there; every error says where it was and what
//! was expected there.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]

mod bytes;
mod config;
mod decision;
mod error;
mod guard;
mod hex;
pub mod limits;
mod outcome;
mod picture;
mod record;
pub mod reel;
mod segment;
mod tables;

pub use config::{
    LogThreshold, Override, Quality, RemoteConfig, ServerZone, Step, Subject, SwitchOff,
    TargetingRule, Version,
};
pub use decision::{DecisionReason, DecisionRecord};
pub use error::{FormatError, Place};
pub use guard::GuardNote;
pub use hex::{format_image_id, format_segment_id, parse_image_id, parse_segment_id};
pub use outcome::Outcome;
pub use picture::{MediaType, PictureError, PictureHead};
pub use segment::footer::Footer;
pub use segment::header::{DeviceId, ReplayId, SegmentHeader};
pub use segment::readdress::readdress;
pub use segment::reader::{Records, SealedSegment};
pub use segment::recover::{Recovered, recover};
pub use segment::split::{split, split_with_offsets};
pub use segment::track::{Track, TrackRecords};
pub use segment::weight::Weight;
pub use segment::writer::SegmentWriter;
