//! Ids as text, for addresses and JSON.

use viewreel_model::{ImageId, SegmentId};

/// A segment id as 32 hexadecimal digits.
#[must_use]
pub fn format_segment_id(id: SegmentId) -> String {
    format!("{:032x}", id.0)
}

/// The segment id of 32 lower-case hexadecimal digits.
#[must_use]
pub fn parse_segment_id(text: &str) -> Option<SegmentId> {
    parse(text, 32).map(SegmentId)
}

/// An image id as 16 hexadecimal digits.
#[must_use]
pub fn format_image_id(id: ImageId) -> String {
    format!("{:016x}", id.0)
}

/// The image id of 16 lower-case hexadecimal digits.
#[must_use]
pub fn parse_image_id(text: &str) -> Option<ImageId> {
    parse(text, 16).and_then(|id| u64::try_from(id).ok()).map(ImageId)
}

/// The number of exactly so many lower-case hexadecimal digits.
fn parse(text: &str, digits: usize) -> Option<u128> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_hex = text.len() == digits && text.bytes().all(is_digit);
    is_hex.then(|| u128::from_str_radix(text, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_id_comes_back_from_its_digits() {
        for id in [ImageId(0), ImageId(0x0123_4567_89ab_cdef), ImageId(u64::MAX)] {
            assert_eq!(parse_image_id(&format_image_id(id)), Some(id));
        }
        for wrong in ["", "0", "0123456789ABCDEF", "+123456789abcdef", "00123456789abcdef"] {
            assert_eq!(parse_image_id(wrong), None, "{wrong}");
        }
    }
}
