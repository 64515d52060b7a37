//! What takes part in the timeline.

use super::client::Analytics;
use super::event::Event;
use super::settings::Settings;
use super::timeline::Timeline;
use viewreel_seams::Now;

/// Where in the timeline a plugin stands. An event passes them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Before everything else.
    Before,
    /// Changes the event for everybody after it.
    Enrichment,
    /// Takes the event somewhere; what it changes stays with it.
    Destination,
    /// When all destinations have it.
    After,
    /// Sees no events.
    Utility,
}

/// What a plugin is called with.
#[derive(Clone, Copy)]
pub struct Pass<'a> {
    /// The present instant.
    pub now: Now,
    /// The client. A plugin may track an event while it has another in its hands:
    /// that one has passed all plugins before the call returns.
    pub analytics: &'a Analytics,
}

/// Takes part in the timeline.
///
/// All methods take `&self`, because a plugin that tracks an event meets itself on
/// that event's way.
pub trait Plugin {
    /// What it is called; of a destination also its key in settings and in the
    /// integrations of an event.
    fn name(&self) -> &'static str;

    /// Where it stands.
    fn place(&self) -> Place;

    /// It was added to the client.
    fn configure(&self, pass: Pass<'_>) {
        let _ = pass;
    }

    /// Settings arrived, or are there already.
    fn update(&self, pass: Pass<'_>, settings: &Settings) {
        let _ = (pass, settings);
    }

    /// An event comes by; nothing in its place drops it.
    fn execute(&self, pass: Pass<'_>, event: Event) -> Option<Event> {
        let _ = pass;
        Some(event)
    }

    /// The plugins of a destination, which its events pass.
    fn inner(&self) -> Option<&Timeline> {
        None
    }

    /// The app forgets its user.
    fn reset(&self, pass: Pass<'_>) {
        let _ = pass;
    }

    /// The app comes back.
    fn foreground(&self, pass: Pass<'_>) {
        let _ = pass;
    }

    /// The app is about to be left.
    fn resign_active(&self, pass: Pass<'_>) {
        let _ = pass;
    }

    /// It was removed from the client.
    fn shutdown(&self, pass: Pass<'_>) {
        let _ = pass;
    }
}
