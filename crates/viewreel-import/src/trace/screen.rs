//! From pixels of a dump to points of a screen.

use super::tree::Tree;
use viewreel_model::viewport::{Orientation, Viewport};
use viewreel_model::{Point, Rect, Size};

/// Width that phones mostly have, in points.
const USUAL_WIDTH: f32 = 360.0;

/// The screen of a trace, as far as it was seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Screen {
    /// In pixels; zero before the first tree.
    pixels: Size,
    /// Pixels per point.
    scale: f32,
}

impl Screen {
    /// Looks at the roots of a tree. Where they do not fit, the screen takes
    /// their extent, and the viewport that says so is returned.
    pub(crate) fn grow_to(&mut self, tree: &Tree) -> Option<Viewport> {
        let roots = tree.nodes.iter().filter(|node| node.parent.is_none());
        let extent = roots.fold(Size::default(), |size, root| {
            let [_, _, right, bottom] = root.edges;
            Size::new(size.width.max(right), size.height.max(bottom))
        });
        let is_new = extent.width > self.pixels.width || extent.height > self.pixels.height;
        if !is_new {
            return (self.scale == 0.0).then(|| self.take(Size::new(1080.0, 1920.0)));
        }
        Some(self.take(extent))
    }

    fn take(&mut self, pixels: Size) -> Viewport {
        if self.scale == 0.0 {
            self.scale = scale(pixels);
        }
        self.pixels = pixels;
        let size = self.size();
        let is_wide = size.width > size.height;
        Viewport {
            size,
            scale: self.scale,
            orientation: if is_wide { Orientation::LandscapeLeft } else { Orientation::Portrait },
            ..Viewport::default()
        }
    }

    /// In points.
    pub(crate) fn size(&self) -> Size {
        Size::new(self.pixels.width / self.divisor(), self.pixels.height / self.divisor())
    }

    fn divisor(&self) -> f32 {
        self.scale.max(1.0)
    }

    /// Pixels as points.
    pub(crate) fn point(&self, x: f32, y: f32) -> Point {
        Point::new(x / self.divisor(), y / self.divisor())
    }

    /// Edges in pixels as a rectangle in points. Edges the wrong way round,
    /// which dumps have for views outside the screen, give no extent.
    pub(crate) fn rect(&self, [left, top, right, bottom]: [f32; 4]) -> Rect {
        let size = self.point((right - left).max(0.0), (bottom - top).max(0.0));
        Rect { origin: self.point(left, top), size: Size::new(size.x, size.y) }
    }
}

/// The whole or half number of pixels per point that brings the shorter side
/// nearest to [`USUAL_WIDTH`].
fn scale(pixels: Size) -> f32 {
    let short = pixels.width.min(pixels.height);
    ((short / USUAL_WIDTH * 2.0).round() / 2.0).clamp(1.0, 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_phones_are_about_360_points_wide() {
        let of = |width: f32| scale(Size::new(width, 2400.0));
        assert_eq!([480.0, 720.0, 1080.0, 1440.0].map(of), [1.5, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn edges_the_wrong_way_round_have_no_extent() {
        let screen = Screen { pixels: Size::new(1080.0, 2280.0), scale: 3.0 };
        assert_eq!(screen.rect([30.0, 60.0, 3.0, 90.0]), Rect::new(10.0, 20.0, 0.0, 10.0));
    }
}
