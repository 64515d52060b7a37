//! The reel: one replay as one file, its segments and a manifest.
//!
//! [`write()`] puts sealed segments into playing order and copies them as they
//! are; [`ReelWriter`] does it piece by piece for whoever has them in order.
//! [`Reel`] reads a whole file, damaged or not. Who reads ranges only begins with
//! [`Trailer::parse`] of the last bytes, goes on with [`Manifest::parse`], and
//! finds the one segment to fetch with [`Manifest::find`].

mod activity;
mod column;
mod index;
mod list;
mod manifest;
mod order;
mod pages;
mod pieces;
mod placer;
mod reader;
mod runs;
mod scan;
mod screens;
mod summary;
mod trailer;
mod writer;

pub use activity::Activity;
pub use list::{SegmentEntry, SegmentFlags, SegmentList};
pub use manifest::{Listing, Manifest};
pub use order::order;
pub use pages::PageEntry;
pub use reader::Reel;
pub use runs::RunAnchor;
pub use screens::{ScreenChange, Screens};
pub use trailer::Trailer;
pub use writer::{Cut, ReelWriter, write};

const MAGIC: &[u8; 4] = b"VRRL";
const VERSION: u16 = 1;

/// Bytes of the header of this version.
pub const HEADER_BYTES: usize = 8;

/// Bytes in which offsets and lengths of segments are counted.
pub const UNIT_BYTES: u64 = 256;

/// Milliseconds in which starts of segments are counted: two pictures of a
/// screen.
pub const TICK_MS: u64 = 32;

/// Ticks in which rests at the end of segments are counted.
const LONG_TICKS: u64 = 32;

/// Whether bytes begin like a reel.
#[must_use]
pub fn is_reel(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}
