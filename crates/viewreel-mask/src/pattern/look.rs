//! A quick look at a text, which tells most texts from those that a scanner reads.

use super::number::MIN_NUMBER_DIGITS;

/// What a byte of UTF-8 may be to a scanner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// Part of something that ends every number.
    Other,
    /// A digit, or the first byte of one of another script.
    Digit,
    /// An at sign, or the first byte of its full-width form, which digits have too.
    At,
    /// What may stand between the digits of a number, or be skipped there.
    Between,
}

/// By value. The first bytes of digits are those of U+0660, U+06F0, U+0966 and
/// U+09E6, U+FF10; that of U+FF20 is the last one, too.
#[allow(clippy::indexing_slicing)] // Evaluated by the compiler only, where a bad index stops the build.
const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Other; 256];
    let mut value = 0;
    while value < bytes.len() {
        bytes[value] = byte(value as u8);
        value += 1;
    }
    bytes
};

const fn byte(value: u8) -> Byte {
    match value {
        b'0'..=b'9' | 0xd9 | 0xdb | 0xe0 => Byte::Digit,
        b'@' | 0xef => Byte::At,
        b'\t'..=b'\r' | b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'_' | 0x80.. => Byte::Between,
        _ => Byte::Other,
    }
}

/// How many digits stand together in a text at most, and whether it has an at sign.
///
/// Never less than there is: where a look sees nothing, a scanner finds nothing. Looks
/// add up to that of the texts one after the other. 255 is 255 or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    has_at: bool,
    /// Whether there is anything that ends a number.
    is_broken: bool,
    /// Digits before that, and behind the last of it; all where it is not broken.
    first: u8,
    last: u8,
    /// Most digits that stand together.
    most: u8,
}

impl Look {
    /// A look at the lines of a text. O(bytes).
    pub(crate) fn at<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        lines.fold(Self::default(), |look, line| look.then(Self::at_line(line)))
    }

    fn at_line(line: &str) -> Self {
        let (mut look, mut digits) = (Self::default(), 0_u8);
        for &byte in line.as_bytes() {
            match BYTES.get(usize::from(byte)) {
                Some(Byte::Digit) => digits = digits.saturating_add(1),
                Some(Byte::Between) => {}
                Some(Byte::At) if byte != b'@' => {
                    (look.has_at, digits) = (true, digits.saturating_add(1));
                }
                other => {
                    look.has_at |= other == Some(&Byte::At);
                    (look, digits) = (look.broken_after(digits), 0);
                }
            }
        }
        look.ended_after(digits)
    }

    fn broken_after(self, digits: u8) -> Self {
        let first = if self.is_broken { self.first } else { digits };
        Self { is_broken: true, first, most: self.most.max(digits), ..self }
    }

    fn ended_after(self, digits: u8) -> Self {
        let first = if self.is_broken { self.first } else { digits };
        Self { first, last: digits, most: self.most.max(digits), ..self }
    }

    /// The look at this text and the next one.
    pub(crate) fn then(self, next: Self) -> Self {
        let joined = |before: u8| before.saturating_add(next.first);
        Self {
            has_at: self.has_at || next.has_at,
            is_broken: self.is_broken || next.is_broken,
            first: if self.is_broken { self.first } else { joined(self.first) },
            last: if next.is_broken { next.last } else { self.last.saturating_add(next.last) },
            most: self.most.max(next.most).max(joined(self.last)),
        }
    }

    /// Whether there may be an address.
    pub(crate) fn has_at(self) -> bool {
        self.has_at
    }

    /// Whether there may be a number of any kind.
    pub(crate) fn has_number(self) -> bool {
        self.has_digits(MIN_NUMBER_DIGITS)
    }

    /// Whether so many digits may stand together.
    pub(crate) fn has_digits(self, count: usize) -> bool {
        usize::from(self.most) >= count
    }
}
