//! What is done to one node, and why.

use viewreel_model::node::{Mask, Row, TextRole};
use viewreel_model::raw::Privacy;
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason};

use crate::regions::Cover;

/// What ancestors say to everything below them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scope {
    /// An ancestor masks what is below it.
    pub(crate) is_masked: bool,
    /// The nearest ancestor that says anything says `keep`.
    pub(crate) is_kept: bool,
    /// An ancestor is something that can be edited.
    pub(crate) is_input: bool,
}

/// All that is known when a node is judged.
pub(crate) struct Facts<'a> {
    /// What the node says.
    pub(crate) row: &'a Row,
    /// What only masking may know of it.
    pub(crate) privacy: Privacy,
    /// Why it is sensitive for ever, if it is.
    pub(crate) sticky: Option<MaskReason>,
    /// What ancestors say.
    pub(crate) scope: Scope,
    /// What regions say.
    pub(crate) cover: Cover,
}

impl Facts<'_> {
    /// The verdict; `is_pattern` looks at the text, which is asked for only
    /// where nothing else masks it already. So the reason of a masked node never
    /// tells what its text looks like.
    pub(crate) fn judge(&self, level: MaskLevel, is_pattern: impl FnOnce() -> bool) -> Mask {
        let replace = self.replace_reason();
        let mask = replace
            .or_else(|| self.mask_reason())
            .or_else(|| if self.is_kept() { None } else { self.level_reason(level, is_pattern) });
        match (replace, mask) {
            (Some(reason), _) => Mask { action: MaskAction::Replace, reason },
            (None, Some(reason)) => Mask { action: MaskAction::Mask, reason },
            (None, None) => Mask::default(),
        }
    }

    /// What this node says to everything below it.
    pub(crate) fn scope_below(&self) -> Scope {
        let own = self.privacy.override_action;
        Scope {
            is_masked: self.scope.is_masked
                || self.floor_reason().is_some()
                || own.is_some_and(|action| action >= MaskAction::Mask),
            is_kept: own.map_or(self.scope.is_kept, |action| action == MaskAction::Keep),
            is_input: self.scope.is_input || self.row.semantics.kind.is_editable(),
        }
    }

    fn replace_reason(&self) -> Option<MaskReason> {
        let kind = self.row.semantics.kind;
        let own = self.privacy.override_action;
        let says = [
            (kind == Kind::Keyboard, MaskReason::Keyboard),
            (self.privacy.truncated, MaskReason::Limit),
            (own == Some(MaskAction::Replace), MaskReason::Override),
            (self.cover.replaces, MaskReason::Region),
            (kind.is_opaque_content() && !self.is_shown_on_purpose(), MaskReason::OpaqueContent),
        ];
        first(says)
    }

    /// `keep` on the node itself, and nothing that is stronger.
    fn is_shown_on_purpose(&self) -> bool {
        self.privacy.override_action == Some(MaskAction::Keep) && self.mask_reason().is_none()
    }

    /// What masks at every level and in spite of `keep`.
    fn mask_reason(&self) -> Option<MaskReason> {
        let own = self.privacy.override_action;
        let says = [
            (self.row.semantics.kind == Kind::Unknown, MaskReason::UnknownLayer),
            (own == Some(MaskAction::Mask), MaskReason::Override),
            (self.scope.is_masked, MaskReason::Ancestor),
            (self.cover.masks, MaskReason::Region),
        ];
        self.floor_reason().or_else(|| first(says))
    }

    fn floor_reason(&self) -> Option<MaskReason> {
        let says = [
            (self.privacy.secure, MaskReason::Secure),
            (self.privacy.content_type.is_sensitive(), MaskReason::ContentType),
        ];
        first(says).or(self.sticky)
    }

    fn is_kept(&self) -> bool {
        let own = self.privacy.override_action;
        self.cover.keeps || own.map_or(self.scope.is_kept, |action| action == MaskAction::Keep)
    }

    fn level_reason(
        &self,
        level: MaskLevel,
        is_pattern: impl FnOnce() -> bool,
    ) -> Option<MaskReason> {
        let by_level = match level {
            MaskLevel::Light => false,
            MaskLevel::Medium => self.is_said_by_user(),
            MaskLevel::Conservative => self.is_said_by_user() || has_text(self.row),
        };
        if by_level {
            return Some(MaskReason::Level);
        }
        is_pattern().then_some(MaskReason::Pattern)
    }

    /// What the user typed or chose. An empty field without a hint counts, so
    /// that it does not change its looks when the first character is typed.
    fn is_said_by_user(&self) -> bool {
        let kind = self.row.semantics.kind;
        kind.is_input_control() || self.is_typed()
    }

    /// Text that can be edited, or an empty place for it; not a hint.
    pub(crate) fn is_typed(&self) -> bool {
        let role = self.row.text.role;
        let in_input = self.scope.is_input && has_text(self.row);
        let is_place = in_input || self.row.semantics.kind.is_editable();
        role == TextRole::Input || is_place && role != TextRole::Hint
    }
}

/// Whether the node has text of its own, perhaps an empty one.
pub(crate) fn has_text(row: &Row) -> bool {
    row.text.role != TextRole::None || row.lines.len > 0
}

/// Whether the views inside belong to the control and tell its state by their
/// places, such as the thumb of a slider.
pub(crate) const fn hides_inside(kind: Kind) -> bool {
    kind.is_input_control() || matches!(kind, Kind::TextInput)
}

fn first<const N: usize>(says: [(bool, MaskReason); N]) -> Option<MaskReason> {
    says.into_iter().find(|(is_so, _)| *is_so).map(|(_, reason)| reason)
}
