//! Lengths, points, rectangles and affine maps, all in points (pt).
//!
//! In a masked [`crate::Snapshot`] every length is *snapped*: a multiple of
//! 1/[`UNITS_PER_PT`] pt within ±[`MAX_LENGTH_PT`], so that it is stored
//! exactly as a small integer.

/// Fixed-point units in one point: a snapped length is off by 1/64 pt at most,
/// a twentieth of a pixel at 3×.
pub const UNITS_PER_PT: f32 = 32.0;

/// The longest length that is kept, in points. Longer ones are clamped.
pub const MAX_LENGTH_PT: f32 = 262_144.0;

/// A length snapped to the grid of 1/[`UNITS_PER_PT`] pt; not-a-number becomes 0.
#[must_use]
pub fn snap(length_pt: f32) -> f32 {
    let clamped =
        if length_pt.is_nan() { 0.0 } else { length_pt.clamp(-MAX_LENGTH_PT, MAX_LENGTH_PT) };
    // Adding zero turns -0.0 into 0.0, so that equal lengths have equal bits.
    round(clamped * UNITS_PER_PT) / UNITS_PER_PT + 0.0
}

/// A length snapped to whole points, for what nobody sees more exactly;
/// not-a-number becomes 0.
#[must_use]
pub fn snap_to_point(length_pt: f32) -> f32 {
    snap(length_pt).round() + 0.0
}

/// Steps in a ratio of one: a snapped ratio is off by 1/8192 at most, a
/// twentieth of a point over the width of a phone.
pub const STEPS_PER_ONE: f32 = 4_096.0;

/// The largest ratio that is kept. Larger ones are clamped.
pub const MAX_RATIO: f32 = 1_024.0;

/// A ratio snapped to the grid of 1/[`STEPS_PER_ONE`]; not-a-number and
/// infinities become `fallback`.
#[must_use]
pub fn snap_ratio(value: f32, fallback: f32) -> f32 {
    let clamped = finite_or(value, fallback).clamp(-MAX_RATIO, MAX_RATIO);
    round(clamped * STEPS_PER_ONE) / STEPS_PER_ONE + 0.0
}

/// The nearest whole number, away from zero where two are as near, of a number below
/// 2^31. `f32::round` is a call where a processor has no instruction for it, and there
/// are twenty numbers in a node.
fn round(value: f32) -> f32 {
    // With a half itself, what is just below it would become 1.
    const BELOW_A_HALF: f32 = 0.5 - f32::EPSILON / 4.0;
    (value + BELOW_A_HALF.copysign(value)) as i32 as f32
}

/// A finite number: not-a-number and infinities become `fallback`, -0 becomes 0.
#[must_use]
pub fn finite_or(value: f32, fallback: f32) -> f32 {
    if value.is_finite() { value + 0.0 } else { fallback }
}

/// A point or a vector, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The origin.
    pub const ZERO: Self = Self { x: 0.0, y: 0.0 };

    /// A point from its coordinates.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Both coordinates snapped.
    #[must_use]
    pub fn snapped(self) -> Self {
        Self::new(snap(self.x), snap(self.y))
    }
}

/// A width and a height, in points, never negative in a snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Horizontal extent.
    pub width: f32,
    /// Vertical extent.
    pub height: f32,
}

impl Size {
    /// A size from its extents.
    #[must_use]
    pub const fn new(width: f32, height: f32) -> Self {
        Self { width, height }
    }

    /// Both extents snapped and not below zero.
    #[must_use]
    pub fn snapped(self) -> Self {
        Self::new(snap(self.width).max(0.0), snap(self.height).max(0.0))
    }
}

/// An axis-parallel rectangle, in points of the space its owner names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The corner with the smallest coordinates.
    pub origin: Point,
    /// The extents from there.
    pub size: Size,
}

