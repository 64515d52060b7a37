//! View objects: what a view is, the tree that retains them, how they are laid
//! out, moved, scrolled, hit and read by a capturer.

mod capture;
mod label;
mod layout;
mod motion;
mod scroll;
mod style;
mod table;
mod tree;
mod view;

pub(crate) use label::Label;
pub(crate) use motion::{Curve, Motion, Motions, Property};
pub(crate) use scroll::{Axis, Scroller};
pub(crate) use style::{Boxed, column, fill, row};
pub(crate) use table::Table;
pub(crate) use tree::{Ui, ViewId};
pub(crate) use view::View;
