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
//! before the recorder; a [`Host`] has both.
//!
//! Start reading at [`play_shop`], then the script it plays (`script`), the
//! phone that turns gestures into touches and captures (`phone`), the app
//! (`shop`, `screens`) and the view objects (`ui`). Smaller apps (`apps`) have one
//! screen each, for one question each.

mod action;
pub mod analytics;
mod app;
mod apps;
mod catalog;
mod host;
mod keyboard;
mod keys;
mod look;
mod navigation;
mod phone;
mod platform;
mod screens;
mod script;
mod shop;
mod stage;
mod ui;

use viewreel_capture::InputSink;
use viewreel_seams::Now;

pub use apps::form::FormEntries;
pub use host::Host;
pub use phone::SessionSummary;
pub use platform::PhonePlatform;

use app::App;
use apps::form::{self, Form};
use apps::keypad::{self, Keypad};
use apps::page::{self, Page};
use apps::wall::{self, Wall};
use phone::Phone;
use stage::Stage;

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
    play(sink, start, seed, shop::Shop::launch, script::visit)
}

/// Fills in a form, letter by letter. How long that takes and what is captured when
/// does not depend on which letters they are.
pub fn play_form(
    sink: &mut dyn InputSink,
    start: Now,
    entries: &FormEntries<'_>,
) -> SessionSummary {
    play(sink, start, SHOP_SEED, Form::launch, |phone| form::fill_in(phone, entries))
}

/// Presses the keys of a number on a keypad that stands in a masked view.
///
/// # Panics
/// Where the number has something else than digits.
pub fn play_pin_pad(sink: &mut dyn InputSink, start: Now, number: &str) -> SessionSummary {
    play(sink, start, SHOP_SEED, Keypad::launch, |phone| keypad::enter(phone, number))
}

/// Looks around on a screen of 2,000 views.
pub fn play_wall(sink: &mut dyn InputSink, start: Now) -> SessionSummary {
    play(sink, start, SHOP_SEED, Wall::launch, wall::look_around)
}

/// Reads a page on a phone that is turned, has its text made smaller and larger and
/// its language changed to one from right to left, and on a whole and a split tablet.
pub fn play_page(sink: &mut dyn InputSink, start: Now) -> SessionSummary {
    play(sink, start, SHOP_SEED, Page::launch, page::reshape)
}

fn play<A: App>(
    sink: &mut dyn InputSink,
    start: Now,
    seed: u64,
    launch: impl FnOnce(&mut Stage) -> A,
    script: impl FnOnce(&mut Phone<'_, A>),
) -> SessionSummary {
    let mut phone = Phone::new(sink, start, seed, launch);
    script(&mut phone);
    phone.finish()
}

#[cfg(test)]
mod tests;
