//! What opens doors: passwords and tokens that are named, JSON web tokens, keys.

use std::borrow::Cow;

use super::GONE;

/// What stands before a secret, in lower case.
const NAMES: [&str; 11] = [
    "bearer",
    "basic",
    "password",
    "passwd",
    "pwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
];

/// How keys of well-known services begin.
const KEY_STARTS: [&str; 12] = [
    "sk_live_",
    "sk_test_",
    "pk_live_",
    "sk-",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "xoxb-",
    "xoxp-",
    "glpat-",
    "AIza",
];

/// How the access keys of a large cloud begin, and how long they are.
const CLOUD_KEY: (&str, usize) = ("AKIA", 20);

/// Characters of the shortest key of a well-known service.
const MIN_KEY: usize = 12;

/// Characters from which on a run of letters and digits is a key.
const LONG_RUN: usize = 32;

/// The text with each secret taken out.
pub(super) fn without_secrets(text: &str) -> Cow<'_, str> {
    let mut is_named = false;
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let (body, space) = word.split_at(word.trim_end().len());
        let clean = if is_named { Cow::Borrowed(GONE) } else { clean_word(body) };
        is_named = names_next(body);
        (clean, space)
    });
    let clean = words.fold(String::new(), |text, (word, space)| text + &word + space);
    if clean == text { Cow::Borrowed(text) } else { Cow::Owned(merged(&clean)) }
}

/// One sign for what was taken out in a row.
fn merged(text: &str) -> String {
    text.replace(&format!("{GONE} {GONE}"), GONE)
}

/// A word that is a key, or `name=value`.
fn clean_word(word: &str) -> Cow<'_, str> {
    let is_value_of = |name: &str| NAMES.iter().any(|known| name.to_lowercase().ends_with(known));
    match word.split_once(['=', ':']) {
        Some((name, value)) if is_value_of(name) && !value.is_empty() => {
            let kept = word.get(..=name.len()).unwrap_or_default();
            Cow::Owned(format!("{kept}{GONE}"))
        }
        _ if is_scheme(word) || is_key(word) => Cow::Borrowed(GONE),
        _ => Cow::Borrowed(word),
    }
}

/// Whether the next word is a secret: `Bearer x`, `token: x`.
fn names_next(word: &str) -> bool {
    is_scheme(word)
        || word
            .strip_suffix([':', '='])
            .is_some_and(|name| NAMES.contains(&name.to_lowercase().as_str()))
}

/// The word before the secret in an `Authorization` header.
fn is_scheme(word: &str) -> bool {
    word.eq_ignore_ascii_case("bearer")
}

/// Whether the word is a key or token by its looks.
pub(super) fn is_key(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    word.split(|c| !is_part(c)).any(|word| is_web_token(word) || is_service_key(word))
        || word.split(|c: char| !c.is_ascii_alphanumeric()).any(is_long_run)
}

/// Three parts in base64 for addresses, the first of which is JSON (RFC 7519).
fn is_web_token(word: &str) -> bool {
    let parts = word.split('.').filter(|part| !part.is_empty());
    word.starts_with("eyJ") && parts.count() == 3
}

fn is_service_key(word: &str) -> bool {
    let (start, length) = CLOUD_KEY;
    let is_known = KEY_STARTS.iter().any(|start| word.starts_with(start));
    is_known && word.len() >= MIN_KEY || word.starts_with(start) && word.len() == length
}

/// Words have no digits in them, numbers no letters.
fn is_long_run(run: &str) -> bool {
    run.len() >= LONG_RUN
        && run.contains(|c: char| c.is_ascii_digit())
        && run.contains(|c: char| c.is_ascii_alphabetic())
}
