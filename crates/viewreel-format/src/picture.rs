//! What the first bytes of an encoded picture say, without decoding a pixel.

use crate::limits::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS};

/// The encodings that a picture may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum MediaType {
    Png = 1,
    Jpeg = 2,
    Webp = 3,
}

impl MediaType {
    /// The encoding of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Png),
            2 => Some(Self::Jpeg),
            3 => Some(Self::Webp),
            _ => None,
        }
    }

    /// As `Content-Type` names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// Why bytes are no picture that a replay may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// They begin as no PNG, JPEG or WebP does.
    #[error("it is no PNG, JPEG or WebP")]
    Unknown,
    /// Their beginning does not tell a size, or one of nothing.
    #[error("its size can not be read")]
    NoSize,
    /// Decoded it would take more memory than a viewer should give.
    #[error("it has more than {MAX_IMAGE_PIXELS} pixels, or 65,535 in a row or column")]
    TooManyPixels,
    /// It is longer than a picture may be.
    #[error("it is longer than {MAX_IMAGE_BYTES} bytes")]
    TooLong,
}

/// Encoding and size of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureHead {
    /// How it is encoded.
    pub media_type: MediaType,
    /// Width as it is stored, in pixels; the orientation tag of a JPEG may turn it.
    pub width_px: u16,
    /// Height as it is stored, in pixels.
    pub height_px: u16,
}

impl PictureHead {
    /// Looks at the first bytes of a whole encoded picture. What follows them may
    /// be damaged all the same. O(bytes before a JPEG's size).
    ///
    /// # Errors
    /// Where it is none of the encodings, or over a limit.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let (media_type, size) = recognise(bytes).ok_or(PictureError::Unknown)?;
        let (width, height) =
            size.filter(|&(width, height)| width > 0 && height > 0).ok_or(PictureError::NoSize)?;
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(PictureError::TooLong);
        }
        match (u16::try_from(width), u16::try_from(height)) {
            (Ok(width_px), Ok(height_px)) if width * height <= MAX_IMAGE_PIXELS => {
                Ok(Self { media_type, width_px, height_px })
            }
            _ => Err(PictureError::TooManyPixels),
        }
    }
}

/// Width and height, in pixels.
type Size = (u32, u32);

fn recognise(bytes: &[u8]) -> Option<(MediaType, Option<Size>)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((MediaType::Png, png(bytes)));
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some((MediaType::Jpeg, jpeg(bytes)));
    }
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    is_webp.then(|| (MediaType::Webp, webp(bytes)))
}

/// The first chunk is the header, of 13 bytes.
fn png(bytes: &[u8]) -> Option<Size> {
    let is_header = bytes.get(8..16)? == b"\0\0\0\x0dIHDR";
    is_header.then_some((u32::from_be_bytes(at(bytes, 16)?), u32::from_be_bytes(at(bytes, 20)?)))
}

/// The size stands in the first frame header, behind segments that are passed over.
fn jpeg(bytes: &[u8]) -> Option<Size> {
    let mut from = 2;
    loop {
        let [0xff, marker] = at(bytes, from)? else { return None };
        match marker {
            // Any number of these may stand before a marker.
            0xff => from += 1,
            // Nothing follows these.
            0x01 | 0xd0..=0xd7 => from += 2,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let [height, width] = [from + 5, from + 7].map(|place| at(bytes, place));
                let size = |bytes| u32::from(u16::from_be_bytes(bytes));
                return Some((size(width?), size(height?)));
            }
            // The picture, or its end.
            0xd8..=0xda => return None,
            _ => from += 2 + usize::from(u16::from_be_bytes(at(bytes, from + 2)?).max(2)),
        }
    }
}

/// The first chunk is a lossy, a lossless or an extended header.
fn webp(bytes: &[u8]) -> Option<Size> {
    match &at(bytes, 12)? {
        b"VP8 " if at(bytes, 23)? == [0x9d, 0x01, 0x2a] => {
            let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3fff);
            Some((side(at(bytes, 26)?), side(at(bytes, 28)?)))
        }
        b"VP8L" if at(bytes, 20)? == [0x2f] => {
            let bits = u32::from_le_bytes(at(bytes, 21)?);
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => {
            let side =
                |[low, middle, high]: [u8; 3]| u32::from_le_bytes([low, middle, high, 0]) + 1;
            Some((side(at(bytes, 24)?), side(at(bytes, 27)?)))
        }
        _ => None,
    }
}

/// The bytes at an offset.
fn at<const N: usize>(bytes: &[u8], offset: usize) -> Option<[u8; N]> {
    bytes.get(offset..)?.first_chunk().copied()
}
