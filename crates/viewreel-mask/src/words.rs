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

/// Something that is found is shorter than half of this, in bytes: an address without
/// what stands directly before it, a number in wide digits.
const WINDOW_BYTES: usize = 256;

/// The text as it may be recorded. O(characters), and as much as a window's square
/// for each finding.
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

/// Where the first finding of a pattern is. It is looked for in windows that overlap.
fn first_finding(text: &str) -> Option<(usize, usize)> {
    let starts = (0..text.len()).step_by(WINDOW_BYTES / 2);
    let mut windows = starts.map(|at| {
        let at = text.floor_char_boundary(at);
        (at, text.get(at..text.floor_char_boundary(at + WINDOW_BYTES)).unwrap_or_default())
    });
    let (at, window) = windows.find(|(_, window)| finds(window))?;
    let (start, end) = finding(window)?;
    let end = at + end;
    Some((start_of_word(text, at + start), end + tail_len(text.get(end..)?)))
}

/// Of a window in which something is found: it ends with the first beginning of the
/// window in which something is found, and starts as late as it can.
fn finding(window: &str) -> Option<(usize, usize)> {
    let ends: Vec<usize> = window.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let end = *ends.get(ends.partition_point(|&end| !window.get(..end).is_some_and(finds)))?;
    let starts = window.get(..end)?.char_indices().map(|(at, _)| at);
    let start = starts.take_while(|&at| window.get(at..end).is_some_and(finds)).last()?;
    Some((start, end))
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
    let mut after = rest.trim_start_matches(is_part);
    loop {
        let digits = after.trim_start_matches([' ', '-', '.', '/', '(', ')']);
        if !digits.starts_with(char::is_numeric) {
            return rest.len() - after.len();
        }
        after = digits.trim_start_matches(is_part);
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
        check("password=hunter2&x", "password=•••&x");
        check("token: 12ab", "token: •••");
        check("Authorization: Basic dXNlcjpwYXNz", "Authorization: •••");
        check("user=joe&password=hunter2", "user=joe&password=•••");
        check("x=1&access_token=2YotnF,y", "x=1&access_token=•••,y");
        check(r#"{"user":"joe","password":"hunter2"}"#, r#"{"user":"joe","password":"•••"}"#);
        check(r#"{"password": "hunter2"}"#, r#"{"password": "•••"}"#);
        check(
            r#"["Authorization": "Bearer 2YotnFZFEjr1zCsicMWpAA"]"#,
            r#"["Authorization": "•••"]"#,
        );
    }

    #[test]
    fn long_lines_take_no_longer_than_they_are() {
        for line in ["x ".repeat(8_000), "1 ".repeat(2_000), "a@b.de ".repeat(100)] {
            let clean = cleaned(&(line + "joe@example.com" + &" 1".repeat(8_000))).into_owned();
            assert!(!clean.contains('@'));
        }
    }

    #[test]
    fn addresses_of_the_web_lose_user_query_and_fragment() {
        check("GET https://a.io/b?c=d#e 200", "GET https://a.io/b 200");
        check("https://joe:pw@a.io/x", "https://a.io/x");
        check("see https://a.io/b, please", "see https://a.io/b, please");
        check("https://a.io/x,https://joe:pw@b.io/y", "https://a.io/x,https://b.io/y");
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
