//! Addresses of the web.

use std::borrow::Cow;

/// Between the scheme of an address and what it leads to.
const AFTER_SCHEME: &str = "://";

/// The text, its addresses without user, query and fragment.
pub(super) fn without_parameters(text: &str) -> Cow<'_, str> {
    if !text.contains(AFTER_SCHEME) {
        return Cow::Borrowed(text);
    }
    let ends = |c: char| c.is_whitespace() || ",;\"'<>()[]{}".contains(c);
    Cow::Owned(text.split_inclusive(ends).map(|part| address(part, ends)).collect())
}

fn address(part: &str, ends: impl Fn(char) -> bool) -> String {
    let (body, end) = part.split_at(part.trim_end_matches(ends).len());
    let Some((scheme, rest)) = body.split_once(AFTER_SCHEME) else { return part.to_owned() };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, tail) = path.split_at(path.find('/').unwrap_or(path.len()));
    let host = host.rsplit('@').next().unwrap_or_default();
    [scheme, AFTER_SCHEME, host, tail, end].concat()
}
