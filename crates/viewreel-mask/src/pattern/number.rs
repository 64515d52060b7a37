//! Card numbers and phone numbers.

use super::Pattern;

/// Digits of a card number (ISO/IEC 7812).
pub(super) const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// Digits after a plus sign (ITU-T E.164, and room for short ones).
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Digits of a number that is written in groups, without a plus sign.
const GROUPED_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;

/// Digits of a number that is written in one piece, without a plus sign.
const PLAIN_DIGITS: std::ops::RangeInclusive<usize> = 10..=11;

/// Digits of the shortest number of any kind.
pub(super) const MIN_NUMBER_DIGITS: usize = 7;

/// Groups of a number that is written in groups.
const GROUPS: std::ops::RangeInclusive<usize> = 2..=5;

/// Digits that are remembered: the longest number of either kind.
const MEMORY: usize = 19;

/// Separators between two groups of one number, such as `) - `.
const MAX_SEPARATORS: u8 = 3;

/// Looks for numbers, one character at a time.
///
/// Digits are written in groups. Each run of groups that ends with a group is a
/// candidate, so that a number is found beside others.
#[derive(Default)]
pub(super) struct NumberScanner {
    /// The last digits of the run, oldest first.
    digits: [Digit; MEMORY],
    len: usize,
    /// Separators since the last digit.
    separators: u8,
    /// The next digit follows a plus sign.
    is_plus: bool,
}

#[derive(Clone, Copy, Default)]
struct Digit {
    value: u8,
    begins_group: bool,
    follows_plus: bool,
}

impl NumberScanner {
    /// Takes the next character; what is complete before it.
    pub(super) fn feed(&mut self, c: char) -> Option<Pattern> {
        if let Some(value) = digit_value(c) {
            self.push(value);
            return None;
        }
        let found = if self.separators == 0 { self.ends_with() } else { None };
        if is_separator(c) && self.separators < MAX_SEPARATORS {
            self.separators += 1;
        } else {
            self.forget();
        }
        // A plus sign begins a number; what stood before it is another one.
        if matches!(c, '+' | '＋') {
            self.forget();
            self.is_plus = true;
        }
        found
    }

    /// What ends with the last digit.
    fn ends_with(&self) -> Option<Pattern> {
        let digits = self.digits.get(..self.len).unwrap_or(&[]);
        (0..digits.len())
            .filter_map(|start| digits.get(start..))
            .filter(|candidate| candidate.first().is_some_and(|digit| digit.begins_group))
            .filter_map(recognise)
            .max()
    }

    fn push(&mut self, value: u8) {
        if self.len == MEMORY {
            self.digits.rotate_left(1);
            self.len -= 1;
        }
        let begins_group = self.len == 0 || self.separators > 0;
        if let Some(place) = self.digits.get_mut(self.len) {
            *place = Digit { value, begins_group, follows_plus: self.is_plus };
        }
        self.len += 1;
        self.separators = 0;
        self.is_plus = false;
    }

    fn forget(&mut self) {
        self.len = 0;
        self.separators = 0;
        self.is_plus = false;
    }
}

fn recognise(digits: &[Digit]) -> Option<Pattern> {
    match digits {
        digits if is_card(digits) => Some(Pattern::Card),
        digits if is_phone(digits) => Some(Pattern::Phone),
        _ => None,
    }
}

/// The check of Luhn (ISO/IEC 7812-1, annex B).
fn is_card(digits: &[Digit]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().map(|(place, digit)| luhn(place, digit)).sum();
    CARD_DIGITS.contains(&digits.len()) && sum.is_multiple_of(10)
}

fn luhn(place: usize, digit: &Digit) -> u32 {
    let value = u32::from(digit.value);
    match (place.is_multiple_of(2), value * 2) {
        (true, _) => value,
        (false, doubled) if doubled > 9 => doubled - 9,
        (false, doubled) => doubled,
    }
}

fn is_phone(digits: &[Digit]) -> bool {
    if digits.first().is_some_and(|digit| digit.follows_plus) {
        return INTERNATIONAL_DIGITS.contains(&digits.len());
    }
    let groups = group_lengths(digits);
    match groups.as_slice() {
        [_] => PLAIN_DIGITS.contains(&digits.len()),
        [3, 4] | [4, 4] | [2, 2, 2, 2] => true,
        groups => {
            GROUPED_DIGITS.contains(&digits.len())
                && GROUPS.contains(&groups.len())
                && has_phone_groups(groups)
                && !begins_with_date(groups)
        }
    }
}

/// Phone numbers have groups of two to eight digits; the first, a trunk prefix,
/// may be shorter.
fn has_phone_groups(groups: &[usize]) -> bool {
    groups.iter().skip(1).all(|len| (2..=8).contains(len))
        && groups.first().is_some_and(|len| (1..=5).contains(len))
}

/// Year, month, day, in either order.
fn begins_with_date(groups: &[usize]) -> bool {
    matches!(groups, [4, 2, 2, ..] | [2, 2, 4, ..])
}

/// The lengths of the groups, without allocating.
fn group_lengths(digits: &[Digit]) -> Groups {
    let mut groups = Groups::default();
    for digit in digits {
        if digit.begins_group {
            groups.count += 1;
        }
        if let Some(len) = groups.lengths.get_mut(groups.count.saturating_sub(1)) {
            *len += 1;
        }
    }
    groups
}

#[derive(Default)]
struct Groups {
    lengths: [usize; MEMORY],
    count: usize,
}

impl Groups {
    fn as_slice(&self) -> &[usize] {
        self.lengths.get(..self.count).unwrap_or(&[])
    }
}

/// The value of a decimal digit in the scripts that phones set numbers in:
/// Western, Arabic, Persian, Devanagari, Bengali, full-width.
fn digit_value(c: char) -> Option<u8> {
    const ZEROS: [u32; 6] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    let value =
        ZEROS.iter().filter_map(|zero| u32::from(c).checked_sub(*zero)).find(|v| *v < 10)?;
    u8::try_from(value).ok()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '/' | '(' | ')' | '_' | '\u{2010}'..='\u{2015}' | '−')
}
