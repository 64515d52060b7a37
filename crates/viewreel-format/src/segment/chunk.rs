//! Chunks: what all tracks have to say of the same moments, deflated and
//! checksummed.

use super::footer::CRC_BYTES;
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;

/// The tag of a chunk without tracks; a bit for each track is added.
const TAG: u8 = 0x10;

/// Tracks that a tag has bits for, those of later versions included.
const MAX_TRACKS: u8 = 4;

/// A part of the stream of a track, as it lies in the stored bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) track: u8,
    pub(crate) inflated_len: usize,
    pub(crate) payload: &'a [u8],
}

/// Whether a chunk begins with that tag.
pub(crate) fn is_tag(tag: u8) -> bool {
    (TAG + 1..TAG + (1 << MAX_TRACKS)).contains(&tag)
}

/// Appends a chunk of these pieces, which are in order of their tracks.
pub(crate) fn write<'a>(out: &mut Writer, pieces: impl Iterator<Item = Piece<'a>> + Clone) {
    let start = out.bytes.len();
    out.u8(TAG + pieces.clone().map(|piece| 1 << piece.track).sum::<u8>());
    for piece in pieces.clone() {
        out.count(piece.inflated_len);
        out.count(piece.payload.len());
    }
    pieces.for_each(|piece| out.bytes.extend_from_slice(piece.payload));
    let crc = crc32fast::hash(out.bytes.get(start..).unwrap_or_default());
    out.u32(crc);
}

/// Reads a chunk, its tag included; its checksum holds.
pub(crate) fn read<'a>(from: &mut Reader<'a>) -> Result<Vec<Piece<'a>>, FormatError> {
    let whole = from.clone();
    let tag = from.code("a chunk", |tag| is_tag(tag).then_some(tag))?;
    let sizes = (0..MAX_TRACKS)
        .filter(|track| tag >> track & 1 == 1)
        .map(|track| read_sizes(from, track))
        .collect::<Result<Vec<_>, _>>()?;
    let mut pieces = Vec::with_capacity(sizes.len());
    for (track, inflated_len, length) in sizes {
        let error = from.expected_at(length.1, "the size of a payload");
        let payload = from.take(length.0, "a payload").map_err(|_| error)?;
        pieces.push(Piece { track, inflated_len, payload });
    }
    check_crc(&whole, from)?;
    Ok(pieces)
}

/// Track, inflated size, size of the payload and where that stands.
type Sizes = (u8, usize, (usize, usize));

fn read_sizes(from: &mut Reader<'_>, track: u8) -> Result<Sizes, FormatError> {
    let inflated_len = from.map("an inflated size", Reader::uv32, |n| (n > 0).then_some(n))?;
    let start = from.offset();
    let length = from.uv32("the size of a payload")?;
    Ok((track, inflated_len as usize, (length as usize, start)))
}

fn check_crc(whole: &Reader<'_>, from: &mut Reader<'_>) -> Result<(), FormatError> {
    let covered = whole.clone().take(from.offset() - whole.offset(), "a whole chunk")?;
    match from.u32("a chunk checksum")? == crc32fast::hash(covered) {
        true => Ok(()),
        false => Err(FormatError::Checksum { place: whole.place(), of: "chunk" }),
    }
}

/// Bytes of a chunk around its payloads, at most.
pub(crate) const MAX_CHUNK_OVERHEAD: usize = 1 + MAX_TRACKS as usize * 10 + CRC_BYTES;
