//! What is done to one node, and why.

use viewreel_model::node::{Mask, TextRole, control};
use viewreel_model::raw::{Brief, Privacy};
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason};

use crate::brief::shows_picture;
use crate::pattern::Pattern;
use crate::regions::Cover;

/// What ancestors say to everything below them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// An ancestor masks what is below it.
    pub(crate) is_masked: bool,
    /// The nearest ancestor that says anything says `keep`.
    pub(crate) is_kept: bool,
    /// Whether an ancestor can be edited.
    pub(crate) input: Input,
    /// An ancestor is a field for what says who somebody is, and is not kept.
    pub(crate) is_personal: bool,
    /// Another one when a cell around it shows another item.
    pub(crate) generation: u32,
}

/// Whether something around a node can be edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    #[default]
    Nothing,
    Editable,
    /// And it has the focus.
    Focused,
}

/// How much of what a level asks is lifted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lift {
    Nothing,
    /// What it says of texts and controls.
    Words,
    Everything,
}

/// What patterns in the text of a node may still mask it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Asks {
    #[default]
    Nothing,
    /// Card numbers, which nobody may keep in what can be edited.
    Cards,
    Anything,
}

/// What is thought of a node before anybody looked at its text.
#[derive(Clone, Copy, Default)]
pub(crate) struct Opinion {
    mask: Mask,
    pub(crate) asks: Asks,
}

impl Opinion {
    const fn settled(action: MaskAction, reason: MaskReason) -> Self {
        Self { mask: Mask { action, reason }, asks: Asks::Nothing }
    }

    /// The verdict, with what was recognised in its text.
    pub(crate) fn verdict(self, pattern: Option<Pattern>) -> Mask {
        let is_found = match self.asks {
            Asks::Nothing => false,
            Asks::Cards => pattern == Some(Pattern::Card),
            Asks::Anything => pattern.is_some(),
        };
        match is_found {
            true => Mask { action: MaskAction::Mask, reason: MaskReason::Pattern },
            false => self.mask,
        }
    }
}

/// All that is known when a node is judged.
pub(crate) struct Facts {
    /// What the node says.
    pub(crate) brief: Brief,
    /// What only masking may know of it.
    pub(crate) privacy: Privacy,
    /// Why it is sensitive for ever, if it is.
    pub(crate) sticky: Option<MaskReason>,
    /// What ancestors say.
    pub(crate) scope: Scope,
    /// What regions say.
    pub(crate) cover: Cover,
}

impl Facts {
    /// What is thought of the node before anybody looked at its text. A text is
    /// looked at only where nothing else masks it, so that neither the reason nor
    /// anything else tells what a masked text looks like.
    pub(crate) fn opinion(&self, level: MaskLevel) -> Opinion {
        if let Some(reason) = self.replace_reason() {
            return Opinion::settled(MaskAction::Replace, reason);
        }
        match self.mask_reason().or_else(|| self.level_reason(level)) {
            Some(reason) => Opinion::settled(MaskAction::Mask, reason),
            None => Opinion { mask: Mask::default(), asks: self.asks() },
        }
    }

    /// What this node says to everything below it.
    pub(crate) fn scope_below(&self) -> Scope {
        let own = self.privacy.override_action;
        let (kind, above) = (self.brief.kind, self.scope);
        let is_input = above.input > Input::Nothing || kind.is_editable();
        let input = match (is_input, self.has_focus()) {
            (false, _) => Input::Nothing,
            (true, false) => Input::Editable,
            (true, true) => Input::Focused,
        };
        Scope {
            is_masked: above.is_masked
                || self.floor_reason().is_some()
                || own.is_some_and(|action| action >= MaskAction::Mask),
            is_kept: own.map_or(above.is_kept, |action| action == MaskAction::Keep),
            input: above.input.max(input),
            is_personal: self.is_personal(),
            generation: above.generation.rotate_left(5) ^ self.brief.generation,
        }
    }

