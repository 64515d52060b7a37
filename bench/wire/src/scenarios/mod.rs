//! The scenarios: each is one minute of a phone at ten captures a second.

mod animation;
mod card;
mod feed;
mod form;
mod idle;
mod messages;
mod navigation;
mod places;
mod typing;

use crate::session::Session;

/// A minute of a phone.
pub(crate) struct Scenario {
    /// As the tables name it.
    pub(crate) name: &'static str,
    /// What happens, in one sentence.
    pub(crate) story: &'static str,
    /// Views in a capture after masking, in the mean, to a tenth.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the scenario to it"))]
    pub(crate) nodes: usize,
    /// Plays it.
    pub(crate) play: fn() -> Session,
}

/// All scenarios, in the order of the tables.
pub(crate) const ALL: [Scenario; 8] = [
    Scenario {
        name: "list",
        story: "six flings of a message list whose recycled rows are re-inserted behind the others",
        nodes: 94,
        play: messages::play_reinserted,
    },
    Scenario {
        name: "list, rows in place",
        story: "the same, but recycled rows keep their place among their siblings",
        nodes: 94,
        play: messages::play_in_place,
    },
    Scenario {
        name: "typing",
        story: "three searches of about thirty letters with live results and a keyboard",
        nodes: 150,
        play: typing::play,
    },
    Scenario {
        name: "navigation",
        story: "pushes, pops, tabs and a modal between a list and details; screens come back",
        nodes: 150,
        play: navigation::play,
    },
    Scenario {
        name: "form",
        story: "fields, switches, a slider, a segmented control and validation texts",
        nodes: 94,
        play: form::play,
    },
    Scenario {
        name: "animation",
        story: "2 to 20 views that move, fade and turn in every capture, a progress bar, a spinner",
        nodes: 94,
        play: animation::play,
    },
    Scenario {
        name: "idle",
        story: "a list that stands still under a clock, a badge and a short countdown",
        nodes: 150,
        play: idle::play,
    },
    Scenario {
        name: "feed",
        story: "flings of a media feed, carousels, likes and a video that plays",
        nodes: 300,
        play: feed::play,
    },
];
