//! From the bytes of a file to its text.

use crate::ImportError;
use std::borrow::Cow;
use std::io::Read;

/// Largest file that is imported, in bytes after inflating: 256 MiB.
pub const MAX_INPUT_BYTES: usize = 256 << 20;

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The bytes of a file, inflated where they are gzip.
///
/// # Errors
/// [`ImportError::Empty`], [`ImportError::TooLarge`], [`ImportError::Gzip`].
pub(crate) fn inflated(bytes: &[u8]) -> Result<Cow<'_, [u8]>, ImportError> {
    inflated_within(bytes, MAX_INPUT_BYTES)
}

fn inflated_within(bytes: &[u8], most: usize) -> Result<Cow<'_, [u8]>, ImportError> {
    let is_gzip = bytes.starts_with(&GZIP_MAGIC);
    let bytes = if is_gzip { Cow::Owned(inflate(bytes, most)?) } else { Cow::Borrowed(bytes) };
    match bytes.len() {
        0 => Err(ImportError::Empty),
        len if len > most => Err(ImportError::TooLarge),
        _ => Ok(bytes),
    }
}

/// Inflates, and stops one byte after `most`.
fn inflate(bytes: &[u8], most: usize) -> Result<Vec<u8>, ImportError> {
    let mut out = Vec::new();
    let mut limited = flate2::read::MultiGzDecoder::new(bytes).take(most as u64 + 1);
    limited.read_to_end(&mut out).map_err(|_| ImportError::Gzip)?;
    Ok(out)
}

/// The bytes as text, without a byte order mark.
///
/// # Errors
/// [`ImportError::NotUtf8`]; [`ImportError::Empty`] where there is nothing but
/// white space.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, ImportError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ImportError::NotUtf8 { offset: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// Line and column of a byte offset, both from 1. O(offset).
pub(crate) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    (line, before.get(line_start..).unwrap_or("").chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_is_inflated_and_plain_text_stays() {
        assert_eq!(inflated(&gzip(b"text")).unwrap().as_ref(), b"text");
        assert_eq!(inflated(b"text").unwrap().as_ref(), b"text");
    }

    #[test]
    fn a_truncated_gzip_is_refused() {
        let whole = gzip(&[b'x'; 5000]);
        for end in [2, 5, whole.len() / 2, whole.len() - 1] {
            assert_eq!(inflated(&whole[..end]).unwrap_err(), ImportError::Gzip, "{end}");
        }
    }

    #[test]
    fn a_gzip_bomb_is_refused_as_soon_as_it_is_over_the_limit() {
        let bomb = gzip(&[0; 50_000]);
        assert!(bomb.len() < 1_000);
        for most in [0, 1_000, 49_999] {
            assert_eq!(inflated_within(&bomb, most).unwrap_err(), ImportError::TooLarge);
            assert_eq!(inflate(&bomb, most).unwrap().len(), most + 1);
        }
        assert_eq!(inflated_within(&bomb, 50_000).unwrap().len(), 50_000);
        assert_eq!(inflated_within(&[0; 9], 8).unwrap_err(), ImportError::TooLarge);
    }

    #[test]
    fn empty_and_blank_files_are_refused() {
        assert_eq!(inflated(b"").unwrap_err(), ImportError::Empty);
        assert_eq!(text(b" \n").unwrap_err(), ImportError::Empty);
        assert_eq!(text(b"\xef\xbb\xbf").unwrap_err(), ImportError::Empty);
    }

    #[test]
    fn bytes_that_are_no_text_are_named_by_their_offset() {
        assert_eq!(text(b"ab\xff").unwrap_err(), ImportError::NotUtf8 { offset: 2 });
    }

    #[test]
    fn positions_count_from_one() {
        assert_eq!(position("ab\ncé", 0), (1, 1));
        assert_eq!(position("ab\ncé", 6), (2, 3));
    }
}