    fn replace_reason(&self) -> Option<MaskReason> {
        let kind = self.brief.kind;
        let says = [
            (kind == Kind::Keyboard, MaskReason::Keyboard),
            (self.privacy.truncated, self.floor_reason().unwrap_or(MaskReason::Limit)),
            (self.privacy.override_action == Some(MaskAction::Replace), MaskReason::Override),
            (self.cover.replaces, MaskReason::Region),
            (kind.is_opaque_content() && !self.is_shown_on_purpose(), MaskReason::OpaqueContent),
        ];
        first(says)
    }

    /// `keep` on the node itself, and nothing that is stronger.
    fn is_shown_on_purpose(&self) -> bool {
        self.says_keep() && self.mask_reason().is_none()
    }

    fn says_keep(&self) -> bool {
        self.privacy.override_action == Some(MaskAction::Keep)
    }

    /// What masks at every level.
    fn mask_reason(&self) -> Option<MaskReason> {
        let is_unknown = self.brief.kind == Kind::Unknown;
        let says = [
            (is_unknown && !self.says_keep(), MaskReason::UnknownLayer),
            (self.privacy.override_action == Some(MaskAction::Mask), MaskReason::Override),
            (self.scope.is_masked, MaskReason::Ancestor),
            (self.cover.masks, MaskReason::Region),
        ];
        self.floor_reason().or_else(|| first(says))
    }

    fn floor_reason(&self) -> Option<MaskReason> {
        let is_declared = self.privacy.content_type.is_floor() || self.privacy.was_sensitive;
        let says =
            [(self.privacy.secure, MaskReason::Secure), (is_declared, MaskReason::ContentType)];
        first(says).or(self.sticky)
    }

    /// What `keep` and keep regions lift. Inherited, they speak of words only.
    fn lift(&self) -> Lift {
        let is_kept = self.scope.is_kept || self.cover.keeps;
        match self.privacy.override_action {
            Some(MaskAction::Keep) => Lift::Everything,
            _ if is_kept => Lift::Words,
            _ => Lift::Nothing,
        }
    }

    fn level_reason(&self, level: MaskLevel) -> Option<MaskReason> {
        let lift = self.lift();
        let is_level = lift < Lift::Everything && self.shows_too_much(level)
            || lift < Lift::Words && self.says_too_much(level);
        is_level.then_some(MaskReason::Level)
    }

    fn asks(&self) -> Asks {
        match self.lift() {
            Lift::Nothing => Asks::Anything,
            _ if self.is_typed() => Asks::Cards,
            _ => Asks::Nothing,
        }
    }

    /// Pictures, and fields for what says who somebody is.
    fn shows_too_much(&self, level: MaskLevel) -> bool {
        self.is_personal() || self.brief.has_picture && !shows_picture(&self.brief, level)
    }

    fn is_personal(&self) -> bool {
        let is_own = self.privacy.content_type.is_personal();
        (is_own || self.scope.is_personal) && !self.says_keep()
    }

    fn says_too_much(&self, level: MaskLevel) -> bool {
        let kind = self.brief.kind;
        let is_focused =
            self.is_typed() && (self.scope.input == Input::Focused || self.has_focus());
        let is_said = self.is_typed() || self.is_hint() || kind.is_picker();
        match level {
            MaskLevel::Light => is_focused,
            MaskLevel::Medium => is_said,
            MaskLevel::Conservative => is_said || self.brief.has_text() || kind.has_state(),
        }
    }

    fn has_focus(&self) -> bool {
        self.brief.flags & control::FOCUSED != 0
    }

    /// The prompt of an empty field. It is not there when something is typed.
    fn is_hint(&self) -> bool {
        self.brief.role == TextRole::Hint
    }

    /// Text that can be edited, or an empty place for it; not a hint.
    pub(crate) fn is_typed(&self) -> bool {
        let role = self.brief.role;
        let in_input = self.scope.input > Input::Nothing && self.brief.has_text();
        let is_place = in_input || self.brief.kind.is_editable();
        role == TextRole::Input || is_place && role != TextRole::Hint
    }
}

fn first<const N: usize>(says: [(bool, MaskReason); N]) -> Option<MaskReason> {
    says.into_iter().find(|(is_so, _)| *is_so).map(|(_, reason)| reason)
}
