//! The screen that the windows stand on.

use crate::geometry::{Insets, Size};

/// A scene of the app. iPad apps may have several; windows belong to one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SceneId(pub u32);

/// Which way up the screen is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Orientation {
    #[default]
    Portrait = 0,
    PortraitUpsideDown = 1,
    LandscapeLeft = 2,
    LandscapeRight = 3,
}

impl Orientation {
    /// The orientation of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Portrait),
            1 => Some(Self::PortraitUpsideDown),
            2 => Some(Self::LandscapeLeft),
            3 => Some(Self::LandscapeRight),
            _ => None,
        }
    }
}

/// Light or dark appearance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum InterfaceStyle {
    #[default]
    Light = 0,
    Dark = 1,
}

/// Layout direction of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Direction {
    #[default]
    LeftToRight = 0,
    RightToLeft = 1,
}

/// The screen of one scene. The origin of every window is its upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewport {
    /// Whose screen this is.
    pub scene: SceneId,
    /// In points.
    pub size: Size,
    /// Device pixels in one point.
    pub scale: f32,
    /// What notch, home indicator and bars leave free, in points from the edges.
    pub safe_area: Insets,
    /// Which way up.
    pub orientation: Orientation,
    /// Light or dark.
    pub style: InterfaceStyle,
    /// The content size category, such as `large`; empty where unknown.
    pub text_size: String,
    /// Layout direction.
    pub direction: Direction,
}
