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

    /// The nearest colour of four bits for each of red, green, blue and alpha,
    /// red in the highest.
    #[must_use]
    pub const fn coarse(self) -> u16 {
        let [r, g, b, a] = self.0.to_be_bytes();
        nibble(r) << 12 | nibble(g) << 8 | nibble(b) << 4 | nibble(a)
    }

    /// The colour of these four bits for each part: 0 to 15 stand for 0 to 255 in
    /// steps of 17.
    #[must_use]
    pub const fn from_coarse(bits: u16) -> Self {
        let spread = (bits as u32 & 0xf000) << 12
            | (bits as u32 & 0x0f00) << 8
            | (bits as u32 & 0x00f0) << 4
            | bits as u32 & 0x000f;
        Self(spread * 17)
    }

    /// Whether nothing of it is seen.
    #[must_use]
    pub const fn is_clear(self) -> bool {
        self.0 & 0xff == 0
    }
}

const fn nibble(part: u8) -> u16 {
    (part as u16 + 8) / 17
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_colours_are_the_nearest_ones() {
        assert_eq!(Color(0x8040_20ff).coarse(), 0x842f);
        assert_eq!(Color::from_coarse(0x842f), Color(0x8844_22ff));
        for part in 0..=u8::MAX {
            let near = Color::from_coarse(Color(u32::from(part) << 16).coarse());
            assert!((near.0 >> 16).abs_diff(u32::from(part)) <= 8, "{part} became {near:?}");
            assert_eq!(Color::from_coarse(near.coarse()), near);
        }
    }
}
