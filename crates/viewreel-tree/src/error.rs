//! Why a diff does not apply.

use viewreel_model::{NodeId, StateId};

/// Why a diff does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum ApplyError {
    #[error("the diff starts from state {base}, the tree is in state {state} and keeps no such one", base = .base.0, state = .state.0)]
    WrongBase { base: StateId, state: StateId },
    #[error("there is no node {}", .0.0)]
    UnknownNode(NodeId),
    #[error("node {} is placed behind a node with another parent", .0.0)]
    NotASibling(NodeId),
    #[error("node {} is placed inside itself", .0.0)]
    ParentInsideNode(NodeId),
    #[error("a shift from node {} on names no node, or more than there are siblings", .0.0)]
    NotARun(NodeId),
    #[error("an update of node {} names a row that the diff does not have", .0.0)]
    NoRow(NodeId),
    #[error("a length of node {} is beyond the limit", .0.0)]
    OutOfRange(NodeId),
    #[error("a window's root {} has a parent", .0.0)]
    WindowNotARoot(NodeId),
    #[error("the diff speaks of more nodes than a tree may have")]
    TooLong,
    #[error("the tree has more nodes than the limit")]
    TooManyNodes,
    #[error("the tree is deeper than the limit")]
    TooDeep,
    #[error("the tree has more lines or longer strings than the limit")]
    TooMuchText,
}

impl ApplyError {
    /// The name of the error, on which all readers agree.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::WrongBase { .. } => "wrong base",
            Self::UnknownNode(_) => "unknown node",
            Self::NotASibling(_) => "not a sibling",
            Self::ParentInsideNode(_) => "parent inside node",
            Self::NotARun(_) => "short run",
            Self::NoRow(_) => "no row",
            Self::OutOfRange(_) => "out of range",
            Self::WindowNotARoot(_) => "window not a root",
            Self::TooLong => "too long",
            Self::TooManyNodes => "too many nodes",
            Self::TooDeep => "too deep",
            Self::TooMuchText => "too much text",
        }
    }
}
