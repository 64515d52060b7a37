//! Retains a tree, computes what changed, applies changes, finds the tree at a
//! time.
//!
//! Three consumers share this room: the recorder asks [`Differ`] what changed,
//! the server checks that what it is given can be played, and the command line
//! tool seeks. It knows no bytes, has no opinion on time, draws nothing, and
//! never sees a raw snapshot: [`Differ::diff`] takes masked ones only.
//!
//! The law of this room is `apply(a, diff(a, b)) == b`; the tests hold it for
//! random trees. Start reading at [`Differ`], then [`Tree::apply`], then
//! [`Playhead`].
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]

mod differ;
mod forest;
mod lis;
mod playhead;
mod tree;

pub use differ::Differ;
pub use playhead::{Playhead, SeekError, seek};
pub use tree::{ApplyError, Tree};
