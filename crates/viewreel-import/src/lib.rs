//! Foreign view trees into the capture buffer: XCUITest page source, traces of trees, vtree.
//!
//! An importer plays the part of a host app: it fills the [`CaptureBuffer`]
//! and speaks [`Input`] to an [`InputSink`], so that what was imported is
//! masked, diffed and written like everything else. It never opens a file or
//! a socket, and knows nothing of stored bytes.
//!
//! Foreign formats say less than a live view tree. What they leave out
//! (colours, fonts, who is who between two trees) is guessed, and each guess
//! is documented where it is made. A guess is only ever about looks or
//! identity; where it would decide what is content, it errs towards masking.
//!
//! Start reading at [`import`]; then [`xcuitest`], [`trace`] and [`vtree`],
//! one module per format. Files may be compressed with gzip.
//!
//! [`CaptureBuffer`]: viewreel_capture::CaptureBuffer
//! [`Input`]: viewreel_capture::Input

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::todo,
    clippy::unreachable
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod error;
mod feed;
mod fit;
mod input;
mod json;
mod preorder;
pub mod trace;
pub mod vtree;
pub mod xcuitest;

pub use error::ImportError;
pub use feed::Summary;
pub use input::MAX_INPUT_BYTES;

use viewreel_capture::InputSink;
use viewreel_seams::Now;

/// The formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Page source of XCUITest, as Appium's WebDriverAgent prints it: one tree.
    XcuiTest,
    /// A trace of trees with the gestures between them, one JSON object a line.
    Trace,
    /// Our own open input format, `.vtree.jsonl`.
    Vtree,
}

/// Reads a file of that format and tells `sink` what a host app would have
/// told it, in order of time, beginning at `start`.
///
/// What was told before an error stays told: give the inputs to a recorder
/// only where a part of a file is better than nothing, else collect them first.
///
/// # Errors
/// The first thing that is wrong with the file, with its place and what to do.
/// It never names content of the file.
pub fn import(
    source: Source,
    bytes: &[u8],
    sink: &mut dyn InputSink,
    start: Now,
) -> Result<Summary, ImportError> {
    let bytes = input::inflated(bytes)?;
    let text = input::text(&bytes)?;
    let mut feed = feed::Feed::new(sink, start);
    match source {
        Source::XcuiTest => xcuitest::import(text, &mut feed)?,
        Source::Trace => trace::import(text, &mut feed)?,
        Source::Vtree => vtree::import(text, &mut feed)?,
    }
    Ok(feed.finish())
}
