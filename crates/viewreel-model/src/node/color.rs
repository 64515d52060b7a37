//! Colours.

/// A colour: red, green, blue, alpha from the highest byte to the lowest,
/// sRGB, alpha not multiplied in. Zero is fully clear, "no colour".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color(pub u32);

impl Color {
    /// No colour.
    pub const CLEAR: Self = Self(0);
    /// Opaque black.
    pub const BLACK: Self = Self(0x0000_00ff);
    /// Opaque white.
    pub const WHITE: Self = Self(0xffff_ffff);

    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn rgb(rgb: u32) -> Self {
        Self(rgb << 8 | 0xff)
    }

    /// Whether nothing of it is seen.
    #[must_use]
    pub const fn is_clear(self) -> bool {
        self.0 & 0xff == 0
    }
}
