//! The pictures that are kept.

use std::collections::HashMap;
use viewreel_capture::{PictureAnswer, Platform};
use viewreel_model::content::{PictureAsk, PictureObject, RawPicture};
use viewreel_model::node::{Color, ImageHandle};

/// Most pictures that are known at a time; further ones are not told apart.
const MAX_PICTURES: usize = 4_096;

/// Pictures by the objects that the app has of them. A picture has a number from
/// when it is kept first on, so that no number tells of one that is masked.
#[derive(Default)]
pub(super) struct Pictures {
    known: HashMap<PictureObject, Known>,
    given: u32,
    capture: u64,
}

struct Known {
    handle: ImageHandle,
    average: Color,
    is_answered: bool,
    /// The capture that showed it last.
    seen: u64,
}

impl Pictures {
    /// The next capture is masked.
    pub(super) fn begin(&mut self) {
        self.capture += 1;
    }

    /// Another replay begins.
    pub(super) fn forget(&mut self) {
        self.known.clear();
    }

    /// Under which handle the picture is told, and its average colour.
    pub(super) fn shown(
        &mut self,
        picture: &RawPicture,
        platform: &mut dyn Platform,
    ) -> (ImageHandle, Color) {
        let capture = self.capture;
        let Some(known) = self.of(picture.object) else { return Default::default() };
        known.seen = capture;
        if !known.is_answered {
            let ask = PictureAsk { picture: *picture, longest_px: 640 };
            known.take(platform.picture(&ask));
        }
        (known.handle, known.average)
    }

    fn of(&mut self, object: PictureObject) -> Option<&mut Known> {
        if !self.known.contains_key(&object) {
            if self.known.len() >= MAX_PICTURES {
                let latest = self.capture;
                self.known.retain(|_, known| known.seen + 1 >= latest);
            }
            let handle = ImageHandle(self.given.checked_add(1)?);
            if self.known.len() < MAX_PICTURES {
                self.given = handle.0;
                let (average, seen) = (Color::CLEAR, self.capture);
                self.known.insert(object, Known { handle, average, is_answered: false, seen });
            }
        }
        self.known.get_mut(&object)
    }
}

impl Known {
    fn take(&mut self, answer: PictureAnswer) {
        match answer {
            PictureAnswer::Later => return,
            PictureAnswer::Ready(picture) => self.average = picture.average,
            PictureAnswer::Unreadable => {}
        }
        self.is_answered = true;
    }
}
