//! Concatenated segments, told apart.

use super::header::SegmentHeader;
use super::reader::{SealedSegment, reader_of_one};
use crate::bytes::Reader;
use crate::error::FormatError;

/// Bytes that [`split`] reads in vain, per byte of its input, before it gives
/// up. A damaged length makes it read into the segments that follow, so damage
/// costs some; what is made to cost more is not worth reading.
const MAX_READ_IN_VAIN: usize = 8;

/// The segments of concatenated ones, in order. Where the bytes stop being
/// splittable the rest is one error and the iterator ends; a segment that is
/// damaged inside, but before another one whose header holds, is an error of
/// its own and that other one follows. O(bytes), whatever the bytes are.
pub fn split(bytes: &[u8]) -> impl Iterator<Item = Result<SealedSegment<'_>, FormatError>> {
    split_with_offsets(bytes).map(|(_, segment)| segment)
}

/// As [`split`], each with its offset in `bytes`.
pub fn split_with_offsets(
    bytes: &[u8],
) -> impl Iterator<Item = (usize, Result<SealedSegment<'_>, FormatError>)> {
    let mut at = 0;
    let mut in_vain = MAX_READ_IN_VAIN.saturating_mul(bytes.len());
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let mut from = reader_of_one(rest);
        let segment = SealedSegment::read(rest, &mut from);
        let length = match &segment {
            Ok(segment) => segment.bytes().len(),
            Err(_) => {
                let next = extent(rest).filter(|_| from.offset() <= in_vain);
                in_vain = in_vain.saturating_sub(from.offset());
                next.unwrap_or(rest.len())
            }
        };
        let entry = (at, segment);
        at += length;
        Some(entry)
    })
}

/// The length of the damaged segment that `bytes` begin with, by the next
/// header that holds; `None` where there is none.
fn extent(bytes: &[u8]) -> Option<usize> {
    let starts = bytes.windows(4).enumerate().skip(1);
    let mut magics = starts.filter(|(_, window)| window == super::header::MAGIC);
    magics.find_map(|(at, _)| {
        let mut from = Reader::new(bytes.get(at..)?);
        SegmentHeader::read(&mut from).ok().map(|_| at)
    })
}
