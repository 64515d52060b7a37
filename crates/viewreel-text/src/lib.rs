//! Breaks text into lines with Inter's metrics, for hosts that have no text system of their own.
//!
//! A real phone has a text system. The importers and the virtual phone have none, so
//! [`Inter`] is their [`Platform`](viewreel_capture::Platform). The
//! player never breaks lines: it draws what this crate laid out, with the same
//! font files (`assets/fonts/inter`), which is why widths agree to the unit.
//!
//! Two rules keep both sides equal: widths are plain sums of advances, because
//! the files have no kerning and no ligatures; and characters that Inter does
//! not have count as 1 em where they are East Asian wide or emoji, as 0.6 em
//! otherwise. For those the player's fallback font differs, and the player
//! fits what it draws into [`LaidLine::width`].
//!
//! It is not a shaper: no right-to-left reordering, no hyphenation, no
//! complex scripts. Start reading at [`lay_out`]; `metrics` knows the font,
//! `cluster` what must not be torn apart, `breaker` where lines end.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod breaker;
mod cluster;
mod layout;
mod metrics;
mod platform;

pub use layout::{Typeset, lay_out, measure};
pub use metrics::{advance, ascent, line_height};
pub use platform::Inter;
