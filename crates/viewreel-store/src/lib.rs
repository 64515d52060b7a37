//! Segments in object storage and the index over them.
//!
//! [`Store`] keeps sealed segments in immutable *block* objects and a
//! relational index that says which replay each belongs to. [`Store::commit`]
//! answers only when both are durable: an intent row is written before the
//! object, the object before its rows, and the rows in one transaction. A
//! process that dies in between leaves an intent row behind, by which the next
//! start finds and deletes the orphan.
//!
//! It is not a validator (that is `viewreel-ingest`): it takes segments whose
//! bytes and [`SegmentFacts`] are known to agree. It knows no HTTP and no keys
//! but their hashes.
//!
//! Pictures are objects of their own, one for each id of a device. A replay
//! refers to those that its segments bind; a picture that no replay refers to is
//! swept some days after it came.
//!
//! [`reel()`] makes one file of a replay; [`recut`] cuts the segments that are too
//! long to be sought in quickly.
//!
//! Start reading at [`Store`], then `commit.rs` for the protocol (of
//! pictures: `images.rs`) and `index/` for all SQL.

mod blob;
mod commit;
mod date;
mod error;
#[cfg(feature = "testing")]
pub mod faulty;
mod image;
mod images;
mod index;
mod lock;
mod object;
mod pace;
pub mod recut;
mod reel;
mod replay;
mod segment;
mod store;

pub use blob::{BlobError, BlobStore, BoxFuture, LocalBlobs};
pub use error::StoreError;
pub use image::{EncodedImage, ImageKept, ImageKey, MAX_DEVICE_IMAGE_BYTES, UNUSED_IMAGE_KEPT_MS};
pub use reel::reel;
pub use replay::{ListPosition, ReplayRow, RunRow};
pub use segment::{Checksum, Committed, NewSegment, ProjectId, SegmentFacts, SegmentRow, Span};
pub use store::{Counts, Seams, Store};
