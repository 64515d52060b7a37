//! Words that are recorded beside the tree: log lines, names of screens and events,
//! accessibility identifiers.
//!
//! They are written by developers, who put into them what should not be there. At
//! every level they lose what the patterns of texts find, and what opens doors:
//! bearer tokens, JSON web tokens, keys. Addresses of the web lose user, query and
//! fragment.

mod secret;
mod url;

use std::borrow::Cow;

use crate::pattern::Pattern;

/// Stands for what was taken out.
const GONE: &str = "•••";

/// Whether something in the text is private, so that a name is better left out.
pub(crate) fn is_private(text: &str) -> bool {
    Pattern::find(text.lines()).is_some() || text.split_whitespace().any(secret::is_key)
}

/// The text as it may be recorded. O(characters × findings).
#[must_use]
pub fn cleaned(text: &str) -> Cow<'_, str> {
    let text = url::without_parameters(text);
    let text = match secret::without_secrets(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => Cow::Owned(clean),
    };
    match without_patterns(&text) {
        Some(clean) => Cow::Owned(clean),
        None => text,
    }
}

/// The text without what the patterns find; `None` where they find nothing.
fn without_patterns(text: &str) -> Option<String> {
    let (mut clean, mut rest) = (String::new(), text);
    while let Some((start, end)) = first_finding(rest) {
        clean.push_str(rest.get(..start)?);
        clean.push_str(GONE);
        rest = rest.get(end..)?;
    }
    let is_changed = rest.len() < text.len();
    clean.push_str(rest);
    is_changed.then_some(clean)
}

/// Where the first finding of a pattern is. It ends with the first beginning of the
/// text in which something is found, and starts as late as it can.
fn first_finding(text: &str) -> Option<(usize, usize)> {
    finds(text).then_some(())?;
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let end = *ends.get(ends.partition_point(|&end| !text.get(..end).is_some_and(finds)))?;
    let starts = text.get(..end)?.char_indices().map(|(at, _)| at);
    let start = starts.take_while(|&at| text.get(at..end).is_some_and(finds)).last()?;
    Some((start_of_word(text, start), end + tail_len(text.get(end..)?)))
}

fn finds(text: &str) -> bool {
    Pattern::find(std::iter::once(text)).is_some()
}

/// A part of an address or number stands before it, too.
fn start_of_word(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.trim_end_matches(|c: char| c.is_alphanumeric() || "._%+-".contains(c)).len()
}

/// How much of what follows belongs to the finding: the rest of a word, and more
/// groups of digits.
fn tail_len(rest: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || "._%+-@＠".contains(c);
    let word = rest.len() - rest.trim_start_matches(is_part).len();
    let more = rest.get(word..).unwrap_or_default();
    let digits = more.trim_start_matches([' ', '-', '.', '/', '(', ')']);
    match digits.starts_with(|c: char| c.is_numeric()) {
        true => word + (more.len() - digits.len()) + tail_len(digits),
        false => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{cleaned, is_private};

    fn check(text: &str, expected: &str) {
        assert_eq!(cleaned(text), expected);
    }

    #[test]
    fn words_without_anything_private_stay_as_they_are() {
        for text in ["", "Screen opened", "loaded 12 items in 340 ms", "Größe: 3,50 €"] {
            check(text, text);
            assert!(!is_private(text), "{text}");
        }
    }

    #[test]
    fn addresses_and_numbers_are_taken_out_and_the_rest_stays() {
        check("mail to joe@example.com failed", "mail to ••• failed");
        check("a@b.de and c@d.org", "••• and •••");
        check("card 4111 1111 1111 1111 declined", "card ••• declined");
        check("call +49 30 1234567 89 now", "call ••• now");
        check("user joe.doe+x@mail.example.co.uk: ok", "user •••: ok");
    }

    #[test]
    fn what_opens_doors_is_taken_out() {
        check("Authorization: Bearer abc.DEF-123_456", "Authorization: •••");
        check("got eyJhbGciOi.eyJzdWIiOi.SflKxwRJ_x", "got •••");
        check("key sk_live_51H8xYzAbCdEf set", "key ••• set");
        check("id 9f86d081884c7d659a2feaa0c55ad015", "id •••");
        check("password=hunter2&x", "password=•••");
        check("token: 12ab", "token: •••");
    }

    #[test]
    fn addresses_of_the_web_lose_user_query_and_fragment() {
        check("GET https://a.io/b?c=d#e 200", "GET https://a.io/b 200");
        check("https://joe:pw@a.io/x", "https://a.io/x");
        check("see https://a.io/b, please", "see https://a.io/b, please");
        check("app://open#secret", "app://open");
    }

    #[test]
    fn identifiers_that_say_something_private_are_found() {
        assert!(is_private("cell.joe@example.com"));
        assert!(is_private("AKIAIOSFODNN7EXAMPLE"));
        assert!(!is_private("checkout.pay"));
        assert!(!is_private("0F4A2C9E-7C31-4B7B-9D5A-51C0B7A2E1D4"));
    }
}
