//! The same minute in other shapes.

pub(crate) mod datadog;
pub(crate) mod floor;
pub(crate) mod json;
pub(crate) mod node;
pub(crate) mod posthog;
pub(crate) mod rrweb;
pub(crate) mod video;
pub(crate) mod window;

use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

/// Bytes of a zlib stream at level 6, as zlib makes them: what the peers use.
pub(crate) fn zlib(bytes: &[u8]) -> usize {
    let mut room = vec![0; compress_bound(bytes.len())];
    let (stream, code) = compress_slice(&mut room, bytes, DeflateConfig::new(6));
    assert_eq!(code, ReturnCode::Ok, "the room is enough");
    stream.len()
}

/// By how much the head and tail of a gzip stream are longer than those of a
/// zlib stream.
const GZIP_MORE: usize = 18 - 6;

/// Bytes of a gzip stream at level 6.
pub(crate) fn gzip(bytes: &[u8]) -> usize {
    zlib(bytes) + GZIP_MORE
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
