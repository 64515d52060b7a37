//! Concatenated segments are told apart.

use crate::mend;
use viewreel_format::{SealedSegment, split, split_with_offsets};

/// Any bytes, as they are and with checksums that hold.
///
/// # Panics
/// Where what is told apart is not all of the bytes, or a segment that is found
/// is not the one that stands there.
pub fn check(bytes: &[u8]) {
    check_bytes(bytes);
    let mut mended = bytes.to_vec();
    mend::segments(&mut mended);
    check_bytes(&mended);
    check_doubled(&mended);
}

fn check_bytes(bytes: &[u8]) {
    let mut expected = 0;
    let found: Vec<_> = split_with_offsets(bytes).collect();
    assert_eq!(found.is_empty(), bytes.is_empty());
    for (at, (offset, segment)) in found.iter().enumerate() {
        let next = found.get(at + 1).map_or(bytes.len(), |(next, _)| *next);
        assert!(*offset == expected && next > *offset, "nothing is left out");
        expected = next;
        if let Ok(segment) = segment {
            assert_eq!(segment.bytes(), &bytes[*offset..next]);
            assert!(SealedSegment::parse(segment.bytes()).is_ok());
        }
    }
}

/// Good segments are all found again where they stand twice.
fn check_doubled(bytes: &[u8]) {
    let good = split(bytes).filter_map(Result::ok).map(|segment| segment.bytes());
    let good: Vec<&[u8]> = good.collect();
    let doubled = good.concat().repeat(2);
    let again: Vec<&[u8]> =
        split(&doubled).filter_map(Result::ok).map(|segment| segment.bytes()).collect();
    assert!(again.iter().eq(good.iter().chain(&good)));
}
