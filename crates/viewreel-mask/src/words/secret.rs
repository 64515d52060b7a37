//! What opens doors: passwords and tokens that are named, JSON web tokens, keys.

use std::borrow::Cow;

use super::GONE;

/// What names a secret, in lower case; longer names may end with it.
const NAMES: [&str; 10] = [
    "authorization",
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

/// What may stand between the name and the secret; the first one also where no name
/// is before it.
const SCHEMES: [&str; 2] = ["bearer", "basic"];

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

/// The text with each secret taken out: keys by their looks, and what follows a name
/// and a colon or equals sign, or `Bearer`. O(characters).
pub(super) fn without_secrets(text: &str) -> Cow<'_, str> {
    let mut reader = SecretReader { out: String::with_capacity(text.len()), before: Before::Other };
    for piece in text.split_inclusive(is_end) {
        let (word, end) = piece.split_at(piece.trim_end_matches(is_end).len());
        if !word.is_empty() {
            reader.take(word);
        }
        reader.out.push_str(end);
    }
    if reader.out == text { Cow::Borrowed(text) } else { Cow::Owned(reader.out) }
}

/// What the word before was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Other,
    /// A name, whose colon or equals sign may come.
    Name,
    /// All that has to be before a secret.
    Everything,
}

struct SecretReader {
    out: String,
    before: Before,
}

impl SecretReader {
    fn take(&mut self, word: &str) {
        let is_sign = word.trim_matches([':', '=']).is_empty();
        let named = name_len(word);
        self.before = match (self.before, named) {
            (Before::Name, _) if is_sign => self.keep(word, Before::Everything),
            (Before::Everything, _) if is_one_of(word, &SCHEMES) => self.drop(Before::Everything),
            (Before::Everything, _) => self.drop(Before::Other),
            (_, Some(len)) => self.keep_name(word, len),
            _ if is_one_of(word, &SCHEMES[..1]) => self.drop(Before::Everything),
            _ if is_key(word) => self.drop(Before::Other),
            _ => {
                let is_name = is_name(word);
                self.keep(word, if is_name { Before::Name } else { Before::Other })
            }
        };
    }

    fn keep(&mut self, word: &str, before: Before) -> Before {
        self.out.push_str(word);
        before
    }

    /// One sign for what is taken out in a row.
    fn drop(&mut self, before: Before) -> Before {
        let shown = self.out.trim_end().len();
        match self.out.get(..shown).is_some_and(|out| out.ends_with(GONE)) {
            true => self.out.truncate(shown),
            false => self.out.push_str(GONE),
        }
        before
    }

    /// `name=value`, or `name=` whose value comes next.
    fn keep_name(&mut self, word: &str, len: usize) -> Before {
        let (name, value) = word.split_at_checked(len).unwrap_or((word, ""));
        self.out.push_str(name);
        match value {
            "" => Before::Everything,
            value if is_one_of(value, &SCHEMES) => self.drop(Before::Everything),
            _ => self.drop(Before::Other),
        }
    }
}

/// How long the beginning of a word is that names a secret and ends with a colon or
/// equals sign.
fn name_len(word: &str) -> Option<usize> {
    let signs = word.match_indices([':', '=']).map(|(at, _)| at);
    let is_named = |at: &usize| word.get(..*at).is_some_and(is_name);
    signs.into_iter().find(is_named).map(|at| at + 1)
}

fn is_name(word: &str) -> bool {
    let word = word.to_lowercase();
    NAMES.iter().any(|name| word.ends_with(name))
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// What ends a word that is not a part of it.
fn is_end(c: char) -> bool {
    c.is_whitespace() || "&,;{}[]()<>\"'".contains(c)
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
