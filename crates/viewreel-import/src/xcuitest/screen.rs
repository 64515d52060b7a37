//! The screen that a page source stands on.

use super::element::Element;
use super::parse::Page;
use viewreel_model::viewport::{Orientation, Viewport};
use viewreel_model::{Insets, Kind, Rect, Size};

/// An iPhone of today, for sources that name no size.
const FALLBACK: Size = Size::new(390.0, 844.0);
/// From this shorter side on it is an iPad, in points.
const PAD_WIDTH: f32 = 744.0;
/// From this longer side on an iPhone has a notch, in points.
const NOTCH_HEIGHT: f32 = 812.0;

/// The viewport: the application's size, else that of the first window.
pub(crate) fn viewport(page: &Page) -> Viewport {
    let size = page
        .application
        .into_iter()
        .chain(page.elements.iter().filter(|element| element.parent.is_none()).map(|e| e.frame))
        .map(|frame| frame.size)
        .find(|size| size.width > 0.0 && size.height > 0.0)
        .unwrap_or(FALLBACK);
    let is_pad = size.width.min(size.height) >= PAD_WIDTH;
    let is_landscape = size.width > size.height;
    Viewport {
        size,
        scale: if is_pad { 2.0 } else { 3.0 },
        safe_area: safe_area(&page.elements, size, is_pad),
        orientation: if is_landscape { Orientation::LandscapeLeft } else { Orientation::Portrait },
        ..Viewport::default()
    }
}

fn safe_area(elements: &[Element], size: Size, is_pad: bool) -> Insets {
    let has_notch = !is_pad && size.width.max(size.height) >= NOTCH_HEIGHT;
    if size.width > size.height {
        let side = if has_notch { 47.0 } else { 0.0 };
        return Insets { left: side, right: side, bottom: 20.0, top: 0.0 };
    }
    let bar = elements.iter().find(|element| element.kind == Kind::NavigationBar);
    let under_bar = bar.map(|bar| bar.frame.origin.y).filter(|top| (20.0..=62.0).contains(top));
    let top = under_bar.unwrap_or(if has_notch { 47.0 } else { 20.0 });
    Insets { top, bottom: if has_notch { 34.0 } else { 0.0 }, ..Insets::default() }
}

/// The frame of the software keyboard where it is up, in points of the screen.
pub(crate) fn keyboard(elements: &[Element]) -> Option<Rect> {
    elements
        .iter()
        .find(|element| element.kind == Kind::Keyboard && element.is_visible)
        .map(|element| element.frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: f32, height: f32) -> Viewport {
        let application = Some(Rect::new(0.0, 0.0, width, height));
        viewport(&Page { application, ..Page::default() })
    }

    #[test]
    fn phones_have_three_pixels_in_a_point_and_pads_two() {
        assert_eq!([of(390.0, 844.0).scale, of(820.0, 1180.0).scale], [3.0, 2.0]);
    }

    #[test]
    fn a_wide_screen_is_held_sideways() {
        assert_eq!(of(844.0, 390.0).orientation, Orientation::LandscapeLeft);
        assert_eq!(of(390.0, 844.0).orientation, Orientation::Portrait);
    }

    #[test]
    fn a_source_without_sizes_gets_a_phone() {
        assert_eq!(of(0.0, 0.0).size, FALLBACK);
    }
}
