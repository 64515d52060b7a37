//! Turns a raw snapshot into a masked one by level and overrides, in one pass.
//!
//! [`Masker::mask`] is the only way from a [`viewreel_model::RawSnapshot`] to a
//! [`viewreel_model::Snapshot`]. Nothing here logs, and nothing of a raw tree is
//! kept from one capture to the next, except which views are sensitive for ever
//! and which wire id a view has.
//!
//! # The rules
//!
//! The strongest of what speaks for a node is done: *replace* over *mask* over
//! *keep*. In order of strength:
//!
//! | speaks | does | reason | lowered by |
//! |---|---|---|---|
//! | the kind is keyboard | replace | keyboard | nothing |
//! | the tree was cut here | replace | limit | nothing |
//! | `replace` on the node, or a replace region around it | replace | override, region | nothing |
//! | content from outside the view tree (web view, map, video, camera, canvas, PDF, remote view) | replace | opaque content | `keep` on the node itself |
//! | secure entry, now or ever | mask, with everything below | secure | nothing |
//! | a sensitive content type, now or ever | mask, with everything below | content type | nothing |
//! | the kind is unknown | mask | unknown layer | nothing |
//! | `mask` on the node | mask, with everything below | override | nothing |
//! | `mask`, secure entry or a sensitive content type on an ancestor | mask | ancestor | nothing |
//! | a mask region touches it | mask | region | nothing |
//! | `keep` on the node or the nearest ancestor that says anything, or a keep region around it | keep | | |
//! | level *conservative*: any text | mask | level | the line above |
//! | level *medium* and up: what can be edited, text below it, state of input controls | mask | level | the same |
//! | every level: text that looks like an e-mail address, a card or phone number | mask | pattern | the same |
//!
//! *For ever* is for the life of the [`Masker`], by capture id: a "show password"
//! button reveals nothing. A field in which a pattern was typed once counts as if
//! it still were, so that taking back one digit does not show the others. A hint in
//! an empty field is the app's own text: medium keeps it.
//!
//! A region that masks drops the content of whatever it touches, and marks a
//! plain container only if it lies wholly inside; a region that replaces
//! replaces what lies wholly inside and masks what it merely touches.
//!
//! # What is left
//!
//! | | masked | replaced |
//! |---|---|---|
//! | place, size, shape, order, hidden | stays | stays |
//! | class names, controller, identifier (words of the developer) | stay | stay |
//! | kind | stays | placeholder |
//! | paint: background, border, shadow, blur | stays | gone |
//! | text | style and role stay, lines with their widths are gone | gone |
//! | state of a control | usable, focused, pressed, tappable, and the number of segments | gone |
//! | picture | gone, unless only a level or pattern masks | gone |
//! | subtree and scroll offset | stay; gone in a text input or input control, whose inner views would tell by their places | gone |
//!
//! What a masked view still tells is its frame, as the app laid it out: a label
//! that hugs its text tells how long the text is. Its subviews and their kinds
//! stay as well.
//!
//! # Where to start
//!
//! [`Masker::mask`], then [`public`], a second and naive statement of the same
//! rules that says what may become known. Where `public(a) == public(b)`, the
//! masked trees and touches are equal; the tests hold that for random trees.
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

mod ids;
mod masker;
mod pattern;
mod public;
mod redact;
mod regions;
mod rules;
mod sticky;
mod touch;

pub use ids::MAX_KNOWN_IDS;
pub use masker::Masker;
pub use public::{PublicNode, PublicView, public};
pub use sticky::MAX_STICKY;
pub use touch::MAX_HELD_POINTERS;
