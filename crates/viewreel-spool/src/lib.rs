//! Keeps segments on the device until they are acknowledged.
//!
//! One directory, one file per segment. The file of the segment that is being
//! written ends in `.open` and only grows; sealing appends to it and renames it
//! to `.seg`. A sealed file is byte for byte what is uploaded. Opening a spool
//! closes what a killed process left open, and trims.
//!
//! | file name | meaning |
//! |---|---|
//! | `{wall}-{run}-{seq}-{segment id}.open` | being written, or left by a killed process |
//! | `{wall}-{run}-{seq}-{segment id}.seg` | sealed, waiting for its ack |
//!
//! `wall` is the phone's wall clock at the segment's start (milliseconds, 16
//! hexadecimal digits), so that names sort by age.
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
mod recovery;
mod spool;
mod trim;

pub use entry::{Entry, SpoolError};
pub use spool::{OpenReport, Spool};
pub use trim::Limits;
