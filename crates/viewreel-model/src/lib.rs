//! The words of Viewreel: ids, nodes, snapshots, diffs, records, geometry and time.
//!
//! This crate says what a replay *is*. It knows no platform, no file, no clock
//! and no bytes; nothing here can be serialised, because a serialisable type is
//! a promise and only `viewreel-format` makes those.
//!
//! Start reading at [`node::Row`] (what one view is), then [`Columns`] (how a
//! tree of them lies in memory), [`RawSnapshot`] and [`Snapshot`] (the two
//! states of a captured tree, before and after masking), [`Diff`] and
//! [`record::Record`].
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod columns;
pub mod content;
pub mod diff;
pub mod field;
pub mod geometry;
pub mod id;
pub mod image;
pub mod kind;
mod lend;
pub mod limits;
pub mod mask;
pub mod node;
pub mod overrides;
pub mod raw;
pub mod record;
pub mod snapshot;
pub mod strings;
pub mod transform;
pub mod viewport;

pub use columns::Columns;
pub use diff::Diff;
pub use field::{Field, FieldSet};
pub use geometry::{Affine, Insets, Point, Rect, Size};
pub use id::{CaptureId, ImageId, NodeId, Run, SegmentId, StateId};
pub use image::{BoundPicture, ImageBinding, ImageBindings, LeftOut};
pub use kind::Kind;
pub use lend::LendRecords;
pub use mask::{MaskAction, MaskLevel, MaskReason};
pub use node::{Color, Row};
pub use overrides::{Override, Step};
pub use raw::RawSnapshot;
pub use record::Record;
pub use snapshot::Snapshot;
pub use strings::{StrId, StringTable};
pub use transform::Transform;
