//! One replay as one reel.

use crate::recut::{conforms, recut};
use viewreel_format::reel::{Cut, ReelWriter, order};
use viewreel_format::{FormatError, SealedSegment};

/// The reel of a replay's segments, which may come in any order. Conforming ones
/// are copied byte for byte, others are cut into conforming ones; one that does
/// not conform and cannot be played is copied too, for readers to say so.
///
/// # Errors
/// Where one of them is no sealed segment or of another replay.
pub fn reel<T: AsRef<[u8]>>(segments: &[T]) -> Result<Vec<u8>, FormatError> {
    let parsed = segments.iter().map(|bytes| SealedSegment::parse(bytes.as_ref()));
    let (mut writer, mut out) = ReelWriter::begin();
    for segment in order(parsed.collect::<Result<_, _>>()?) {
        out.extend(push(&mut writer, &segment)?);
    }
    out.extend(writer.finish());
    Ok(out)
}

fn push(writer: &mut ReelWriter, segment: &SealedSegment<'_>) -> Result<Vec<u8>, FormatError> {
    if conforms(segment) {
        return writer.push(segment, Cut::Whole);
    }
    let Ok(pieces) = recut(segment) else { return writer.push(segment, Cut::Whole) };
    let mut out = Vec::new();
    for piece in pieces {
        out.extend(writer.push(&SealedSegment::parse(&piece)?, Cut::Piece)?);
    }
    Ok(out)
}
