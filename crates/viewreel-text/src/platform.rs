//! A platform for hosts without one.

use crate::layout::{Typeset, lay_out};
use viewreel_capture::{PictureAnswer, Platform};
use viewreel_model::content::{LaidLine, Picture, PictureAsk, PictureObject, TextAsk};
use viewreel_model::{Color, Rect};

/// A platform that sets every text in Inter and has the average colours of pictures,
/// but not their pixels. Its pictures are made by [`Inter::picture`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Inter;

impl Inter {
    /// The picture with that number and average colour. The colour is part of which
    /// one it is, so that a host needs no list of its pictures.
    #[must_use]
    pub const fn picture(number: u32, average: Color) -> PictureObject {
        PictureObject((number as u64) << u32::BITS | average.0 as u64)
    }
}

impl Platform for Inter {
    fn lay_out(&mut self, ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
        let spec = Typeset {
            size: ask.style.size,
            weight: ask.style.weight,
            alignment: ask.style.alignment,
            max_lines: (ask.max_lines > 0).then_some(ask.max_lines.into()),
            vertical: ask.vertical,
        };
        Some(lay_out(ask.text, &spec, Rect::new(0.0, 0.0, ask.size.width, ask.size.height)))
    }

    fn picture(&mut self, ask: &PictureAsk) -> PictureAnswer {
        let average = Color(ask.picture.object.0 as u32);
        PictureAnswer::Ready(Picture { average, encoded: None })
    }
}
