//! What must not be torn apart: a character with the marks that sit on it.

use crate::metrics::Metrics;

const JOINER: char = '\u{200D}';

/// The clusters of a text, in order: each a character with the marks,
/// modifiers and joined characters that follow it, and both halves of a line
/// break and of a flag together. A reduced form of Unicode's UAX #29, enough
/// not to draw half an emoji.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (cluster, after) = rest.split_at_checked(first_len(rest))?;
        rest = after;
        (!cluster.is_empty()).then_some(cluster)
    })
}

/// Bytes of the first cluster; 0 where the text is empty.
fn first_len(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let mut before = first;
    let mut takes_half = is_flag_half(first);
    for (at, char) in chars {
        let is_second_half = takes_half && is_flag_half(char);
        let is_joined = is_mark(char) || before == JOINER || (before, char) == ('\r', '\n');
        if !is_joined && !is_second_half {
            return at;
        }
        takes_half = false;
        before = char;
    }
    text.len()
}

/// Advance width of a text, in font units: every cluster is as wide as its
/// first character.
pub(crate) fn width(text: &str, metrics: &Metrics) -> u32 {
    clusters(text).map(|cluster| cluster_width(cluster, metrics)).fold(0, u32::saturating_add)
}

/// Advance width of one cluster, in font units.
pub(crate) fn cluster_width(cluster: &str, metrics: &Metrics) -> u32 {
    cluster.chars().next().filter(|&char| !is_mark(char)).map_or(0, |char| metrics.char(char))
}

fn is_flag_half(char: char) -> bool {
    matches!(char, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether a character has no width of its own: combining marks, joiners,
/// variation selectors, skin tones, direction marks and tags.
fn is_mark(char: char) -> bool {
    matches!(u32::from(char),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x064B..=0x065F
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x2064 | 0x20D0..=0x20FF | 0x3099..=0x309A | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F | 0xFEFF | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(clusters(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn marks_stay_with_their_letter() {
        check("e\u{301}a", &["e\u{301}", "a"]);
    }

    #[test]
    fn a_family_is_one_cluster() {
        check("👩‍👧x", &["👩‍👧", "x"]);
    }

    #[test]
    fn flags_come_in_pairs() {
        check("🇨🇿🇪🇸🇵", &["🇨🇿", "🇪🇸", "🇵"]);
    }

    #[test]
    fn a_line_break_of_two_characters_is_one_cluster() {
        check("a\r\nb", &["a", "\r\n", "b"]);
    }

    #[test]
    fn a_text_that_begins_with_a_mark_keeps_it() {
        check("\u{301}a", &["\u{301}", "a"]);
    }

    #[test]
    fn a_family_is_as_wide_as_one_person() {
        let metrics = Metrics::of(400);
        assert_eq!(width("👩‍👧", metrics), width("👩", metrics));
    }
}
