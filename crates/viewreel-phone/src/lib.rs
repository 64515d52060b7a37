//! A virtual phone: a scripted shop app, built as UIKit would build it, that
//! speaks to a recorder exactly as a host app does.
//!
//! The app is real in all that a recorder can see: its views are retained
//! objects with identities, laid out by flexbox and by a line breaker, its rows
//! are recycled, its scroll views bounce, its keyboard slides up in a window of
//! its own. It is *not* a drawing: nothing here knows pixels. And it is not a
//! product part: the demo, load generators and tests use it.
//!
//! What the app tracks can go through [`analytics`], the client that a real app has
//! before the recorder.
//!
//! Start reading at [`play_shop`], then the script it plays (`script`), the
//! phone that turns gestures into touches and captures (`phone`), the app
//! (`shop`, `screens`) and the view objects (`ui`).

mod action;
pub mod analytics;
mod catalog;
mod keyboard;
mod keys;
mod look;
mod navigation;
mod phone;
mod screens;
mod script;
mod shop;
mod stage;
mod ui;

use viewreel_capture::InputSink;
use viewreel_seams::Now;

pub use phone::SessionSummary;

/// Seed of the session that [`play_shop`] plays.
pub const SHOP_SEED: u64 = 7;

/// Plays a visit to a shop into `sink`, as fast as the sink takes it.
///
/// The first input has the time `start`, every later one a time at or after the
/// one before it. Two calls with equal `start` give equal inputs.
pub fn play_shop(sink: &mut dyn InputSink, start: Now) -> SessionSummary {
    play_shop_with_seed(sink, start, SHOP_SEED)
}

/// As [`play_shop`]; `seed` decides where exactly and how fast the fingers
/// touch, and nothing else.
pub fn play_shop_with_seed(sink: &mut dyn InputSink, start: Now, seed: u64) -> SessionSummary {
    let mut phone = phone::Phone::new(sink, start, seed);
    script::visit(&mut phone);
    phone.finish()
}

#[cfg(test)]
mod tests;
