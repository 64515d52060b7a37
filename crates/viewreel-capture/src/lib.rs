//! The in-process capture buffer: its layout, its checks, the raw snapshot as a
//! view into it.
//!
//! A host (the Swift capturers, the virtual phone, an importer) walks its views
//! and fills a [`CaptureBuffer`]: flat arrays of plain old data and one heap of
//! string bytes. A [`CaptureDecoder`] checks its shape once and shows it as a
//! [`viewreel_model::RawSnapshot`], which repairs each node when it is read.
//! [`Input`] is everything a host can say and [`InputSink`] is who listens;
//! [`Platform`] is what a host is asked for in turn: the lines of texts and the pixels
//! of pictures, of what is kept after masking alone.
//!
//! It is not a stored or sent format: the arrays live for one call in one
//! process, guarded by [`LAYOUT_HASH`]. There is no encoder here and there must
//! never be one, because nothing in the buffer is masked yet.
//!
//! Two kinds of wrong input are told apart. What a *value* says wrongly (a number
//! that names no kind, not-a-number, a string that is no UTF-8) is repaired, on
//! the careful side, because a frame is never dropped for one value. What the
//! *shape* says wrongly (a child before its parent, a view without a window) is a
//! [`CaptureError`], because then nobody knows whose mask covers what.
//!
//! Start reading at [`CaptureBuffer`], then [`layout::NodeRow`], then
//! [`CaptureDecoder::decode`].
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

mod buffer;
mod decode;
mod error;
mod input;
mod intern;
pub mod layout;
mod platform;
mod said;
mod view;

pub use buffer::{CaptureBuffer, MAX_BUFFER_HEAP_BYTES, MAX_BUFFER_NODES, MAX_BUFFER_REGIONS};
pub use decode::{CaptureDecoder, Decoded};
pub use error::CaptureError;
pub use input::{Input, InputSink};
pub use layout::LAYOUT_HASH;
pub use platform::{NoPlatform, PictureAnswer, Platform};
pub use said::Said;
pub use view::{Picture, Text, View};
