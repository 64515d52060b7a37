//! Segments put together by hand, whatever they hold.

use super::header;
use flate2::{Compress, Compression, FlushCompress};
use viewreel_format::SegmentWriter;

/// Track numbers.
pub(crate) const VISUAL: u8 = 0;
pub(crate) const TOUCHES: u8 = 1;
pub(crate) const STORY: u8 = 2;

pub(crate) fn uv(mut value: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

pub(crate) fn header_bytes() -> Vec<u8> {
    SegmentWriter::begin(&header()).1
}

/// The payload of the first chunk of a track.
pub(crate) fn deflated(records: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() + 1_024);
    let mut stream = Compress::new(Compression::new(6), false);
    stream.compress_vec(records, &mut out, FlushCompress::Sync).unwrap();
    assert_eq!(stream.total_in() as usize, records.len());
    assert!(out.ends_with(&[0, 0, 0xff, 0xff]));
    out.truncate(out.len() - 4);
    out
}

/// A chunk that claims `inflated_len` bytes.
pub(crate) fn chunk(track: u8, inflated_len: usize, payload: &[u8]) -> Vec<u8> {
    let mut out = vec![0x10 + (1 << track)];
    out.extend(uv(inflated_len));
    out.extend(uv(payload.len()));
    out.extend(payload);
    let crc = crc32fast::hash(&out);
    out.extend(crc.to_le_bytes());
    out
}

/// A chunk of these records, the first of its track.
pub(crate) fn chunk_of(track: u8, records: &[u8]) -> Vec<u8> {
    chunk(track, records.len(), &deflated(records))
}

/// A sealed segment of these chunks, whatever they hold.
pub(crate) fn seal(chunks: &[Vec<u8>]) -> Vec<u8> {
    close(&[header_bytes(), chunks.concat()].concat(), chunks.len())
}

/// An open file of so many chunks with a footer.
pub(crate) fn close(open: &[u8], chunks: usize) -> Vec<u8> {
    let mut out = open.to_vec();
    out.push(b'F');
    out.extend(uv(1 << 40));
    out.extend(uv(chunks));
    out.extend(uv(0));
    let crc = crc32fast::hash(&out);
    out.extend(crc.to_le_bytes());
    out
}

/// A record.
pub(crate) fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    [vec![kind, 0], uv(body.len()), body.to_vec()].concat()
}

/// A chunk of what the tracks have; tracks without records have no piece.
pub(crate) fn chunk_of_tracks(tracks: &[Vec<u8>; 3]) -> Vec<u8> {
    let pieces: Vec<(u8, usize, Vec<u8>)> = (0..)
        .zip(tracks)
        .filter(|(_, records)| !records.is_empty())
        .map(|(track, records)| (track, records.len(), deflated(records)))
        .collect();
    let mut out = vec![0x10 + pieces.iter().map(|(track, ..)| 1 << track).sum::<u8>()];
    for (_, inflated_len, payload) in &pieces {
        out.extend([uv(*inflated_len), uv(payload.len())].concat());
    }
    pieces.iter().for_each(|(.., payload)| out.extend(payload));
    let crc = crc32fast::hash(&out);
    out.extend(crc.to_le_bytes());
    out
}

/// Bytes of the header of a segment.
pub(crate) fn header_len(segment: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([segment[6], segment[7]]))
}

/// The inflated records of a track.
pub(crate) fn inflated(segment: &[u8], track: u8) -> Vec<u8> {
    use std::io::Read;
    let mut stream = Vec::new();
    let mut at = header_len(segment);
    while segment[at] & 0xf0 == 0x10 {
        let mask = segment[at];
        at += 1;
        let mut lengths = Vec::new();
        for piece in (0..4).filter(|piece| mask >> piece & 1 == 1) {
            read_uv(segment, &mut at);
            lengths.push((piece, read_uv(segment, &mut at)));
        }
        for (piece, length) in lengths {
            if piece == track {
                stream.extend([&segment[at..at + length], &[0, 0, 0xff, 0xff]].concat());
            }
            at += length;
        }
        at += 4;
    }
    stream.extend([3, 0]);
    let mut records = Vec::new();
    flate2::read::DeflateDecoder::new(stream.as_slice()).read_to_end(&mut records).unwrap();
    records
}

fn read_uv(bytes: &[u8], at: &mut usize) -> usize {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = bytes[*at];
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}
