//! Files put together by hand, whatever they hold.

use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::{Run, SegmentId};

/// Most bytes of a stored block.
const MAX_STORED_BYTES: usize = 65_535;

/// The four bytes that end a sync flush and the empty final block.
const STREAM_END: [u8; 6] = [0, 0, 0xff, 0xff, 3, 0];

/// An unsigned LEB128 number.
#[must_use]
pub fn uv(mut value: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// Appends the checksum of all that is there.
#[must_use]
pub fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let crc = crc32fast::hash(&bytes);
    bytes.extend(crc.to_le_bytes());
    bytes
}

/// The header of every segment that is put together here.
#[must_use]
pub fn header() -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(1),
        run: Run(1),
        replay: ReplayId::new("d", "s").unwrap_or_default(),
        ..SegmentHeader::default()
    }
}

/// The payload of records that are not compressed.
#[must_use]
pub fn stored(records: &[u8]) -> Vec<u8> {
    let block = |block: &[u8]| {
        let length = block.len() as u16;
        [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), block].concat()
    };
    records.chunks(MAX_STORED_BYTES).flat_map(block).chain([0]).collect()
}

/// A part of a chunk: track, inflated size, payload.
pub type Piece = (u8, usize, Vec<u8>);

/// A chunk of these pieces, which are in order of their tracks.
#[must_use]
pub fn chunk(pieces: &[Piece]) -> Vec<u8> {
    let tag = pieces.iter().fold(0x10, |tag, (track, ..)| tag | 1 << track);
    let sizes = pieces.iter().flat_map(|(_, len, payload)| [uv(*len), uv(payload.len())].concat());
    let payloads = pieces.iter().flat_map(|(.., payload)| payload.iter().copied());
    summed([tag].into_iter().chain(sizes).chain(payloads).collect())
}

/// A sealed segment of these chunks.
#[must_use]
pub fn seal(chunks: &[Vec<u8>]) -> Vec<u8> {
    let (_, header) = SegmentWriter::begin(&header());
    let footer = [vec![b'F'], uv(0), uv(chunks.len()), uv(0)].concat();
    summed([header, chunks.concat(), footer].concat())
}

/// A record at the time of the one before.
#[must_use]
pub fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    [vec![kind, 0], uv(body.len()), body.to_vec()].concat()
}

/// A section of a manifest.
#[must_use]
pub fn section(kind: u8, body: &[u8]) -> Vec<u8> {
    [vec![kind], uv(body.len()), body.to_vec()].concat()
}

/// A size and a stream of these bytes, as manifests and pages are stored.
#[must_use]
pub fn sized_stream(bytes: &[u8]) -> Vec<u8> {
    [uv(bytes.len()), stored(bytes), STREAM_END.to_vec()].concat()
}

/// A reel: what stands before its manifest, the manifest, a trailer.
#[must_use]
pub fn reel(before: &[u8], manifest: &[u8]) -> Vec<u8> {
    let at = (before.len() as u64).to_le_bytes();
    let length = (manifest.len() as u32).to_le_bytes();
    let crc = crc32fast::hash(manifest).to_le_bytes();
    [before, manifest, &at, &length, &crc, b"\x01\x00VRRE"].concat()
}
