//! The tree as captured, before masking.

use crate::columns::Columns;
use crate::content::{Content, TextAsk};
use crate::geometry::Rect;
use crate::id::CaptureId;
use crate::mask::MaskAction;
use crate::node::TextStyle;
use crate::strings::StrId;

/// What a field is for, as the app declares it (`textContentType`, or the type of
/// its keyboard).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum ContentType {
    #[default]
    None = 0,
    Password = 1,
    NewPassword = 2,
    OneTimeCode = 3,
    Email = 4,
    Phone = 5,
    CardNumber = 6,
    /// A person's name, user name, card-holder's name, address or birthday.
    Personal = 7,
    /// Declared, and none of the others.
    Other = 8,
    CardExpiry = 9,
    /// The card's verification code.
    CardCode = 10,
}

impl ContentType {
    /// The content type of that number; unknown numbers read as
    /// [`ContentType::Personal`], which every level masks.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::None,
            1 => Self::Password,
            2 => Self::NewPassword,
            3 => Self::OneTimeCode,
            4 => Self::Email,
            5 => Self::Phone,
            6 => Self::CardNumber,
            8 => Self::Other,
            9 => Self::CardExpiry,
            10 => Self::CardCode,
            _ => Self::Personal,
        }
    }

    /// Whether it is masked whatever anybody says: what opens an account or pays.
    #[must_use]
    pub const fn is_floor(self) -> bool {
        matches!(
            self,
            Self::Password
                | Self::NewPassword
                | Self::OneTimeCode
                | Self::CardNumber
                | Self::CardExpiry
                | Self::CardCode
        )
    }

    /// Whether every level masks it, and only `keep` on the field itself shows it:
    /// what says who somebody is, and what nobody knows.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Email | Self::Phone | Self::Personal | Self::Other)
    }
}

/// What only the masking pass may know of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// The view, as the capturer knows it.
    pub id: CaptureId,
    /// What the app asked for this view; `None` is unset.
    pub override_action: Option<MaskAction>,
    /// What the field is for.
    pub content_type: ContentType,
    /// Secure text entry is on.
    pub secure: bool,
    /// This view object was secure, or a field of the sensitive floor, at any
    /// moment before, also as part of another cell.
    pub was_sensitive: bool,
    /// Something of this node or below it was cut because of the limits, so
    /// the masking pass shows a placeholder here.
    pub truncated: bool,
    /// What is below this node was left out, because it is as it was in the
    /// capture before.
    pub unchanged: bool,
}

/// A rectangle with a mask action, such as a SwiftUI modifier leaves behind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Region {
    /// Index of the window in [`Columns::windows`].
    pub window: u32,
    /// In points of that window.
    pub rect: Rect,
    /// What is done to nodes that it touches.
    pub action: MaskAction,
    /// The view whose subtree it speaks of; zero for the whole window.
    pub owner: CaptureId,
}

/// A captured tree before masking: a view into the capture decoder's columns.
///
/// It has no encoder and its `Debug` shows counts only. The one thing to do
/// with it is to give it to `viewreel-mask`.
#[derive(Clone, Copy)]
pub struct RawSnapshot<'a> {
    /// The nodes, without lines and pictures. `Columns::masks` are all default here.
    pub columns: &'a Columns,
    /// What each node shows that has to be asked for. One entry per node.
    pub contents: &'a [Content],
    /// One entry per node.
    pub privacy: &'a [Privacy],
    /// In the order in which they were given.
    pub regions: &'a [Region],
    /// How many nodes were cut because of the limits.
    pub cut_nodes: u32,
}

impl RawSnapshot<'_> {
    /// What node `index` shows; nothing where there is no such node.
    #[must_use]
    pub fn content(&self, index: usize) -> Content {
        self.contents.get(index).copied().unwrap_or_default()
    }

    /// What the platform is asked for the lines of the text of node `index`.
    #[must_use]
    pub fn text_ask(&self, index: usize) -> TextAsk<'_> {
        let set = self.content(index).text;
        let style = self.columns.text().get(index).copied().unwrap_or_default();
        TextAsk {
            text: self.columns.strings.get(set.text),
            font: self.columns.strings.get(style.font),
            style: TextStyle { font: StrId::NONE, size: set.size, ..style },
            size: set.frame.size,
            max_lines: set.max_lines,
            vertical: set.vertical,
        }
    }

    /// What the text of node `index` says; empty where it has none.
    #[must_use]
    pub fn text(&self, index: usize) -> &str {
        self.columns.strings.get(self.content(index).text.text)
    }
}

impl std::fmt::Debug for RawSnapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawSnapshot({} nodes)", self.columns.len())
    }
}
