//! Image bodies: which picture a handle stands for.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use viewreel_model::limits::MAX_IMAGE_RECORDS;
use viewreel_model::node::ImageHandle;
use viewreel_model::{BoundPicture, ImageBinding, ImageId, LeftOut};

/// Stands where a picture is known.
const KNOWN: u8 = 0;

/// Writes the body of an image record.
pub(crate) fn write(out: &mut Writer, binding: &ImageBinding) {
    out.uv(u64::from(binding.handle.0));
    match binding.picture {
        BoundPicture::Known { id, width_px, height_px } => {
            out.u8(KNOWN);
            out.u64(id.0);
            out.uv(u64::from(width_px));
            out.uv(u64::from(height_px));
        }
        BoundPicture::LeftOut(why) => out.u8(why as u8),
    }
}

/// Reads the body of an image record, before which there are `before` in the
/// segment.
pub(crate) fn read(from: &mut Reader<'_>, before: usize) -> Result<ImageBinding, FormatError> {
    if before >= MAX_IMAGE_RECORDS {
        return Err(from.over_at(from.offset(), "image records", MAX_IMAGE_RECORDS));
    }
    let handle = from.map("an image handle that is not 0", Reader::uv32, |handle| {
        (handle != 0).then_some(ImageHandle(handle))
    })?;
    let left_out = from.code("a known or left-out picture", |what| match what {
        KNOWN => Some(None),
        what => LeftOut::from_code(what).map(Some),
    })?;
    let picture = match left_out {
        Some(why) => BoundPicture::LeftOut(why),
        None => read_known(from)?,
    };
    Ok(ImageBinding { handle, picture })
}

fn read_known(from: &mut Reader<'_>) -> Result<BoundPicture, FormatError> {
    Ok(BoundPicture::Known {
        id: ImageId(from.u64("an image id")?),
        width_px: from.uv16("a width in pixels")?,
        height_px: from.uv16("a height in pixels")?,
    })
}
