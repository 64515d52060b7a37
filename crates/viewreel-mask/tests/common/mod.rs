//! Masking a forest, with a platform that answers everything.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use viewreel_mask::{Contents, Masked, Masker};
use viewreel_model::content::{RawPicture, TextAsk};
use viewreel_model::node::{Color, ImageHandle};
use viewreel_model::{Point, Snapshot};
use viewreel_testkit::raw::Forest;

/// Lines that depend on everything that was asked, and pictures.
pub(crate) struct Plain;

impl Contents for Plain {
    fn lines(&mut self, ask: &TextAsk<'_>, line: &mut dyn FnMut(&str, Point, f32)) {
        let at = Point::new(
            ask.size.width + f32::from(ask.max_lines),
            ask.size.height + f32::from(ask.vertical as u8),
        );
        let width = ask.style.size + f32::from(ask.style.weight) + ask.font.len() as f32;
        ask.text.lines().for_each(|text| line(text, at, width));
    }

    fn picture(&mut self, picture: &RawPicture) -> (ImageHandle, Color) {
        (ImageHandle(picture.object.0 as u32), Color(u32::from(picture.width_px) * 0x0100_00ff))
    }
}

/// The masked tree of the next capture, after one that shows `before`.
pub(crate) fn masked_after(
    masker: &mut Masker,
    before: &Snapshot,
    forest: &Forest,
) -> (Masked, Snapshot) {
    let mut out = Snapshot::default();
    let outcome = masker.mask(&forest.settle(), before, &mut Plain, &mut out);
    match outcome {
        Masked::Same => (outcome, before.clone()),
        Masked::Changed { .. } | Masked::Contradiction => (outcome, out),
    }
}

/// The masked tree of a capture that leaves nothing out.
pub(crate) fn masked(masker: &mut Masker, forest: &Forest) -> Snapshot {
    masked_after(masker, &Snapshot::default(), forest).1
}
