//! The tree as captured, before masking.

use crate::columns::{NO_PARENT, Window};
use crate::content::{Content, TextAsk};
use crate::geometry::Rect;
use crate::id::CaptureId;
use crate::kind::Kind;
use crate::mask::MaskAction;
use crate::node::{Geometry, Row, Semantics, TextRole, TextStyle};
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
    /// Index of the window in [`RawSnapshot::windows`].
    pub window: u32,
    /// In points of that window.
    pub rect: Rect,
    /// What is done to nodes that it touches.
    pub action: MaskAction,
    /// The view whose subtree it speaks of; zero for the whole window.
    pub owner: CaptureId,
}

/// The small part of a node that the rules of masking look at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// What it is.
    pub kind: Kind,
    /// What its text is.
    pub role: TextRole,
    /// Whether that text says anything.
    pub says_something: bool,
    /// Whether it has a picture of its own.
    pub has_picture: bool,
    /// Whether that is a shape that is drawn in a tint.
    pub is_template: bool,
    /// The flags of its control.
    pub flags: u8,
    /// Changes when a recycled cell shows another item.
    pub generation: u32,
}

impl Brief {
    /// Whether the node has text of its own, perhaps an empty one.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.role != TextRole::None || self.says_something
    }
}

/// A captured tree before masking: a view into where it was captured, which checks
/// and repairs each node when it is asked for it. Nodes stand in pre-order, so every
/// parent has a smaller index than its children; of what is not there every answer is
/// empty.
///
/// It has no encoder, and its `Debug` shows counts only. The one thing to do with it is
/// to give it to `viewreel-mask`.
pub trait RawSnapshot: std::fmt::Debug {
    /// The parent index of every node, [`NO_PARENT`] for roots.
    fn parents(&self) -> &[u32];

    /// Back to front where levels are equal, in the order of their roots.
    fn windows(&self) -> &[Window];

    /// In the order in which they were given.
    fn regions(&self) -> &[Region];

    /// How many nodes were cut because of the limits.
    fn cut_nodes(&self) -> u32;

    /// What node `index` says, without lines, pictures and masks.
    fn row(&self, index: usize) -> Option<Row>;

    /// A part of [`RawSnapshot::row`] that is asked of every node.
    fn brief(&self, index: usize) -> Brief;

    /// Another one: what node `index` is.
    fn semantics(&self, index: usize) -> Semantics;

    /// Another one: where node `index` lies.
    fn geometry(&self, index: usize) -> Geometry;

    /// Another one: the attributes of the text of node `index`.
    fn style(&self, index: usize) -> TextStyle;

    /// What only the masking pass may know of node `index`.
    fn privacy(&self, index: usize) -> Privacy;

    /// What node `index` shows that has to be asked for.
    fn content(&self, index: usize) -> Content;

    /// How many strings there are, numbered from 1.
    fn strings(&self) -> usize;

    /// The string of that number; empty where it is none.
    fn string(&self, id: StrId) -> &str;

    /// Number of nodes.
    fn len(&self) -> usize {
        self.parents().len()
    }

    /// Whether there is no node.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The parent of node `index`, `None` for a root.
    fn parent(&self, index: usize) -> Option<usize> {
        let parent = self.parents().get(index).filter(|&&parent| parent != NO_PARENT);
        parent.map(|&parent| parent as usize)
    }

    /// What the text of node `index` says; empty where it has none.
    fn text(&self, index: usize) -> &str {
        self.string(self.content(index).text.text)
    }

    /// What the platform is asked for the lines of the text of node `index`.
    fn text_ask(&self, index: usize) -> TextAsk<'_> {
        let (style, set) = (self.style(index), self.content(index).text);
        TextAsk {
            text: self.string(set.text),
            font: self.string(style.font),
            style: TextStyle { font: StrId::NONE, size: set.size, ..style },
            size: set.frame.size,
            max_lines: set.max_lines,
            vertical: set.vertical,
        }
    }
}
