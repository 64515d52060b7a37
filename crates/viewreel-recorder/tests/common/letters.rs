//! A platform with a text system of a kind.

use viewreel_capture::{PictureAnswer, Platform};
use viewreel_model::Point;
use viewreel_model::content::{LaidLine, Picture, PictureAsk, TextAsk};

/// A platform that sets every letter 6 pt wide, and has the colours of no pictures.
pub(crate) struct Letters;

impl Platform for Letters {
    fn lay_out(&mut self, ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
        let line = |text: &str| LaidLine {
            text: text.to_owned(),
            baseline: Point::new(0.0, 16.0),
            width: 6.0 * text.chars().count() as f32,
        };
        Some(ask.text.lines().map(line).collect())
    }

    fn picture(&mut self, _ask: &PictureAsk) -> PictureAnswer {
        PictureAnswer::Ready(Picture::default())
    }
}
