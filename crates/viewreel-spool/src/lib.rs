//! Keeps segments on the device until they are acknowledged.
//!
//! One directory, one file per segment. The file of the segment that is being
//! written ends in `.open` and only grows; sealing appends to it and renames it
//! to `.seg`. A sealed file is byte for byte what is uploaded. Opening a spool
//! closes what a killed process left open, and trims: first what is too old, then
//! the least recently recorded replays until the rest is within [`Limits`].
//!
//! | file name | meaning |
//! |---|---|
//! | `{wall}-{run}-{seq}-{segment id}.open` | being written, or left by a killed process |
//! | `{wall}-{run}-{seq}-{segment id}.seg` | sealed, waiting for its ack |
//!
//! `wall` is the phone's wall clock at the segment's start (milliseconds, 16
//! hexadecimal digits), so that names sort by age.
//!
//! Each byte is written once, but for the end of a file that a killed process left
//! open. What has the name of a sealed file was synced before it got it, so a start
//! reads no more of it than its header.
//!
//! A disk that is full, read-only or gone is an error of the call that needed it
//! and of no other: the next segment is tried anew, and its directory is made
//! again. How much is free is for the host to say, see [`Spool::set_free_bytes`].
//!
//! Pictures wait in a folder beside the segments, see [`Pictures`].
//!
//! It knows no network, no masking and no sampling. Start reading at [`Spool`].
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]

mod entry;
mod pictures;
mod recovery;
mod spool;
mod trim;

pub use entry::{Entry, SpoolError};
pub use pictures::{MAX_PICTURE_AGE_MS, MAX_PICTURES, MAX_PICTURES_BYTES, PictureEntry, Pictures};
pub use recovery::Cutoff;
pub use spool::{OpenReport, Spool};
pub use trim::Limits;
