//! Chunks: deflated, checksummed runs of records.

use crate::bytes::{Reader, Writer};
use crate::error::{FormatError, Place};
use crate::limits::{MAX_CHUNK_INFLATED_BYTES, MAX_SEGMENT_BYTES};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::{Read, Write};

pub(crate) const TAG: u8 = b'C';

/// A chunk as it lies in the stored bytes, its checksum verified.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk<'a> {
    pub(crate) inflated_len: usize,
    deflated: &'a [u8],
}

/// The bytes of a chunk that holds `records`.
pub(crate) fn write(records: &[u8]) -> Vec<u8> {
    let deflated = deflate(records);
    let mut out = Writer::default();
    out.u8(TAG);
    out.u32(records.len() as u32);
    out.u32(deflated.len() as u32);
    out.u32(crc32fast::hash(&deflated));
    out.bytes.extend_from_slice(&deflated);
    out.bytes
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail; an empty stream would be rejected by readers.
    let written = encoder.write_all(bytes);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    encoder.finish().unwrap_or_default()
}

impl<'a> Chunk<'a> {
    /// Reads what follows the tag.
    pub(crate) fn read(from: &mut Reader<'a>) -> Result<Self, FormatError> {
        let place = from.clone();
        let inflated_len = from.u32("an inflated size")? as usize;
        let deflated_len = from.u32("a deflated size")? as usize;
        if inflated_len > MAX_CHUNK_INFLATED_BYTES {
            return Err(place.over("inflated bytes in a chunk", MAX_CHUNK_INFLATED_BYTES));
        }
        if deflated_len > MAX_SEGMENT_BYTES {
            return Err(place.over("bytes in a segment", MAX_SEGMENT_BYTES));
        }
        let crc = from.u32("a chunk checksum")?;
        let deflated = from.take(deflated_len, "a whole chunk")?;
        match crc32fast::hash(deflated) == crc {
            true => Ok(Self { inflated_len, deflated }),
            false => Err(FormatError::Checksum { place: place.place(), of: "chunk" }),
        }
    }

    /// The records of chunk number `index`. Never makes more than the size
    /// that the chunk claims, and rejects a stream of any other size.
    pub(crate) fn inflate(&self, index: u32) -> Result<Vec<u8>, FormatError> {
        let place = Place { chunk: Some(index), offset: 0 };
        let error = FormatError::Expected { place, what: "a DEFLATE stream of the stated size" };
        let mut inflated = Vec::new();
        let mut decoder = flate2::read::DeflateDecoder::new(self.deflated);
        let limit = self.inflated_len as u64 + 1;
        decoder.by_ref().take(limit).read_to_end(&mut inflated).map_err(|_| error)?;
        let is_whole =
            inflated.len() == self.inflated_len && decoder.total_in() == self.deflated.len() as u64;
        if is_whole { Ok(inflated) } else { Err(error) }
    }
}
