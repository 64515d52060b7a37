//! What is shown of what is kept: asked of the platform once, and remembered.

mod key;
mod pictures;
mod texts;

pub use key::PictureKey;
pub use pictures::MAX_SESSION_PICTURE_BYTES;

use pictures::Pictures;
use texts::Texts;
use viewreel_capture::Platform;
use viewreel_mask::Contents;
use viewreel_model::content::{RawPicture, TextAsk};
use viewreel_model::node::{Color, ImageHandle};
use viewreel_model::{ImageBinding, ImageId, Point, Snapshot};

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
    /// Nothing is known yet. Pictures are named under that key.
    #[must_use]
    pub fn new(platform: Box<dyn Platform>, key: PictureKey) -> Self {
        Self { platform, texts: Texts::default(), pictures: Pictures::new(key) }
    }

    /// The next capture is masked.
    pub fn begin(&mut self) {
        self.texts.begin();
        self.pictures.begin();
    }

    /// Longest side of a picture that is asked for from now on, in pixels.
    pub(crate) fn set_longest_px(&mut self, longest_px: u32) {
        self.pictures.longest_px = longest_px;
    }

    /// Whether the platform has not everything yet that it was asked for, or will be
    /// asked for something again, said once.
    pub(crate) fn take_missing(&mut self) -> bool {
        let (texts, pictures) = (&mut self.texts.is_missing, &mut self.pictures.is_missing);
        std::mem::take(texts) | std::mem::take(pictures)
    }

    /// Another replay begins.
    pub(crate) fn begin_replay(&mut self) {
        self.pictures.begin_replay();
    }

    /// Nothing that was shown is shown any more.
    pub(crate) fn forget_pictures(&mut self) {
        self.pictures.forget();
    }

    /// The server does not have these pictures.
    pub(crate) fn want_again(&mut self, missing: &[ImageId]) {
        self.pictures.want_again(missing);
    }

    /// What was learnt of pictures since the last time.
    pub(crate) fn take_fresh(&mut self) -> Vec<ImageBinding> {
        self.pictures.take_fresh()
    }

    /// What is known of the pictures in a tree.
    pub(crate) fn pictures_of(&self, tree: &Snapshot) -> Vec<ImageBinding> {
        self.pictures.of_tree(tree)
    }

    /// Takes the encoded pictures that are not on disk.
    pub(crate) fn take_held(&mut self) -> Vec<(ImageId, Vec<u8>)> {
        self.pictures.take_held()
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
