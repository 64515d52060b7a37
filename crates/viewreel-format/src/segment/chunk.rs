//! Chunks: deflated, checksummed runs of records.

use crate::bytes::{Reader, Writer};
use crate::error::{FormatError, Place};
use crate::limits::{MAX_CHUNK_INFLATED_BYTES, MAX_SEGMENT_BYTES};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};
use std::io::Write;

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
        let start = from.place();
        let deflated = from.take(deflated_len, "a whole chunk")?;
        match crc32fast::hash(deflated) == crc {
            true => Ok(Self { inflated_len, deflated }),
            false => Err(FormatError::Checksum { place: start, of: "chunk" }),
        }
    }
}

/// Fewest bytes that are made room for at once.
const STEP_BYTES: usize = 4_096;

/// Inflates one chunk after the other and keeps its tables and memory, so that
/// many small chunks cost little more than their bytes.
#[derive(Debug)]
pub(crate) struct Inflater {
    stream: Decompress,
    records: Vec<u8>,
}

impl Default for Inflater {
    fn default() -> Self {
        Self { stream: Decompress::new(false), records: Vec::new() }
    }
}

impl Inflater {
    /// The records of the chunk that was inflated last.
    pub(crate) fn records(&self) -> &[u8] {
        &self.records
    }

    /// Inflates chunk number `index`. Makes room as bytes come, stops soon
    /// after the size that the chunk claims, and rejects a stream of any other
    /// size or without an end.
    pub(crate) fn inflate(&mut self, chunk: &Chunk<'_>, index: u32) -> Result<(), FormatError> {
        let place = Place { chunk: Some(index), offset: 0 };
        self.stream.reset(false);
        self.records.clear();
        match self.run(chunk) {
            Some(()) => Ok(()),
            None => {
                Err(FormatError::Expected { place, what: "a DEFLATE stream of the stated size" })
            }
        }
    }

    fn run(&mut self, chunk: &Chunk<'_>) -> Option<()> {
        let mut status = Status::Ok;
        while status != Status::StreamEnd {
            let before = (self.stream.total_in(), self.records.len());
            let rest = chunk.deflated.get(usize::try_from(before.0).ok()?..)?;
            self.records.reserve(STEP_BYTES);
            let flush = FlushDecompress::None;
            status = self.stream.decompress_vec(rest, &mut self.records, flush).ok()?;
            let is_stuck = before == (self.stream.total_in(), self.records.len());
            if self.records.len() > chunk.inflated_len || is_stuck && status != Status::StreamEnd {
                return None;
            }
        }
        let is_whole = self.records.len() == chunk.inflated_len
            && self.stream.total_in() == chunk.deflated.len() as u64;
        is_whole.then_some(())
    }
}
