//! The words of masking: levels, actions and reasons.

/// How much is masked where no override speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MaskLevel {
    /// What says who somebody is, and what is recognised in any text.
    Light = 0,
    /// And everything that can be edited, and photographs. The default.
    #[default]
    Medium = 1,
    /// And every text, and the state of every control.
    Conservative = 2,
}

impl MaskLevel {
    /// The level of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Light),
            1 => Some(Self::Medium),
            2 => Some(Self::Conservative),
            _ => None,
        }
    }

    /// The level as its documented word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Conservative => "conservative",
        }
    }
}

/// What is done to a node, weakest first, so that the stronger of two is the
/// greater of two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum MaskAction {
    /// Content stays.
    #[default]
    Keep = 0,
    /// Content is dropped; place, kind and font stay.
    Mask = 1,
    /// The node becomes a placeholder and its subtree is dropped.
    Replace = 2,
}

impl MaskAction {
    /// The action of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Keep),
            1 => Some(Self::Mask),
            2 => Some(Self::Replace),
            _ => None,
        }
    }

    /// The action as one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Mask => "mask",
            Self::Replace => "replace",
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $word:literal;)+) => {
        /// Why a node is masked or replaced. The numbers are never reused.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum MaskReason { $($(#[$doc])* $name = $code,)+ }

        impl MaskReason {
            /// The reason of that number.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }

            /// The reason in a few words, for people.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

reasons! {
    /// Not masked.
    #[default]
    None = 0, "none";
    /// The mask level asks for it.
    Level = 1, "level";
    /// Secure entry, now or at any earlier moment of this view.
    Secure = 2, "secure";
    /// The field's content type is of the sensitive floor (password, card, ...), or
    /// was at any earlier moment of this view.
    ContentType = 3, "content-type";
    /// The text itself looks like an e-mail address, card or phone number.
    Pattern = 4, "pattern";
    /// The app, or the config of its server, said so for this view.
    Override = 5, "override";
    /// One of these said so for an ancestor.
    Ancestor = 6, "ancestor";
    /// A region covers the node.
    Region = 7, "region";
    /// The content comes from outside the view tree (web view, map, video, ...).
    OpaqueContent = 8, "opaque-content";
    /// Nobody recognises the drawing layer.
    UnknownLayer = 9, "unknown-layer";
    /// The software keyboard, always.
    Keyboard = 10, "keyboard";
    /// The tree was larger than the limits allow and was cut here.
    Limit = 11, "limit";
}
