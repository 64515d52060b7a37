//! What is asked of the platform for what is kept: the lines of a text, a picture.
//!
//! A raw tree carries a whole text and how it is to be set, and which picture is
//! shown; it carries no lines and no pixels. Only after masking, and only for what
//! stays, somebody asks for these.

use crate::geometry::{Point, Rect, Size};
use crate::node::{Color, TextStyle};
use crate::strings::StrId;

/// Where a block of lines stands in a frame that is higher than it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Vertical {
    /// At the upper edge, as a text view.
    #[default]
    Top = 0,
    /// In the middle, as a label.
    Middle = 1,
}

impl Vertical {
    /// The placement of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Top),
            1 => Some(Self::Middle),
            _ => None,
        }
    }
}

/// The text of a raw node, whole, and where it is to be set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RawText {
    /// What it says; none where the node has no text, or an empty one.
    pub text: StrId,
    /// Its exact point size: a line that just fits has to fit.
    pub size: f32,
    /// Where it is set, in points of the node's bounds space.
    pub frame: Rect,
    /// Most lines; 0 is as many as the frame has room for.
    pub max_lines: u16,
    /// Where the lines stand in the frame.
    pub vertical: Vertical,
}

/// A picture object of the app: a counter, never used again for another picture in
/// its process. Zero is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PictureObject(pub u64);

/// The picture of a raw node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RawPicture {
    /// Which one.
    pub object: PictureObject,
    /// Its width in pixels.
    pub width_px: u16,
    /// Its height in pixels.
    pub height_px: u16,
    /// Pixels per point.
    pub scale: f32,
    /// Whether it is a shape that is drawn in a tint.
    pub is_template: bool,
}

/// What a raw node shows that has to be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Content {
    /// Its text.
    pub text: RawText,
    /// Its picture.
    pub picture: RawPicture,
}

/// A text that is kept and whose lines are wanted.
#[derive(Clone, Copy, Debug)]
pub struct TextAsk<'a> {
    /// What it says.
    pub text: &'a str,
    /// Font family or PostScript name; empty is the system font.
    pub font: &'a str,
    /// Its attributes, without the font.
    pub style: TextStyle,
    /// Size of the frame that it is set into, in points.
    pub size: Size,
    /// Most lines; 0 is as many as the frame has room for.
    pub max_lines: u16,
    /// Where the lines stand in the frame.
    pub vertical: Vertical,
}

/// One line of a text, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaidLine {
    /// What it says, without white space at its end.
    pub text: String,
    /// Left end of the baseline, in points from the upper left corner of the frame.
    pub baseline: Point,
    /// Advance width, in points.
    pub width: f32,
}

/// A picture that is kept and wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureAsk {
    /// Which one.
    pub picture: RawPicture,
    /// Longest side of what is wanted, in pixels.
    pub longest_px: u32,
}

/// A picture as the platform hands it over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Its average colour, shown until its pixels are there; clear where unknown.
    pub average: Color,
    /// Its pixels; `None` where only the colour is to be shown.
    pub encoded: Option<EncodedPicture>,
}

/// A PNG, JPEG or WebP file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EncodedPicture {
    /// Width in pixels.
    pub width_px: u16,
    /// Height in pixels.
    pub height_px: u16,
    /// The file.
    pub bytes: Vec<u8>,
}
