//! How the shop looks: its screen, colours, typography, pictures and controls.

mod art;
mod controls;
mod icons;
mod shape;

pub(crate) use art::{Art, GLAZES, Tile, Ware};
pub(crate) use controls::{
    avatar, button_label, card, hairline, label, main_button, plain_button, section_title,
};
pub(crate) use icons::Icon;
pub(crate) use shape::Drawing;

use viewreel_model::Color;
use viewreel_model::geometry::{Insets, Size};
use viewreel_model::viewport::Viewport;

/// The screen of the phone, in points.
pub(crate) const SCREEN: Size = Size::new(393.0, 852.0);
/// What the notch takes, in points from the upper edge.
pub(crate) const SAFE_TOP: f32 = 59.0;
/// What the home indicator takes, in points from the lower edge.
pub(crate) const SAFE_BOTTOM: f32 = 34.0;
/// Height of the navigation bar with the space above it, in points.
pub(crate) const NAV_HEIGHT: f32 = SAFE_TOP + 44.0;
/// Height of the tab bar with the space below it, in points.
pub(crate) const TAB_HEIGHT: f32 = 49.0 + SAFE_BOTTOM;
/// From the screen's edge to the content, in points.
pub(crate) const MARGIN: f32 = 20.0;

/// Behind everything: warm paper.
pub(crate) const PAPER: Color = Color::rgb(0xf8f5f0);
/// Cards, fields, rows.
pub(crate) const SURFACE: Color = Color::WHITE;
/// Main text.
pub(crate) const INK: Color = Color::rgb(0x24201b);
/// Text of less weight.
pub(crate) const SECONDARY: Color = Color::rgb(0x7a7268);
/// Prompts of empty fields.
pub(crate) const HINT: Color = Color::rgb(0xaaa297);
/// Hairlines and field borders.
pub(crate) const LINE: Color = Color::rgb(0xe6dfd5);
/// What can be tapped: the green of glaze.
pub(crate) const ACCENT: Color = Color::rgb(0x2f5d50);
/// The accent as a wash.
pub(crate) const ACCENT_WASH: Color = Color::rgb(0xe3ece7);
/// What calls: burnt clay.
pub(crate) const CLAY: Color = Color::rgb(0xc4593b);
/// Bars that let the content shine through.
pub(crate) const BAR: Color = Color(0xf8f5_f0ee);
/// Soft shadows.
pub(crate) const SHADE: Color = Color(0x3a2e_1f1f);

/// The blur material of bars (system chrome).
pub(crate) const BLUR_CHROME: u8 = 10;

/// Size in points, weight as in CSS, ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Font {
    pub(crate) size: f32,
    pub(crate) weight: u16,
    pub(crate) color: Color,
}

impl Font {
    const fn new(size: f32, weight: u16, color: Color) -> Self {
        Self { size, weight, color }
    }

    /// The same letters in another ink.
    pub(crate) const fn ink(self, color: Color) -> Self {
        Self { color, ..self }
    }

    /// The same letters in another size, in points.
    pub(crate) const fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }
}

/// UIKit's large title.
pub(crate) const LARGE_TITLE: Font = Font::new(34.0, 700, INK);
/// A product's name on its own screen.
pub(crate) const TITLE: Font = Font::new(26.0, 700, INK);
/// The title of a section.
pub(crate) const SECTION: Font = Font::new(20.0, 600, INK);
/// The title of a bar, a row or a button.
pub(crate) const HEADLINE: Font = Font::new(17.0, 600, INK);
/// Running text and fields.
pub(crate) const BODY: Font = Font::new(17.0, 400, INK);
/// Longer running text.
pub(crate) const PROSE: Font = Font::new(16.0, 400, Color::rgb(0x4d463d));
/// Under a headline.
pub(crate) const SUBHEAD: Font = Font::new(15.0, 400, SECONDARY);
/// Small remarks.
pub(crate) const FOOTNOTE: Font = Font::new(13.0, 400, SECONDARY);
/// Chips, badges.
pub(crate) const CAPTION: Font = Font::new(12.0, 600, SECONDARY);
/// Under the icons of the tab bar.
pub(crate) const TAB: Font = Font::new(10.0, 500, SECONDARY);

/// The screen as the recorder is told of it.
pub(crate) fn viewport() -> Viewport {
    Viewport {
        size: SCREEN,
        scale: 3.0,
        safe_area: Insets { top: SAFE_TOP, bottom: SAFE_BOTTOM, ..Insets::default() },
        text_size: "large".to_owned(),
        ..Viewport::default()
    }
}
