//! Events that wait for settings.

use super::event::Event;
use super::plugin::{Pass, Place, Plugin};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// Most events that wait; more push the oldest out.
pub const MAX_WAITING_EVENTS: usize = 1_000;

/// Holds events while settings are asked for. They keep the ids and times that they
/// have, and pass the timeline from its beginning when settings are there.
#[derive(Default)]
pub(crate) struct StartupQueue {
    is_running: Cell<bool>,
    waiting: RefCell<VecDeque<Event>>,
}

impl StartupQueue {
    /// Holds what comes from now on.
    pub(crate) fn pause(&self) {
        self.is_running.set(false);
    }

    /// Lets pass what comes from now on; what waited comes first.
    pub(crate) fn run(&self, pass: Pass<'_>) {
        self.is_running.set(true);
        for event in self.waiting.take() {
            pass.analytics.process(pass.now, event);
        }
    }
}

impl Plugin for StartupQueue {
    fn name(&self) -> &'static str {
        "StartupQueue"
    }

    fn place(&self) -> Place {
        Place::Before
    }

    fn execute(&self, _: Pass<'_>, event: Event) -> Option<Event> {
        if self.is_running.get() {
            return Some(event);
        }
        let mut waiting = self.waiting.borrow_mut();
        if waiting.len() >= MAX_WAITING_EVENTS {
            waiting.pop_front();
        }
        waiting.push_back(event);
        None
    }
}
