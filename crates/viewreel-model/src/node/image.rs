//! Pictures that a node shows.

use super::color::Color;

/// A handle to a picture, local to a replay and numbered in order of first
/// appearance; zero is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageHandle(pub u32);

/// The picture that a node shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Which picture; none where the node has no picture.
    pub handle: ImageHandle,
    /// 0 scale to fill, 1 aspect fit, 2 aspect fill, 3 centre.
    pub content_mode: u8,
    /// Average colour, drawn until the picture is there; clear where unknown.
    /// Coarse in a snapshot.
    pub average: Color,
    /// Tint of a template picture; clear for a full-colour one.
    pub tint: Color,
}

impl Image {
    /// The average colour as coarse as it is kept.
    #[must_use]
    pub const fn snapped(&self) -> Self {
        Self { average: Color::from_coarse(self.average.coarse()), ..*self }
    }
}
