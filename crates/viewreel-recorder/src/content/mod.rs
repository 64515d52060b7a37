//! What is shown of what is kept: asked of the platform once, and remembered.

mod pictures;
mod texts;

use pictures::Pictures;
use texts::Texts;
use viewreel_capture::Platform;
use viewreel_mask::Contents;
use viewreel_model::Point;
use viewreel_model::content::{RawPicture, TextAsk};
use viewreel_model::node::{Color, ImageHandle};

/// What is known of texts and pictures, and whom to ask for more.
///
/// Lines are remembered by everything that was asked, pictures by their objects. A
/// steady state allocates nothing.
pub struct Content {
    platform: Box<dyn Platform>,
    texts: Texts,
    pictures: Pictures,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({} texts)", self.texts.len())
    }
}

impl Content {
    /// Nothing is known yet.
    #[must_use]
    pub fn new(platform: Box<dyn Platform>) -> Self {
        Self { platform, texts: Texts::default(), pictures: Pictures::default() }
    }

    /// The next capture is masked.
    pub fn begin(&mut self) {
        self.texts.begin();
        self.pictures.begin();
    }

    /// Another replay begins.
    pub(crate) fn forget_pictures(&mut self) {
        self.pictures.forget();
    }
}

impl Contents for Content {
    fn lines(&mut self, ask: &TextAsk<'_>, line: &mut dyn FnMut(&str, Point, f32)) {
        self.texts.lines(ask, self.platform.as_mut(), line);
    }

    fn picture(&mut self, picture: &RawPicture) -> (ImageHandle, Color) {
        self.pictures.shown(picture, self.platform.as_mut())
    }
}
