//! How values are spelt: words, colours, and what may not be null.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;
use viewreel_model::content::Vertical;
use viewreel_model::node::{Alignment, Color, TextRole};
use viewreel_model::raw::ContentType;
use viewreel_model::record::{GapReason, Lifecycle, LogLevel, TouchPhase};
use viewreel_model::viewport::{Direction, InterfaceStyle, Orientation};
use viewreel_model::{Kind, MaskAction};

/// A value that is written as a string of a few.
pub(crate) trait Spelled: Sized {
    /// What may stand there, for error messages.
    const EXPECTED: &'static str;

    /// The value of that spelling.
    fn from_spelling(text: &str) -> Option<Self>;
}

macro_rules! words {
    ($type:ty, $($word:literal = $value:expr),+) => {
        impl Spelled for $type {
            const EXPECTED: &'static str = concat!("one of" $(, " `", $word, "`")+);

            fn from_spelling(text: &str) -> Option<Self> {
                match text { $($word => Some($value),)+ _ => None }
            }
        }
    };
}

words!(MaskAction, "keep" = Self::Keep, "mask" = Self::Mask, "replace" = Self::Replace);
words!(TextRole, "static" = Self::Static, "input" = Self::Input, "hint" = Self::Hint);
words!(Vertical, "top" = Self::Top, "middle" = Self::Middle);
words!(InterfaceStyle, "light" = Self::Light, "dark" = Self::Dark);
words!(LogLevel, "log" = Self::Log, "warn" = Self::Warn, "error" = Self::Error);
words!(Direction, "left-to-right" = Self::LeftToRight, "right-to-left" = Self::RightToLeft);
words!(
    TouchPhase,
    "down" = Self::Down,
    "move" = Self::Move,
    "up" = Self::Up,
    "cancel" = Self::Cancel
);
words!(
    Alignment,
    "natural" = Self::Natural,
    "left" = Self::Left,
    "center" = Self::Center,
    "right" = Self::Right,
    "justified" = Self::Justified
);
words!(
    Orientation,
    "portrait" = Self::Portrait,
    "portrait-upside-down" = Self::PortraitUpsideDown,
    "landscape-left" = Self::LandscapeLeft,
    "landscape-right" = Self::LandscapeRight
);
words!(
    Lifecycle,
    "active" = Self::Active,
    "inactive" = Self::Inactive,
    "background" = Self::Background,
    "terminating" = Self::Terminating
);
words!(
    GapReason,
    "disabled" = Self::Disabled,
    "background" = Self::Background,
    "discarded" = Self::Discarded,
    "capture-failed" = Self::CaptureFailed,
    "blocked" = Self::Blocked
);
words!(
    ContentType,
    "none" = Self::None,
    "password" = Self::Password,
    "new-password" = Self::NewPassword,
    "one-time-code" = Self::OneTimeCode,
    "email" = Self::Email,
    "phone" = Self::Phone,
    "card-number" = Self::CardNumber,
    "card-expiry" = Self::CardExpiry,
    "card-code" = Self::CardCode,
    "personal" = Self::Personal,
    "other" = Self::Other
);

impl Spelled for Kind {
    const EXPECTED: &'static str = "a kind, such as `view`, `text`, `text-input` or `button`";

    fn from_spelling(text: &str) -> Option<Self> {
        Self::from_word(text)
    }
}

/// How a picture fills its node, by its number in the model.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ContentMode(pub u8);

words!(
    ContentMode,
    "scale-to-fill" = Self(0),
    "aspect-fit" = Self(1),
    "aspect-fill" = Self(2),
    "center" = Self(3)
);

impl Spelled for Color {
    const EXPECTED: &'static str = "a colour, `#rrggbb` or `#rrggbbaa`";

    fn from_spelling(text: &str) -> Option<Self> {
        let digits =
            text.strip_prefix('#').filter(|d| d.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Self::rgb(number)),
            8 => Some(Self(number)),
            _ => None,
        }
    }
}

struct SpelledVisitor<T>(PhantomData<T>);

impl<T: Spelled> Visitor<'_> for SpelledVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_spelling(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Reads a spelt value.
pub(crate) fn word<'de, D: Deserializer<'de>, T: Spelled>(from: D) -> Result<T, D::Error> {
    from.deserialize_str(SpelledVisitor(PhantomData))
}

/// Reads a spelt value that may be absent, but not null.
pub(crate) fn some_word<'de, D: Deserializer<'de>, T: Spelled>(
    from: D,
) -> Result<Option<T>, D::Error> {
    word(from).map(Some)
}

/// Reads a value that may be absent, but not null.
pub(crate) fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// A record that is written as an object. serde would take a list of the
/// fields in their order as well, and nobody means that.
pub(crate) struct Object<T>(pub T);

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// Reads an object.
pub(crate) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<T, D::Error> {
    Object::deserialize(from).map(|Object(record)| record)
}

/// Reads an object that may be absent, but not null.
pub(crate) fn some_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    object(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_six_or_eight_digits() {
        assert_eq!(Color::from_spelling("#0a0b0c"), Some(Color(0x0a0b_0cff)));
        assert_eq!(Color::from_spelling("#0A0B0C80"), Some(Color(0x0a0b_0c80)));
        for bad in ["", "#", "#fff", "0a0b0c", "#0a0b0", "#+a0b0c", "#0a0b0c8g"] {
            assert_eq!(Color::from_spelling(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_may_stand_there_is_said() {
        assert_eq!(MaskAction::EXPECTED, "one of `keep` `mask` `replace`");
    }
}
