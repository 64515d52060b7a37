//! Bytes that are deflated as one stream, block by block.

use super::column;
use crate::bytes::{Reader, Writer};
use crate::error::{FormatError, Place};
use crate::limits::{MAX_MANIFEST_BYTES, MAX_MANIFEST_INFLATED_BYTES};
use crate::segment::deflate::{Deflater, FINAL_BLOCK, FLUSH_TAIL};
use flate2::{Decompress, FlushDecompress, Status};

/// Shorter pieces share a block with the next one.
const MIN_BLOCK_BYTES: usize = 128;

/// Bytes to be deflated, cut where what follows is of another kind.
#[derive(Debug, Default)]
pub(crate) struct Pieces(Vec<Vec<u8>>);

impl Pieces {
    /// Adds what `write` writes, as one piece.
    pub(crate) fn add(&mut self, write: impl FnOnce(&mut Writer)) {
        let mut out = Writer::default();
        write(&mut out);
        self.0.push(out.bytes);
    }

    pub(crate) fn column(&mut self, values: &[u64]) {
        self.0.extend(column::write(values));
    }

    pub(crate) fn section(&mut self, kind: u8, body: Self) {
        self.add(|out| {
            out.u8(kind);
            out.count(body.len());
        });
        self.0.extend(body.0);
    }

    fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The size of the bytes and their stream.
    pub(crate) fn deflate(self) -> Vec<u8> {
        let mut out = Writer::default();
        out.count(self.len());
        let mut deflater = Deflater::default();
        for block in self.blocks() {
            deflater.deflate(&block, &mut out.bytes);
            out.bytes.extend_from_slice(&FLUSH_TAIL);
        }
        out.bytes.extend_from_slice(&FINAL_BLOCK);
        out.bytes
    }

    fn blocks(self) -> Vec<Vec<u8>> {
        let mut blocks: Vec<Vec<u8>> = Vec::new();
        for piece in self.0 {
            match blocks.last_mut().filter(|block| block.len() < MIN_BLOCK_BYTES) {
                Some(block) => block.extend(piece),
                None => blocks.push(piece),
            }
        }
        blocks.retain(|block| !block.is_empty());
        blocks
    }
}

/// Inflates what [`Pieces::deflate`] gave. `stored` lies at `offset` of the file.
pub(crate) fn inflate(stored: &[u8], offset: usize) -> Result<Vec<u8>, FormatError> {
    let place = Place::stored(offset);
    let over = |what, limit| FormatError::Limit { place, what, limit };
    if stored.len() > MAX_MANIFEST_BYTES {
        return Err(over("bytes in a manifest", MAX_MANIFEST_BYTES));
    }
    let mut from = Reader::new(stored);
    let error = FormatError::Expected { place, what: "a DEFLATE stream of the stated size" };
    let size = from.uv32("an inflated size").map_err(|_| error)? as usize;
    if size > MAX_MANIFEST_INFLATED_BYTES {
        return Err(over("inflated bytes in a manifest", MAX_MANIFEST_INFLATED_BYTES));
    }
    inflate_whole(stored.get(from.offset()..).unwrap_or_default(), size).ok_or(error)
}

fn inflate_whole(stream: &[u8], size: usize) -> Option<Vec<u8>> {
    // One byte more than expected shows that there is more.
    let mut out = Vec::with_capacity(size + 1);
    let mut state = Decompress::new(false);
    let status = state.decompress_vec(stream, &mut out, FlushDecompress::Finish).ok()?;
    let is_whole = status == Status::StreamEnd && state.total_in() == stream.len() as u64;
    (is_whole && out.len() == size).then_some(out)
}
