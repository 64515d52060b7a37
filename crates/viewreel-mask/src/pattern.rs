//! Text that looks like an e-mail address, a card number or a phone number.
//!
//! Written by hand, because a scanner of a few dozen lines is easier to judge
//! than a pattern engine, allocates nothing and takes time linear in the text.

mod email;
mod look;
mod number;

use email::EmailScanner;
pub(crate) use look::Look;
use number::NumberScanner;

/// Stands between two lines: it may fall inside an address or a number.
const LINE_END: char = '\n';

/// What is recognised in a text, the stronger one greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern {
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A card number.
    Card,
}

impl Pattern {
    /// The strongest that is in the lines of one text, read one after the other.
    /// O(bytes), without allocating.
    pub(crate) fn find<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        Self::find_seen(Look::at(lines.clone()), lines)
    }

    /// The same where there was a look at them, or at more, before.
    pub(crate) fn find_seen<'a>(
        look: Look,
        lines: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Self> {
        let number = if look.has_number() { find_number(chars(lines.clone())) } else { None };
        let may_be_email = look.has_at() && number != Some(Self::Card);
        number.max((may_be_email && has_email(chars(lines))).then_some(Self::Email))
    }

    /// Whether texts with this look may be a card number or an address together.
    pub(crate) fn may_be_joined(look: Look) -> bool {
        look.has_at() || look.has_digits(*number::CARD_DIGITS.start())
    }
}

fn chars<'a>(lines: impl Iterator<Item = &'a str>) -> impl Iterator<Item = char> {
    let chars = lines.flat_map(|line| line.chars().chain([LINE_END]));
    chars.filter(|&c| !is_invisible(c))
}

fn has_email(mut chars: impl Iterator<Item = char>) -> bool {
    let mut email = EmailScanner::default();
    chars.any(|c| email.feed(c))
}

/// The greatest; nothing is greater than a card.
fn find_number(chars: impl Iterator<Item = char>) -> Option<Pattern> {
    let mut number = NumberScanner::default();
    let mut strongest = None;
    for c in chars {
        strongest = strongest.max(number.feed(c));
        if strongest == Some(Pattern::Card) {
            break;
        }
    }
    strongest
}

/// Soft hyphens, joiners and direction marks, such as contact names carry
/// around their numbers.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Look, Pattern, chars, find_number, has_email};
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// What is found without a look.
    fn scanned(lines: &[String]) -> Option<Pattern> {
        let all = || chars(lines.iter().map(String::as_str));
        find_number(all()).max(has_email(all()).then_some(Pattern::Email))
    }

    fn look(lines: &[String]) -> Look {
        Look::at(lines.iter().map(String::as_str))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn where_a_look_sees_nothing_a_scanner_finds_nothing(
            lines in vec("[0-9٤۴४৪４ .+,a@＠é€\u{ad}\u{2011}-]{0,12}", 1..4),
            digits in vec("[45٤４ -]{0,9}", 1..4),
        ) {
            for lines in [lines, digits] {
                let found = scanned(&lines);
                prop_assert_eq!(Pattern::find(lines.iter().map(String::as_str)), found);
                let may_be = Pattern::may_be_joined(look(&lines));
                prop_assert!(may_be || found.is_none() || found == Some(Pattern::Phone));
            }
        }

        #[test]
        fn looks_add_up(lines in vec("[0-9 a@.４]{0,6}", 0..5), at in 0_usize..5) {
            let (before, behind) = lines.split_at(at.min(lines.len()));
            prop_assert_eq!(look(before).then(look(behind)), look(&lines));
        }
    }

    fn check(text: &str, expected: bool) {
        assert_eq!(Pattern::find(text.split('\n')).is_some(), expected, "{text:?}");
    }

    #[test]
    fn email_addresses_are_found() {
        check("a@b.de", true);
        check("write to john.doe+news@mail.example.com, please", true);
        check("<jörg@münchen.de>", true);
        check("ME＠EXAMPLE.COM", true);
        check("joe@exam\nple.com", true);
        check("joe@example\n.com", true);
        check("joe@x\nme@example.com", true);
        check("joe\u{ad}@ex\u{200b}ample.com", true);
    }

    #[test]
    fn words_with_an_at_sign_are_no_email_addresses() {
        check("@viewreel", false);
        check("2 apples @ 3.50", false);
        check("joe@localhost", false);
        check("joe@example.", false);
        check("a@b.c", false);
        check("", false);
    }

    #[test]
    fn card_numbers_are_found() {
        check("4111111111111111", true);
        check("4111 1111 1111 1111", true);
        check("4111-1111-1111-1111", true);
        check("Visa 4111 1111\n1111 1111, 12/27", true);
        check("3782 822463 10005", true);
        check("6304000000000000000", true);
        check("4111 1111 1111 1111 12 27 123", true);
        check("12 4111 1111 1111 1111", true);
        check("４１１１ １１１１ １１１１ １１１１", true);
        check("٤١١١ ١١١١ ١١١١ ١١١١", true);
    }

    #[test]
    fn long_numbers_with_a_wrong_check_digit_are_no_cards() {
        check("4111111111111112", false);
        check("8812345678901234", false);
    }

    #[test]
    fn phone_numbers_are_found() {
        check("+1 (415) 555-0132", true);
        check("+49 30 1234567", true);
        check("call \u{202a}+44 20 7946 0958\u{202c}", true);
        check("415-555-0132", true);
        check("(415) 555-0132 ext", true);
        check("4155550132", true);
        check("06 12 34 56 78", true);
        check("555-0132", true);
        check("1-800-555-0199", true);
        check("030 12345678", true);
        check("9123 4567", true);
        check("+49 30\n123 45 67", true);
    }

    #[test]
    fn other_numbers_are_no_phone_numbers() {
        check("12.50", false);
        check("1,299.00", false);
        check("2024-05-06", false);
        check("06.05.2024 12:30", false);
        check("2024-05-06 12:30:59", false);
        check("3.14159265358979", false);
        check("order 48213", false);
        check("10 20 30", false);
        check("+5", false);
        check("1 2 3 4 5 6 7", false);
    }
}
