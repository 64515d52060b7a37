//! What a host is asked for.

use viewreel_model::content::{LaidLine, Picture, PictureAsk, TextAsk};

/// What a platform does for the recorder, on the recorder's own queue.
///
/// It is asked of what is kept after masking alone, so that whoever watches its
/// calls learns nothing that is masked. It answers at once with what it has, and
/// works on the rest elsewhere: until that is there, a text is drawn by its frame
/// and a picture not at all. When it is, the host captures again, and is asked again.
pub trait Platform: Send {
    /// Breaks a text into lines, from top to bottom; `None` where that is not done
    /// yet. What it answered is remembered and not asked for again, while there is
    /// room.
    fn lay_out(&mut self, ask: &TextAsk<'_>) -> Option<Vec<LaidLine>>;

    /// Makes a picture small and encodes it.
    fn picture(&mut self, ask: &PictureAsk) -> PictureAnswer;
}

/// What a platform has of a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureAnswer {
    /// It is being worked on.
    Later,
    /// It is there.
    Ready(Picture),
    /// It cannot be read.
    Unreadable,
}

/// A platform without a text system and without pictures.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPlatform;

impl Platform for NoPlatform {
    fn lay_out(&mut self, _ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
        Some(Vec::new())
    }

    fn picture(&mut self, _ask: &PictureAsk) -> PictureAnswer {
        PictureAnswer::Unreadable
    }
}
