//! The list of replays, page by page.

use viewreel_format::ReplayId;
use viewreel_store::{ListPosition, ReplayRow};

/// How many replays a page has, 1 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize(u32);

impl PageSize {
    /// Most replays of a page.
    pub const MAX: u32 = 200;

    /// A page of `size` replays, `None` where that is 0 or more than
    /// [`PageSize::MAX`].
    #[must_use]
    pub fn new(size: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&size).then_some(Self(size))
    }

    /// Number of replays.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(50)
    }
}

/// Where the next page begins. Opaque to callers; it stays good while replays
/// come and go, because it names a place in the order and not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(ListPosition);

impl Cursor {
    /// The cursor that [`Cursor::encode`] gave as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '~');
        let started_at_ms = parts.next()?.parse().ok()?;
        let id = ReplayId::new(parts.next()?, parts.next()?)?;
        Some(Self(ListPosition { started_at_ms, id }))
    }

    /// The cursor as text. `~` does not occur in ids.
    #[must_use]
    pub fn encode(&self) -> String {
        let ListPosition { started_at_ms, id } = &self.0;
        format!("{started_at_ms}~{}~{}", id.device_id, id.session_id)
    }

    pub(crate) const fn position(&self) -> &ListPosition {
        &self.0
    }
}

/// Some replays, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayPage {
    /// The replays.
    pub replays: Vec<ReplayRow>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

impl ReplayPage {
    /// Cuts rows, of which there may be one more, to a page.
    pub(crate) fn cut(mut replays: Vec<ReplayRow>, size: PageSize) -> Self {
        let has_more = replays.len() > size.get() as usize;
        replays.truncate(size.get() as usize);
        let last = replays.last().filter(|_| has_more);
        let next = last.map(|row| {
            Cursor(ListPosition { started_at_ms: row.started_at_ms, id: row.id.clone() })
        });
        Self { replays, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        let id = ReplayId::new("a:b|c", "1764000000000").expect("a valid id");
        let cursor = Cursor(ListPosition { started_at_ms: -5, id });
        assert_eq!(Cursor::parse(&cursor.encode()), Some(cursor));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "~", "1~a", "1~a~", "x~a~b", "1~a~b~c", "1~a/b~c"] {
            assert_eq!(Cursor::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn pages_have_one_to_200_replays() {
        let sizes = [0, 1, 200, 201].map(|size| PageSize::new(size).is_some());
        assert_eq!(sizes, [false, true, true, false]);
    }
}
