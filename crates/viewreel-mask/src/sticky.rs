//! Views that are sensitive for ever.

use std::collections::HashMap;

use viewreel_model::raw::Privacy;
use viewreel_model::{CaptureId, MaskReason};

use crate::ids::IdHash;
use crate::pattern::Pattern;

/// Most views that are remembered one by one. When there are more, everything
/// that can be edited counts as secure.
pub const MAX_STICKY: usize = 65_536;

/// A text as it is remembered: a view, showing one item. A label of a recycled
/// cell says other words with the next item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Recognised {
    pub(crate) id: CaptureId,
    pub(crate) generation: u32,
}

/// Which views were secure or sensitive at any moment of this process.
///
/// Nothing is ever taken out: a capture id is never given to another view, so a
/// view that once held a password is the same view for as long as it is seen.
#[derive(Clone, Default)]
pub(crate) struct Sticky {
    views: HashMap<CaptureId, MaskReason, IdHash>,
    patterns: HashMap<Recognised, Pattern>,
    is_full: bool,
}

impl Sticky {
    /// Learns from what the capturer says of a view.
    pub(crate) fn observe(&mut self, privacy: &Privacy) {
        if privacy.secure {
            self.add(privacy.id, MaskReason::Secure);
        } else if privacy.content_type.is_floor() || privacy.was_sensitive {
            self.add(privacy.id, MaskReason::ContentType);
        }
    }

    /// Remembers that the text of a view once matched a pattern.
    pub(crate) fn add_pattern(&mut self, view: Recognised, pattern: Pattern) {
        if view.id == CaptureId::default() || self.pattern(view) >= Some(pattern) {
            return;
        }
        if self.patterns.len() < MAX_STICKY || self.patterns.contains_key(&view) {
            self.patterns.insert(view, pattern);
        } else {
            self.is_full = true;
        }
    }

    /// Remembers that a card number was typed into a view.
    pub(crate) fn add_card(&mut self, id: CaptureId) {
        self.add(id, MaskReason::ContentType);
    }

    /// Why the view is masked for ever and in spite of everything, if it is.
    pub(crate) fn floor(&self, id: CaptureId) -> Option<MaskReason> {
        self.views.get(&id).copied()
    }

    /// What the text of the view once matched.
    pub(crate) fn pattern(&self, view: Recognised) -> Option<Pattern> {
        self.patterns.get(&view).copied()
    }

    /// The first reason stays. Views without an id cannot be remembered.
    fn add(&mut self, id: CaptureId, reason: MaskReason) {
        if id == CaptureId::default() || self.views.contains_key(&id) {
            return;
        }
        if self.views.len() < MAX_STICKY {
            self.views.insert(id, reason);
        } else {
            self.is_full = true;
        }
    }

    /// Whether views had to be left out, so that none that can be edited may
    /// be trusted.
    pub(crate) const fn is_full(&self) -> bool {
        self.is_full
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_past_the_limit_makes_it_full_and_the_first_stay_remembered() {
        let mut sticky = Sticky::default();
        (1..=MAX_STICKY as u64).for_each(|id| sticky.add(CaptureId(id), MaskReason::Secure));
        sticky.add(CaptureId(1), MaskReason::ContentType);
        assert!(!sticky.is_full());
        sticky.add(CaptureId(u64::MAX), MaskReason::Secure);
        assert!(sticky.is_full());
        assert_eq!(sticky.floor(CaptureId(1)), Some(MaskReason::Secure));
        assert_eq!(sticky.floor(CaptureId(u64::MAX)), None);
    }
}
