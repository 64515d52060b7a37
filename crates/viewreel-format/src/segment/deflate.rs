//! The DEFLATE stream of a track, written and read piece by piece.

use crate::error::{FormatError, Place};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// In what every sync flush ends; it is not stored.
pub(crate) const FLUSH_TAIL: [u8; 4] = [0, 0, 0xff, 0xff];

/// An empty final block.
pub(crate) const FINAL_BLOCK: [u8; 2] = [3, 0];

/// Fewest bytes that are made room for at once.
const STEP_BYTES: usize = 4_096;

/// Most bytes of a stored block.
const MAX_STORED_BYTES: usize = 65_535;

/// Deflates the records of a track.
#[derive(Debug)]
pub(crate) struct Deflater(Compress);

impl Default for Deflater {
    fn default() -> Self {
        Self(Compress::new(Compression::default(), false))
    }
}

impl Deflater {
    /// Appends the payload of a chunk of `records` to `out`.
    pub(crate) fn deflate(&mut self, records: &[u8], out: &mut Vec<u8>) {
        let begun = self.0.total_in();
        loop {
            let done = (self.0.total_in() - begun) as usize;
            let rest = records.get(done..).unwrap_or_default();
            out.reserve(STEP_BYTES);
            let run = self.0.compress_vec(rest, out, FlushCompress::Sync);
            debug_assert!(run.is_ok(), "deflating to memory does not fail");
            let is_done = (self.0.total_in() - begun) as usize >= records.len();
            if run.is_err() || is_done && out.len() < out.capacity() {
                break;
            }
        }
        if out.ends_with(&FLUSH_TAIL) {
            out.truncate(out.len() - FLUSH_TAIL.len());
        }
    }
}

/// Appends the payload of a chunk of `records` without compression to `out`.
pub(crate) fn store(records: &[u8], out: &mut Vec<u8>) {
    for block in records.chunks(MAX_STORED_BYTES) {
        let length = block.len() as u16;
        out.push(0);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    // The head of the empty block whose lengths are the tail of a flush.
    out.push(0);
}

/// Bytes of the stream of `records` alone.
pub(crate) fn deflated_len(records: &[u8]) -> usize {
    let mut out = Vec::new();
    Deflater::default().deflate(records, &mut out);
    out.len()
}

/// Inflates the stream of a track. Memory is bounded by what it is told to
/// expect.
#[derive(Debug)]
pub(crate) struct Inflater {
    stream: Decompress,
    track: u8,
    /// All records that were inflated so far, then room for more.
    room: Vec<u8>,
}

impl Inflater {
    pub(crate) fn new(track: u8) -> Self {
        Self { stream: Decompress::new(false), track, room: Vec::new() }
    }

    /// Bytes of all records that were inflated so far.
    fn len(&self) -> usize {
        self.stream.total_out() as usize
    }

    /// All records that were inflated so far.
    pub(crate) fn records(&self) -> &[u8] {
        self.room.get(..self.len()).unwrap_or_default()
    }

    /// All records.
    pub(crate) fn into_records(mut self) -> Vec<u8> {
        self.room.truncate(self.len());
        self.room
    }

    fn error(&self) -> FormatError {
        let place = Place { track: Some(self.track), offset: 0 };
        FormatError::Expected { place, what: "a DEFLATE stream of the stated size" }
    }

    /// Inflates the payload of a chunk; the track may have `most` bytes then.
    pub(crate) fn feed(&mut self, payload: &[u8], most: usize) -> Result<(), FormatError> {
        let status = self.run(payload, most).and_then(|status| match status {
            Status::StreamEnd => None,
            _ => self.run(&FLUSH_TAIL, most),
        });
        match status {
            Some(Status::Ok | Status::BufError) => Ok(()),
            Some(Status::StreamEnd) | None => Err(self.error()),
        }
    }

    /// Ends the stream, which has to have `len` bytes.
    pub(crate) fn finish(&mut self, len: usize) -> Result<(), FormatError> {
        let is_whole = self.run(&FINAL_BLOCK, len) == Some(Status::StreamEnd);
        match is_whole && self.len() == len {
            true => Ok(()),
            false => Err(self.error()),
        }
    }

    /// Takes all of `bytes`; `None` where they are no DEFLATE stream, are more
    /// than the rest of it, or inflate to more than `most`.
    fn run(&mut self, bytes: &[u8], most: usize) -> Option<Status> {
        let begun = self.stream.total_in();
        self.make_room(most);
        loop {
            let done = (self.stream.total_in() - begun) as usize;
            let before = (done, self.len());
            let rest = bytes.get(done..)?;
            let room = self.room.get_mut(before.1..)?;
            let status = self.stream.decompress(rest, room, FlushDecompress::None).ok()?;
            let done = (self.stream.total_in() - begun) as usize;
            let has_moved = before != (done, self.len());
            if self.len() > most || status == Status::StreamEnd && done < bytes.len() {
                return None;
            }
            if status == Status::StreamEnd || !has_moved || done == bytes.len() {
                return (done == bytes.len()).then_some(status);
            }
        }
    }

    /// Room for one byte more than there may be: while that is free, all output
    /// was given. It is made once for the whole track, which its caller has
    /// bounded by the bytes that are there.
    fn make_room(&mut self, most: usize) {
        if self.room.len() <= most {
            self.room.resize(most + 1, 0);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn inflated(payloads: &[Vec<u8>], len: usize) -> Result<Vec<u8>, FormatError> {
        let mut inflater = Inflater::new(0);
        for payload in payloads {
            inflater.feed(payload, len)?;
        }
        inflater.finish(len)?;
        Ok(inflater.into_records())
    }

    #[test]
    fn deflated_and_stored_pieces_make_one_stream() {
        let noise: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
        let pieces = [&b"begin"[..], &noise, b"middle middle middle", &[7; 100_000], b"end"];
        let mut deflater = Deflater::default();
        let payloads: Vec<Vec<u8>> = (0..)
            .zip(pieces)
            .map(|(at, piece)| {
                let (mut deflated, mut stored) = (Vec::new(), Vec::new());
                deflater.deflate(piece, &mut deflated);
                store(piece, &mut stored);
                if at % 2 == 0 { deflated } else { stored }
            })
            .collect();
        let whole = pieces.concat();
        assert_eq!(inflated(&payloads, whole.len()).unwrap(), whole);
        assert!(inflated(&payloads, whole.len() - 1).is_err());
        assert!(inflated(&payloads, whole.len() + 1).is_err());
    }

    #[test]
    fn a_stream_that_ends_early_is_an_error() {
        assert!(inflated(&[FINAL_BLOCK.to_vec()], 0).is_err());
        assert!(inflated(&[vec![0xff, 0xff]], 10).is_err());
    }
}
