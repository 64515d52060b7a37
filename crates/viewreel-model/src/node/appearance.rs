//! How a view is painted.

use super::color::Color;
use crate::geometry::{Point, finite_or, snap, snap_ratio};

/// A linear gradient from the background colour to another one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gradient {
    /// Colour at `to`; the colour at `from` is the background.
    pub end: Color,
    /// Start, as a fraction of the size.
    pub from: Point,
    /// End, as a fraction of the size.
    pub to: Point,
}

/// A border inside the edge of the bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Border {
    /// In points; 0 is no border.
    pub width: f32,
    /// Its colour.
    pub color: Color,
}

/// A drop shadow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shadow {
    /// Its colour with the shadow's opacity as alpha; clear is no shadow.
    pub color: Color,
    /// Blur radius, in points.
    pub radius: f32,
    /// Offset, in points.
    pub offset: Point,
}

/// How a view is painted, without its content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Fill of the bounds.
    pub background: Color,
    /// Fill gradient; its default means none.
    pub gradient: Gradient,
    /// Border.
    pub border: Border,
    /// Shadow.
    pub shadow: Shadow,
    /// Opacity with its subtree, 0 clear … 255 opaque.
    pub alpha: u8,
    /// Drawing order among siblings; ties keep tree order.
    pub z: f32,
    /// Blur material: 0 none, 1 extra light, 2 light, 3 dark, 4 regular,
    /// 5 prominent, 6 and up the system materials from ultra-thin to chrome.
    pub blur: u8,
    /// Not drawn, with its subtree.
    pub hidden: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            background: Color::CLEAR,
            gradient: Gradient::default(),
            border: Border::default(),
            shadow: Shadow::default(),
            alpha: u8::MAX,
            z: 0.0,
            blur: 0,
            hidden: false,
        }
    }
}

impl Appearance {
    /// Every length and ratio snapped, the z position finite.
    #[must_use]
    pub fn snapped(&self) -> Self {
        Self {
            gradient: self.gradient.snapped(),
            border: Border { width: snap(self.border.width).max(0.0), ..self.border },
            shadow: self.shadow.snapped(),
            z: finite_or(self.z, 0.0),
            ..*self
        }
    }
}

impl Gradient {
    fn snapped(self) -> Self {
        if self == Self::default() {
            return Self::default();
        }
        let fraction = |p: Point| Point::new(snap_ratio(p.x, 0.0), snap_ratio(p.y, 0.0));
        Self { from: fraction(self.from), to: fraction(self.to), ..self }
    }
}

impl Shadow {
    fn snapped(self) -> Self {
        if self == Self::default() {
            return Self::default();
        }
        Self { radius: snap(self.radius).max(0.0), offset: self.offset.snapped(), ..self }
    }
}
