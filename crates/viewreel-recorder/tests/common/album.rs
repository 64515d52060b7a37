//! A platform with pictures.

use std::sync::{Arc, Mutex};
use viewreel_capture::{PictureAnswer, Platform};
use viewreel_model::content::{
    EncodedPicture, LaidLine, Picture, PictureAsk, PictureObject, TextAsk,
};
use viewreel_model::node::Color;

/// What a platform was asked for, and how it answers.
#[derive(Clone, Default)]
pub(crate) struct Album(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    asked: Vec<u64>,
    is_busy: bool,
    filler: usize,
}

impl Album {
    /// The objects that were asked for since the last time.
    pub(crate) fn take_asked(&self) -> Vec<u64> {
        std::mem::take(&mut self.0.lock().expect("nobody panics").asked)
    }

    /// Whether it works on pictures and has none.
    pub(crate) fn set_busy(&self, is_busy: bool) {
        self.0.lock().expect("nobody panics").is_busy = is_busy;
    }

    /// Pictures are so much longer from now on, in bytes.
    pub(crate) fn set_filler(&self, filler: usize) {
        self.0.lock().expect("nobody panics").filler = filler;
    }
}

impl Platform for Album {
    fn lay_out(&mut self, _ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
        Some(Vec::new())
    }

    fn picture(&mut self, ask: &PictureAsk) -> PictureAnswer {
        let mut pages = self.0.lock().expect("nobody panics");
        let PictureObject(object) = ask.picture.object;
        pages.asked.push(object);
        match (object, pages.is_busy) {
            (_, true) => PictureAnswer::Later,
            (404, _) => PictureAnswer::Unreadable,
            _ => PictureAnswer::Ready(Picture {
                average: Color::rgb(0x0080_4020),
                encoded: Some(EncodedPicture {
                    width_px: 2,
                    height_px: 3,
                    bytes: png(object, pages.filler),
                }),
            }),
        }
    }
}

/// A PNG of 2 × 3 pixels, as far as its head goes.
pub(crate) fn png(object: u64, filler: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0".to_vec();
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&object.to_le_bytes());
    bytes.resize(bytes.len() + filler, 7);
    bytes
}
