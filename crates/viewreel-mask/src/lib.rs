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
//! | a content type of the sensitive floor, now or ever | mask, with everything below | content type | nothing |
//! | the kind is unknown | mask | unknown layer | `keep` on the node itself |
//! | `mask` on the node | mask, with everything below | override | nothing |
//! | `mask`, or the floor, on an ancestor | mask | ancestor | nothing |
//! | a mask region touches it | mask | region | nothing |
//! | a personal or undeclared content type, on the node or around it | mask | level | `keep` on the node itself |
//! | *medium*: a picture that is neither a symbol nor drawn in one tint; *conservative*: one that is no symbol | mask | level | the same |
//! | *light*: what is typed, while it has the focus | mask | level | `keep` on the node or the nearest ancestor that says anything, or a keep region around it |
//! | *medium* and up: what can be edited, prompts of fields, text below them, pickers | mask | level | the same |
//! | *conservative*: any text, the state of any control | mask | level | the same |
//! | a card number in what can be edited | mask | pattern | nothing |
//! | every level: text that looks like an e-mail address, a card or phone number, alone or with the texts beside it | mask | pattern | the same |
//!
//! What the node *says* is what the app says of it and what a config says of it
//! ([`Masker::set_overrides`]): the stronger of both, but for a `keep` of a config,
//! which counts only where the app says nothing of that very node.
//!
//! *For ever* is for the life of the [`Masker`], by capture id, and longer where the
//! host keeps the bit `was_sensitive` on its views: a "show password" button reveals
//! nothing. What was recognised once counts as if it still were, for as long as
//! the view shows the same item.
//!
//! A text is looked at only where nothing else masks it, so that neither the reason
//! nor the texts beside it tell what a masked text looks like.
//!
//! A region that masks drops the content of whatever it touches, and marks a
//! plain container only if it lies wholly inside; a region that replaces
//! replaces what lies wholly inside and masks what it merely touches.
//!
//! # What is left
//!
//! | | masked | replaced |
//! |---|---|---|
//! | frame | stays; of texts and pickers widened to multiples of 8 pt | widened |
//! | order, hidden, opacity | stay | stay |
//! | class names | stay | stay |
//! | controller, identifier that looks not private | stay | gone |
//! | kind | stays | placeholder |
//! | paint: background, border, shadow, blur | stays where only words are masked; gone in fields and controls | gone |
//! | text | its size in whole points; gone in fields | gone |
//! | state of a control | whether it can be tapped | gone |
//! | picture | gone, unless only words are masked and the level keeps it | gone |
//! | scroll offset | gone | gone |
//! | subtree | stays; gone in texts, fields and controls | gone |
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

mod brief;
mod contents;
mod draft;
mod ids;
mod masker;
mod overrides;
mod past;
mod pattern;
mod public;
mod recognised;
mod redact;
mod regions;
mod retained;
mod rules;
mod sticky;
mod touch;
mod words;

pub use contents::Contents;
pub use ids::MAX_KNOWN_IDS;
pub use masker::{Masked, Masker};
pub use overrides::MAX_OVERRIDE_STEPS;
pub use public::{PublicNode, PublicView, public};
pub use sticky::MAX_STICKY;
pub use touch::MAX_HELD_POINTERS;
pub use words::cleaned;
