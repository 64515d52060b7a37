//! The reel: one replay as one file, its segments and a directory.

use crate::bytes::{Reader, Writer};
use crate::error::{FormatError, Place};
use crate::limits::MAX_REEL_SEGMENTS;
use crate::segment::reader::{SealedSegment, split_with_offsets};
use std::collections::HashMap;
use viewreel_model::Run;

const MAGIC: &[u8; 4] = b"VRRL";
const END_MAGIC: &[u8; 4] = b"VRRE";
const HEADER_BYTES: usize = 8;
const TRAILER_BYTES: usize = 16;

/// Whether bytes begin like a reel.
#[must_use]
pub fn is_reel(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Writes a reel of sealed segments, in the order of [`order`].
///
/// # Errors
/// Where one of them is not a sealed segment.
pub fn write(segments: &[Vec<u8>]) -> Result<Vec<u8>, FormatError> {
    let parsed: Vec<_> =
        segments.iter().map(|bytes| SealedSegment::parse(bytes)).collect::<Result<_, _>>()?;
    let mut out = Writer::default();
    out.bytes.extend_from_slice(MAGIC);
    out.bytes.extend_from_slice(&[0; 4]);
    let mut directory = Writer::default();
    directory.count(parsed.len());
    for segment in order(parsed) {
        directory.count(out.bytes.len());
        directory.count(segment.bytes().len());
        out.bytes.extend_from_slice(segment.bytes());
    }
    let directory_at = out.bytes.len() as u64;
    out.bytes.extend_from_slice(&directory.bytes);
    out.bytes.extend_from_slice(&directory_at.to_le_bytes());
    out.u32(crc32fast::hash(&directory.bytes));
    out.bytes.extend_from_slice(END_MAGIC);
    Ok(out.bytes)
}

/// The segments of one replay in playing order: by the wall clock at the start
/// of their run, then run, then seq. The clock of a run is that of its segment
/// with the lowest seq, so that a clock set during a run does not reorder it.
#[must_use]
pub fn order(mut segments: Vec<SealedSegment<'_>>) -> Vec<SealedSegment<'_>> {
    let mut anchors: HashMap<Run, (u32, i64)> = HashMap::new();
    for header in segments.iter().map(SealedSegment::header) {
        let candidate = (header.seq, header.run_anchor_ms());
        let anchor = anchors.entry(header.run).or_insert(candidate);
        *anchor = (*anchor).min(candidate);
    }
    segments.sort_by_key(|segment| {
        let header = segment.header();
        (anchors.get(&header.run).map(|anchor| anchor.1), header.run, header.seq)
    });
    segments
}

/// What a reel holds.
#[derive(Debug)]
pub struct Reel<'a> {
    /// Each segment with its offset in the file, or what is wrong with the
    /// bytes there.
    pub segments: Vec<(usize, Result<SealedSegment<'a>, FormatError>)>,
    /// What is wrong with the directory, where the segments were found by
    /// scanning instead.
    pub directory_error: Option<FormatError>,
}

/// Reads a reel. A damaged segment is an entry with an error; with a damaged
/// directory the segments are found by scanning.
///
/// # Errors
/// Where the bytes do not begin like a reel of version 0.
pub fn read(bytes: &[u8]) -> Result<Reel<'_>, FormatError> {
    check_header(bytes)?;
    match read_directory(bytes) {
        Ok(entries) => {
            let parse = |(at, len): (usize, usize)| {
                (at, SealedSegment::parse(bytes.get(at..at + len).unwrap_or_default()))
            };
            Ok(Reel { segments: entries.into_iter().map(parse).collect(), directory_error: None })
        }
        Err(error) => Ok(Reel { segments: scan(bytes), directory_error: Some(error) }),
    }
}

fn check_header(bytes: &[u8]) -> Result<(), FormatError> {
    let mut from = Reader::new(bytes);
    if from.array("the magic number VRRL")? != *MAGIC {
        return Err(Reader::new(bytes).expected("the magic number VRRL"));
    }
    match from.u16("a format version")? {
        0 => from.u16("a reel header").map(|_| ()),
        version => Err(FormatError::UnknownVersion { version }),
    }
}

/// Offset and length of every segment.
fn read_directory(bytes: &[u8]) -> Result<Vec<(usize, usize)>, FormatError> {
    let end = bytes.len().saturating_sub(TRAILER_BYTES);
    let lost = FormatError::Expected { place: Place::stored(end), what: "a trailer" };
    let mut trailer = Reader::new(bytes.get(end..).unwrap_or_default());
    let at =
        usize::try_from(trailer.u64("a directory offset").map_err(|_| lost)?).map_err(|_| lost)?;
    let crc = trailer.u32("a directory checksum").map_err(|_| lost)?;
    if trailer.array("the magic number VRRE").map_err(|_| lost)? != *END_MAGIC {
        return Err(lost);
    }
    let directory = bytes.get(at..end).ok_or(lost)?;
    if crc32fast::hash(directory) != crc {
        return Err(FormatError::Checksum { place: Place::stored(at), of: "directory" });
    }
    read_entries(&mut Reader::new(directory), at)
}

fn read_entries(from: &mut Reader<'_>, end: usize) -> Result<Vec<(usize, usize)>, FormatError> {
    let mut entries = Vec::new();
    let mut room = end;
    for _ in 0..from.count("segments", MAX_REEL_SEGMENTS)? {
        let error = from.expected("a segment inside the reel");
        let at = usize::try_from(from.uv("an offset")?).map_err(|_| error)?;
        let len = usize::try_from(from.uv("a length")?).map_err(|_| error)?;
        if at < HEADER_BYTES || at.checked_add(len).is_none_or(|last| last > end) {
            return Err(error);
        }
        // Segments that share bytes would make a small file a long work.
        room = room.checked_sub(len).ok_or(error)?;
        entries.push((at, len));
    }
    Ok(entries)
}

/// Segments found without a directory. The directory itself, or what is left
/// of it, follows the last segment and is no segment; it is left out.
fn scan(bytes: &[u8]) -> Vec<(usize, Result<SealedSegment<'_>, FormatError>)> {
    let body = bytes.get(HEADER_BYTES..).unwrap_or_default();
    let mut found: Vec<_> =
        split_with_offsets(body).map(|(at, segment)| (HEADER_BYTES + at, segment)).collect();
    found.pop_if(|(_, segment)| segment.is_err());
    found
}
