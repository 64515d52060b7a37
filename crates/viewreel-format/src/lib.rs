//! The only room that knows stored and sent bytes.
//!
//! Version 0 of two formats, specified in `docs/formats/segment-v0.md` and
//! `docs/formats/reel-v0.md`: the *segment* (sealed, ordered, self-contained
//! records) and the *reel* (one replay: its segments and a directory). It does
//! no I/O: writers append to a `Vec<u8>`, readers take slices.
//!
//! Start reading at [`SegmentWriter`] and [`SealedSegment`]. Every reader is
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
mod error;
pub mod limits;
mod outcome;
mod record;
pub mod reel;
mod segment;
mod strings;

pub use error::{FormatError, Place};
pub use outcome::Outcome;
pub use segment::footer::Footer;
pub use segment::header::{ReplayId, SegmentHeader, format_segment_id, parse_segment_id};
pub use segment::reader::{SealedSegment, split, split_with_offsets};
pub use segment::recover::{Recovered, recover};
pub use segment::writer::SegmentWriter;