impl Rect {
    /// A rectangle from its left, top, width and height.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { origin: Point::new(x, y), size: Size::new(width, height) }
    }

    /// The point in the middle.
    #[must_use]
    pub fn center(self) -> Point {
        Point::new(self.origin.x + self.size.width / 2.0, self.origin.y + self.size.height / 2.0)
    }

    /// Whether the point lies inside; the right and lower edges do not count.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        let Point { x, y } = self.origin;
        point.x >= x
            && point.y >= y
            && point.x < x + self.size.width
            && point.y < y + self.size.height
    }

    /// Whether both rectangles share an area.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.origin.x < other.origin.x + other.size.width
            && other.origin.x < self.origin.x + self.size.width
            && self.origin.y < other.origin.y + other.size.height
            && other.origin.y < self.origin.y + self.size.height
    }

    /// Origin and size snapped.
    #[must_use]
    pub fn snapped(self) -> Self {
        Self { origin: self.origin.snapped(), size: self.size.snapped() }
    }
}

/// Distances from the four edges, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Insets {
    /// From the upper edge.
    pub top: f32,
    /// From the left edge.
    pub left: f32,
    /// From the lower edge.
    pub bottom: f32,
    /// From the right edge.
    pub right: f32,
}

impl Insets {
    /// All four snapped.
    #[must_use]
    pub fn snapped(self) -> Self {
        Self {
            top: snap(self.top),
            left: snap(self.left),
            bottom: snap(self.bottom),
            right: snap(self.right),
        }
    }
}

/// A 2-D affine map: `x' = a·x + c·y + tx`, `y' = b·x + d·y + ty` (UIKit's order).
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Affine {
    pub a: f32,
    pub b: f32,
    pub c: f32,
    pub d: f32,
    /// In points.
    pub tx: f32,
    /// In points.
    pub ty: f32,
}

impl Default for Affine {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl Affine {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, tx: 0.0, ty: 0.0 };

    /// A shift.
    #[must_use]
    pub const fn translation(tx: f32, ty: f32) -> Self {
        Self { tx, ty, ..Self::IDENTITY }
    }

    /// `self` after `first`: the map that applies `first`, then `self`.
    #[must_use]
    pub fn after(self, first: Self) -> Self {
        let moved = self.map(Point::new(first.tx, first.ty));
        Self {
            a: self.a * first.a + self.c * first.b,
            b: self.b * first.a + self.d * first.b,
            c: self.a * first.c + self.c * first.d,
            d: self.b * first.c + self.d * first.d,
            tx: moved.x,
            ty: moved.y,
        }
    }

    /// Where the map takes a point.
    #[must_use]
    pub fn map(self, point: Point) -> Point {
        Point::new(
            self.a * point.x + self.c * point.y + self.tx,
            self.b * point.x + self.d * point.y + self.ty,
        )
    }

    /// The bounding box of where the map takes a rectangle.
    #[must_use]
    pub fn map_rect(self, rect: Rect) -> Rect {
        let Rect { origin: o, size: s } = rect;
        let corners = [
            self.map(o),
            self.map(Point::new(o.x + s.width, o.y)),
            self.map(Point::new(o.x, o.y + s.height)),
            self.map(Point::new(o.x + s.width, o.y + s.height)),
        ];
        let min = corners.iter().fold(corners[0], |m, p| Point::new(m.x.min(p.x), m.y.min(p.y)));
        let max = corners.iter().fold(corners[0], |m, p| Point::new(m.x.max(p.x), m.y.max(p.y)));
        Rect::new(min.x, min.y, max.x - min.x, max.y - min.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_that_of_the_library() {
        let halves = (-9_000_000..9_000_000).step_by(7).map(|n| n as f32 / 2.0);
        let around = halves.flat_map(|half| [half.next_down(), half, half.next_up()]);
        let small = [0.0, -0.0, f32::MIN_POSITIVE, 0.499_999_97, -0.499_999_97];
        for value in around.chain(small) {
            assert_eq!(round(value), value.round(), "{value}");
        }
        assert_eq!(round(MAX_LENGTH_PT * UNITS_PER_PT), MAX_LENGTH_PT * UNITS_PER_PT);
    }
}
