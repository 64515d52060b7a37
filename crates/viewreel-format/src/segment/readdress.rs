//! A sealed segment under another header.

use super::footer::CRC_BYTES;
use super::header::SegmentHeader;
use crate::bytes::Reader;
use crate::error::FormatError;

/// A sealed segment with `header` in place of its own: what was recorded before
/// it was known whose it is. Its chunks stay as they are: they know no ids, and
/// times only as differences from the start. A reader holds the size of a segment
/// against what it inflates to, so a segment is written under short ids first.
/// O(bytes).
///
/// # Errors
/// Where `sealed` does not begin with a header, has no room for a checksum, or
/// begins at another record time than `header` says.
pub fn readdress(sealed: &[u8], header: &SegmentHeader) -> Result<Vec<u8>, FormatError> {
    let mut from = Reader::new(sealed);
    let is_start = |own: SegmentHeader| (own.start_ms == header.start_ms).then_some(());
    from.map("a header of the same start", |from, _| SegmentHeader::read(from), is_start)?;
    let left = from.left().checked_sub(CRC_BYTES).ok_or(from.expected("a checksum"))?;
    let mut out = header.write();
    out.extend_from_slice(from.take(left, "chunks and a footer")?);
    let crc = crc32fast::hash(&out);
    out.extend_from_slice(&crc.to_le_bytes());
    Ok(out)
}
