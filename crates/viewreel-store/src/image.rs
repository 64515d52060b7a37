//! Pictures as the store takes and gives them.

use bytes::Bytes;
use viewreel_format::{DeviceId, MediaType};
use viewreel_model::ImageId;

/// Most bytes of all pictures of one device.
pub const MAX_DEVICE_IMAGE_BYTES: u64 = 64 << 20;

/// How long a picture is kept that no replay refers to, in milliseconds: 8 days,
/// one more than a phone keeps the segments that could.
pub const UNUSED_IMAGE_KEPT_MS: i64 = 8 * 24 * 60 * 60 * 1_000;

/// How long a device whose quota is used up keeps its pictures to itself, in
/// milliseconds: a day.
pub(crate) const QUOTA_PAUSE_MS: i64 = 24 * 60 * 60 * 1_000;

/// Which picture: ids of two devices say nothing of each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageKey {
    /// Whose.
    pub device: DeviceId,
    /// Given by the device.
    pub id: ImageId,
}

/// An encoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedImage {
    /// How it is encoded.
    pub media_type: MediaType,
    /// As it was sent.
    pub bytes: Bytes,
}

/// What became of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKept {
    /// Its bytes and its row are on disk.
    Stored,
    /// The same bytes were stored before.
    Duplicate,
    /// Other bytes were stored under its id; these are dropped.
    Conflict,
    /// The device has as many bytes of pictures as it may.
    OverQuota {
        /// When some may have gone, by the server's wall clock, milliseconds since
        /// 1970.
        until_ms: i64,
    },
}
