//! Write keys.

use sha2::{Digest, Sha256};
use viewreel_store::Seams;

const PREFIX: &str = "vrw_";

/// 256 bits as hexadecimal digits.
const DIGITS: usize = 64;

/// What an app shows to be allowed to add segments to a project: `vrw_` and 64
/// hexadecimal digits, 256 random bits. `Debug` does not show it, so that it
/// gets into no log.
#[derive(Clone, PartialEq, Eq)]
pub struct WriteKey(String);

impl std::fmt::Debug for WriteKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WriteKey({PREFIX}…)")
    }
}

impl WriteKey {
    /// A key that nobody has.
    #[must_use]
    pub fn draw(seams: &Seams) -> Self {
        Self(format!("{PREFIX}{:032x}{:032x}", seams.random(), seams.random()))
    }

    /// The key that `text` is, or `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(PREFIX)?;
        let is_key = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_key.then(|| Self(text.to_owned()))
    }

    /// The key as it stands in an app.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its SHA-256, which is all that is stored of it. A fast hash will do: a
    /// key has 256 random bits and can not be guessed from a dictionary.
    #[must_use]
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, is_key: bool) {
        assert_eq!(WriteKey::parse(text).is_some(), is_key, "{text:?}");
    }

    #[test]
    fn only_a_prefix_and_64_digits_are_a_key() {
        let digits = "0123456789abcdef".repeat(4);
        check(&format!("vrw_{digits}"), true);
        check(&format!("vrw_{digits}0"), false);
        check(&format!("vrw_{}", &digits[1..]), false);
        check(&format!("vrw_{}g", &digits[1..]), false);
        check(&digits, false);
        check("vrw_", false);
        check("", false);
    }

    #[test]
    fn debug_shows_no_digit() {
        let key = WriteKey::parse(&format!("vrw_{}", "7".repeat(64))).expect("a key");
        assert!(!format!("{key:?}").contains('7'));
    }
}
