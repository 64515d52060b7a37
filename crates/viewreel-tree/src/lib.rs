//! Retains a tree, computes what changed, applies changes, finds the tree at a
//! time.
//!
//! Three consumers share this room: the recorder asks [`Differ`] what changed,
//! the server checks that what it is given can be played, and the command line
//! tool seeks. It knows no bytes, has no opinion on time, draws nothing, and
//! never sees a raw snapshot: [`Differ::diff`] takes masked ones only.
//!
//! The law of this room is `apply(a, diff(a, b)) == b`; the tests hold it for
//! random trees. The differ runs on phones and allocates nothing once its tables
//! have grown; the tree takes diffs from strangers, at the cost of what they say
//! and never of the whole tree. Start reading at [`Differ`], then [`Tree::apply`],
//! then [`Playhead`].
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

mod changes;
mod differ;
mod error;
mod forest;
mod kept;
mod lis;
mod matching;
mod moves;
mod nodes;
mod playhead;
mod preorder;
mod rows;
mod same;
mod shifts;
mod suspects;
mod tree;
mod words;

pub use differ::Differ;
pub use error::ApplyError;
pub use playhead::{Playhead, SeekError, seek};
pub use tree::Tree;
