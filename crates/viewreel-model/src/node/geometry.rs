//! Where a view lies.

use crate::geometry::{Affine, Point, Rect, Size, snap, snap_ratio};
use crate::transform::Transform;

/// Where a view lies. UIKit's model: `bounds` is the view's own space; its
/// origin is the scroll offset. The point `anchor` (a fraction of the size)
/// lands on `position` in the parent's space, after `transform`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// Own space, in points. `origin` is the scroll offset.
    pub bounds: Rect,
    /// Of the anchor, in points of the parent's bounds space.
    pub position: Point,
    /// Fraction of the size, 0.5 each by default.
    pub anchor: Point,
    /// Applied around the anchor.
    pub transform: Transform,
    /// Whether children are clipped to the bounds.
    pub clips: bool,
    /// Radii in points: upper left, upper right, lower right, lower left.
    pub corner_radii: [f32; 4],
    /// Whether the corners have Apple's continuous curve instead of a circular one.
    pub continuous_corners: bool,
}

impl Default for Geometry {
    fn default() -> Self {
        Self {
            bounds: Rect::default(),
            position: Point::ZERO,
            anchor: Point::new(0.5, 0.5),
            transform: Transform::IDENTITY,
            clips: false,
            corner_radii: [0.0; 4],
            continuous_corners: false,
        }
    }
}

impl Geometry {
    /// Geometry of an untransformed view with that frame in its parent's space.
    #[must_use]
    pub fn from_frame(frame: Rect) -> Self {
        Self {
            bounds: Rect { origin: Point::ZERO, size: frame.size },
            position: frame.center(),
            ..Self::default()
        }
    }

    /// The size of the view, in points.
    #[must_use]
    pub const fn size(&self) -> Size {
        self.bounds.size
    }

    /// The map from this view's bounds space to its parent's bounds space.
    #[must_use]
    pub fn to_parent(&self) -> Affine {
        let Rect { origin, size } = self.bounds;
        let to_anchor = Affine::translation(
            -origin.x - self.anchor.x * size.width,
            -origin.y - self.anchor.y * size.height,
        );
        Affine::translation(self.position.x, self.position.y)
            .after(self.transform.matrix())
            .after(to_anchor)
    }

    /// Every length and ratio snapped.
    #[must_use]
    pub fn snapped(&self) -> Self {
        let bounds = self.bounds.snapped();
        Self {
            bounds,
            position: self.position.snapped(),
            anchor: Point::new(snap_ratio(self.anchor.x, 0.5), snap_ratio(self.anchor.y, 0.5)),
            transform: self.transform.snapped(),
            corner_radii: snapped_radii(self.corner_radii),
            ..*self
        }
    }
}

/// Most views have none.
fn snapped_radii(radii: [f32; 4]) -> [f32; 4] {
    match radii == [0.0; 4] {
        true => [0.0; 4],
        false => radii.map(|radius| snap(radius).max(0.0)),
    }
}
