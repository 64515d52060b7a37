//! Under which key pictures are named.

use siphasher::sip::SipHasher24;
use std::hash::Hasher;
use viewreel_model::ImageId;
use viewreel_seams::Rng;

/// A random key of the install: the same picture has other names on other devices, so
/// that nobody can tell who saw the same. `Debug` does not show it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct PictureKey([u8; PictureKey::BYTES]);

impl std::fmt::Debug for PictureKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PictureKey")
    }
}

impl PictureKey {
    const BYTES: usize = 16;

    /// A new key.
    #[must_use]
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(rng.next_u128().to_le_bytes())
    }

    /// The key that was written down as these bytes.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes to write down.
    #[must_use]
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The name of an encoded picture: SipHash-2-4 (Aumasson and Bernstein, 2012).
    pub(super) fn name(&self, picture: &[u8]) -> ImageId {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        hasher.write(picture);
        ImageId(hasher.finish())
    }
}
