//! What is shown of what is kept.

use viewreel_model::Point;
use viewreel_model::content::{RawPicture, TextAsk};
use viewreel_model::node::{Color, ImageHandle};

/// Who knows the lines of texts and the handles of pictures. A masker asks it of what
/// is kept alone.
pub trait Contents {
    /// Gives each line of a text to `line`, from top to bottom: what it says, the left
    /// end of its baseline in points from the upper left corner of the frame, and its
    /// width. None where they are not known yet.
    fn lines(&mut self, ask: &TextAsk<'_>, line: &mut dyn FnMut(&str, Point, f32));

    /// Under which handle a picture is told, and its average colour.
    fn picture(&mut self, picture: &RawPicture) -> (ImageHandle, Color);
}
