//! Pictures are known by their first bytes.

use proptest::prelude::*;
use viewreel_format::limits::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS};
use viewreel_format::{MediaType, PictureError, PictureHead};

fn png(width: u32, height: u32) -> Vec<u8> {
    let start = *b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    [start.as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
}

/// A frame header of that marker, behind these bytes.
fn jpeg(before: &[u8], marker: u8, width: u16, height: u16) -> Vec<u8> {
    let frame = [&[0xff, marker, 0, 17, 8][..], &height.to_be_bytes(), &width.to_be_bytes()];
    [&[0xff, 0xd8], before, &frame.concat()].concat()
}

fn webp(chunk: &[u8]) -> Vec<u8> {
    [b"RIFF\0\0\0\0WEBP".as_slice(), chunk].concat()
}

fn check(bytes: &[u8], expected: (MediaType, u16, u16)) {
    let (media_type, width_px, height_px) = expected;
    assert_eq!(PictureHead::read(bytes), Ok(PictureHead { media_type, width_px, height_px }));
}

fn check_refused(bytes: &[u8], expected: PictureError) {
    assert_eq!(PictureHead::read(bytes), Err(expected));
}

#[test]
fn a_png_tells_its_size_in_its_first_chunk() {
    check(&png(3, 65_535), (MediaType::Png, 3, 65_535));
    let mut other = png(3, 4);
    other[12..16].copy_from_slice(b"IDAT");
    check_refused(&other, PictureError::NoSize);
}

#[test]
fn a_jpeg_tells_its_size_behind_what_comes_before() {
    check(&jpeg(&[0xff, 0xe0, 0, 4, 7, 7], 0xc0, 640, 480), (MediaType::Jpeg, 640, 480));
    check(&jpeg(&[0xff, 0xc4, 0, 3, 7, 0xff], 0xc2, 640, 480), (MediaType::Jpeg, 640, 480));
    check(&jpeg(&[0xff, 0x01, 0xff, 0xd0], 0xcf, 1, 2), (MediaType::Jpeg, 1, 2));
    check_refused(&jpeg(&[0xff, 0xda, 0, 2], 0xc0, 1, 2), PictureError::NoSize);
    check_refused(&jpeg(&[0xff, 0xe0, 0, 4, 7], 0xc0, 1, 2), PictureError::NoSize);
    check_refused(&jpeg(&[], 0xc0, 1, 0), PictureError::NoSize);
}

#[test]
fn a_webp_tells_its_size_in_each_of_its_three_forms() {
    let lossy = webp(b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x42\xe0\x81");
    check(&lossy, (MediaType::Webp, 640, 480));
    let bits = (639 | 479_u32 << 14).to_le_bytes();
    check(&webp(&[b"VP8L\0\0\0\0\x2f", bits.as_slice()].concat()), (MediaType::Webp, 640, 480));
    let extended = webp(b"VP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0");
    check(&extended, (MediaType::Webp, 640, 480));
    check_refused(&webp(b"ALPH\0\0\0\0"), PictureError::NoSize);
}

#[test]
fn what_is_no_picture_is_none() {
    let none = [&b""[..], b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG"];
    for bytes in none {
        check_refused(bytes, PictureError::Unknown);
    }
}

#[test]
fn a_picture_may_have_as_many_bytes_and_pixels_as_the_limits_say() {
    check(&png(4_096, MAX_IMAGE_PIXELS / 4_096), (MediaType::Png, 4_096, 4_096));
    check_refused(&png(4_096, MAX_IMAGE_PIXELS / 4_096 + 1), PictureError::TooManyPixels);
    check_refused(&png(65_536, 1), PictureError::TooManyPixels);
    check_refused(&png(u32::MAX, u32::MAX), PictureError::TooManyPixels);
    check_refused(&png(0, 1), PictureError::NoSize);
    let mut long = png(1, 1);
    long.resize(MAX_IMAGE_BYTES, 0);
    check(&long, (MediaType::Png, 1, 1));
    long.push(0);
    check_refused(&long, PictureError::TooLong);
}

proptest! {
    #[test]
    fn a_head_that_is_cut_or_changed_is_read_or_refused(
        at in 0_usize..40, value in any::<u8>(), kind in 0_usize..3,
    ) {
        let kinds = [png(3, 4), jpeg(&[0xff, 0xe0, 0, 4, 7, 7], 0xc0, 3, 4), webp(&[b'V'; 20])];
        let mut bytes = kinds[kind].clone();
        let _ = PictureHead::read(&bytes[..at.min(bytes.len())]);
        if let Some(byte) = bytes.get_mut(at) {
            *byte = value;
        }
        let _ = PictureHead::read(&bytes);
    }
}
