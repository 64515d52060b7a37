//! The same minute in other shapes.

pub(crate) mod datadog;
pub(crate) mod floor;
pub(crate) mod json;
pub(crate) mod node;
pub(crate) mod posthog;
pub(crate) mod rrweb;
pub(crate) mod video;
pub(crate) mod window;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use std::io::Write;

/// The level that the peers use.
const LEVEL: Compression = Compression::new(6);

/// Bytes of a zlib stream at level 6.
pub(crate) fn zlib(bytes: &[u8]) -> usize {
    let mut encoder = ZlibEncoder::new(Vec::new(), LEVEL);
    encoder.write_all(bytes).expect("memory takes all bytes");
    encoder.finish().expect("memory takes all bytes").len()
}

/// Bytes of a gzip stream at level 6.
pub(crate) fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), LEVEL);
    encoder.write_all(bytes).expect("memory takes all bytes");
    encoder.finish().expect("memory takes all bytes").len()
}

/// What a session weighs in one shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    /// Before compression.
    pub(crate) raw_bytes: usize,
    /// As uploaded.
    pub(crate) bytes: usize,
    /// How many uploads.
    pub(crate) uploads: usize,
}

impl Weight {
    /// Adds one upload.
    pub(crate) fn add(&mut self, raw_bytes: usize, bytes: usize) {
        self.raw_bytes += raw_bytes;
        self.bytes += bytes;
        self.uploads += 1;
    }
}
