//! One view, as a Rust host describes it.

use viewreel_model::content::{PictureObject, Vertical};
use viewreel_model::node::{Alignment, Appearance, Color, Control, Geometry, TextRole};
use viewreel_model::raw::ContentType;
use viewreel_model::{CaptureId, Kind, MaskAction, Rect};

/// One view, before masking. Lengths are in points; see [`Geometry`] for spaces.
///
/// The default is a view of unknown kind without a place; name what is known
/// and leave the rest: `View { id, kind: Kind::Button, ..View::default() }`.
#[derive(Clone, Default)]
pub struct View<'a> {
    /// The view object: a counter that is never used again in this process.
    pub id: CaptureId,
    /// Changes when a recycled cell shows another item.
    pub generation: u32,
    /// What it is.
    pub kind: Kind,
    /// Class and superclasses, most derived first, joined by `:`.
    pub class_chain: &'a str,
    /// Class of the view controller whose root view this is, else empty.
    pub controller: &'a str,
    /// Accessibility identifier, never the label; else empty.
    pub identifier: &'a str,
    /// Where it lies.
    pub geometry: Geometry,
    /// How it is painted.
    pub appearance: Appearance,
    /// Its own text.
    pub text: Option<Text<'a>>,
    /// Its picture.
    pub picture: Picture,
    /// Its state as a control.
    pub control: Control,
    /// What the app asked for; `None` is unset.
    pub override_action: Option<MaskAction>,
    /// What the field is for.
    pub content_type: ContentType,
    /// Secure text entry is on.
    pub secure: bool,
    /// The view object was secure, or a field of the sensitive floor, before.
    pub was_sensitive: bool,
    /// What is below it is left out, because it is as it was in the capture before.
    /// The view itself is said as it is now.
    pub unchanged: bool,
}

/// The picture that a view shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Picture {
    /// Which one: a counter that is never used again in this process; 0 is none.
    pub object: PictureObject,
    /// Its width in pixels.
    pub width_px: u16,
    /// Its height in pixels.
    pub height_px: u16,
    /// Pixels per point.
    pub scale: f32,
    /// Whether it is a shape that is drawn in a tint.
    pub is_template: bool,
    /// That tint.
    pub tint: Color,
    /// 0 scale to fill, 1 aspect fit, 2 aspect fill, 3 centre.
    pub content_mode: u8,
}

/// A text with one style, whole.
#[derive(Clone, Default)]
pub struct Text<'a> {
    /// What it is to the person before the screen.
    pub role: TextRole,
    /// Font family or PostScript name; empty is the system font.
    pub font: &'a str,
    /// Point size.
    pub size: f32,
    /// 100 … 900; 0 means 400.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Ink.
    pub color: Color,
    /// Placement.
    pub alignment: Alignment,
    /// What it says, all of it.
    pub text: &'a str,
    /// Where it is set, in points of the view's bounds space.
    pub frame: Rect,
    /// Most lines; 0 is as many as the frame has room for.
    pub max_lines: u16,
    /// Where the lines stand in a frame that is higher than they are.
    pub vertical: Vertical,
}

// Views carry text that is not masked yet, so `Debug` shows none of it.
impl std::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "View({}, {})", self.id.0, self.kind.word())
    }
}

impl std::fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({:?}, {} bytes)", self.role, self.text.len())
    }
}
